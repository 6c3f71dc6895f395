"""One run of Rasa's training: checked first, told step by step in plain words."""

import io
import logging
import os
import sys
import time
import warnings
from contextlib import redirect_stdout
from pathlib import Path

from assistant.model_files import data_folders
from assistant.rasa_import import import_rasa

STEPS = 5
_COMPONENTS = {"RulePolicy": "learning the rules", "CharacterIntentClassifier": "learning what customers say"}


class CannotTrain(RuntimeError):
    """The inputs are wrong; the text says which and where."""


class Progress:
    """Prints "training the assistant: 2/5 … 35 s" as each step begins."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._out = sys.stdout  # Rasa's own chatter is sent elsewhere later on
        self._step = 0

    def next(self, doing: str) -> None:
        self._step += 1
        seconds = time.perf_counter() - self._began
        print(f"training the assistant: {self._step}/{STEPS} {doing} … {seconds:.0f} s", file=self._out, flush=True)


def train_model(root: Path, work: Path, name: str) -> Path:
    """The trained model's file in folder `work`.

    Raises:
        CannotTrain: a file cannot be read, files contradict each other, or an intent has too few examples.
    """
    progress = Progress()
    progress.next("loading Rasa")
    os.environ["LOG_LEVEL"] = "ERROR"
    import_rasa()
    # It logs the trace of what it then raises; the reason is told once, in one line.
    logging.getLogger("rasa").setLevel(logging.CRITICAL)
    from rasa.engine.exceptions import GraphComponentException, GraphSchemaValidationException
    from rasa.shared.exceptions import RasaException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            progress.next("reading the domain, the rules and the examples")
            _check(root)
            trained = _run(root, work, name, progress)
            progress.next("packed")
            return trained
    except (RasaException, GraphSchemaValidationException, ImportError, OSError, ValueError) as problem:
        raise CannotTrain(_in_one_line(problem)) from problem
    except GraphComponentException as problem:
        if not isinstance(problem.__cause__, ValueError):
            raise  # not the inputs' fault: whoever mends it wants the trace
        raise CannotTrain(_in_one_line(problem.__cause__)) from problem


def _check(root: Path) -> None:
    """What Rasa's own training only warns of."""
    from rasa.shared.core.constants import DEFAULT_INTENTS
    from rasa.shared.importers.importer import TrainingDataImporter
    from rasa.validator import Validator

    config, domain = (str(root / part) for part in ("config.yml", "domain.yml"))
    data = [str(folder) for folder in data_folders(root)]
    importer = TrainingDataImporter.load_from_config(config, domain, data)
    declared = set(importer.get_domain().intents) - set(DEFAULT_INTENTS)
    learnt = set(importer.get_nlu_data().intents) - set(DEFAULT_INTENTS)
    if undeclared := sorted(learnt - declared):
        raise CannotTrain(f"data/nlu has examples of intents that domain.yml does not list: {', '.join(undeclared)}")
    if unlearnt := sorted(declared - learnt):
        raise CannotTrain(f"domain.yml lists intents that data/nlu has no examples of: {', '.join(unlearnt)}")
    validator = Validator.from_importer(importer)
    for check in (
        validator.verify_domain_validity,
        validator.verify_actions_in_stories_rules,
        validator.verify_forms_in_stories_rules,
        validator.verify_form_slots,
        validator.verify_slot_mappings,
    ):
        with warnings.catch_warnings(record=True) as complaints:
            warnings.simplefilter("always")
            sound = check()
        if not sound:
            said = "; ".join(_in_one_line(complaint.message) for complaint in complaints)
            raise CannotTrain(said or f"{check.__name__.replace('_', ' ')}: failed")


def _run(root: Path, work: Path, name: str, progress: Progress) -> Path:
    from rasa.model_training import train

    logger = logging.getLogger("rasa.engine.training.hooks")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.handlers = [_ComponentNews(progress)]
    domain, config = (str(root / part) for part in ("domain.yml", "config.yml"))
    data = [str(folder) for folder in data_folders(root)]
    said = io.StringIO()
    try:
        with redirect_stdout(said):
            result = train(domain, config, data, output=str(work), fixed_model_name=name, force_training=True)
    except SystemExit as problem:
        raise CannotTrain(_in_one_line(said.getvalue())) from problem
    return Path(result.model)


class _ComponentNews(logging.Handler):
    """Rasa logs each component as it begins to train it."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        for component, doing in _COMPONENTS.items():
            if message.startswith("Starting to train") and component in message:
                self._progress.next(doing)


def _in_one_line(problem: object) -> str:
    return " ".join(str(problem).split()) or type(problem).__name__
