"""The work of one training, in a process of its own: train a candidate, compare it with the live model, leave a note.

What it prints is its log; lines that begin with "training the assistant: 2/5" are its progress.
"""

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.adapters.nlu_report import SEALED, project_sets
from bot.adapters.rasa.child import LEASH
from bot.adapters.rasa.evaluation import draw_confusion, parse_all
from bot.training.comparison import Tried, TriedAlarm, compare
from bot.training.dialogues import Rehearsed, dialogue_gates
from bot.training.judged import Judged, Parsed
from bot.training.measures import calibration, confusion
from bot.training.report import AlarmRules
from bot.training.shadow import RealMessage, shadow, shadow_gate

#: What it leaves in its folder: the candidate's name, what it was made of, the comparison, a picture of its mistakes.
MODEL, INPUTS, RESULT, PICTURE = "model", "inputs.tar.gz", "result.json", "confusion.png"
#: Five of the training itself (assistant/training_run.py), three of the comparisons after it.
STEPS = 8


class TrainingFailed(RuntimeError):
    """The model was not trained; what it printed says why."""


@dataclass(frozen=True, kw_only=True)
class Trials:
    """What the candidate is compared on, besides the project's test sentences."""

    #: Of tests/nlu.
    sentences: Path
    real: Sequence[RealMessage]
    rules: AlarmRules
    #: Has the written conversations with a model of this name; those that fail. Raises EvaluationFailed.
    rehearse: Callable[[Path, Collection[str] | None], Sequence[Rehearsed]]
    conversations: Collection[str]


def run_job(root: Path, project: Path, models: Path, live: str, folder: Path, trials: Trials) -> None:
    """Raises TrainingFailed, EvaluationFailed, BadLabels, OSError.

    Args:
        root: where Rasa's environment lies.
        live: file name of the live model in `models`.
        folder: gets the result; written last, and at once.
    """
    folder.mkdir(parents=True, exist_ok=True)
    keep_inputs(project, folder / INPUTS)
    _train(root, project, models, folder / MODEL)
    candidate = (folder / MODEL).read_text(encoding="utf-8").strip()
    compared = _compared(root, models / live, models / candidate, folder, trials)
    compared = _with_dialogues(compared, models / live, models / candidate, trials)
    result = json.dumps({"model": candidate, "comparison": compared}, ensure_ascii=False)
    beside = folder / f".{RESULT}"
    beside.write_text(result, encoding="utf-8")
    beside.replace(folder / RESULT)
    print("done", flush=True)


def keep_inputs(project: Path, archive: Path) -> None:
    """What the model is made of, to be looked at when it is asked about later."""
    with tarfile.open(archive, "w:gz") as out:
        for name in ("config.yml", "domain.yml", "data/nlu", "data/rules", "data/stories"):
            if (project / name).exists():
                out.add(project / name, arcname=name)


def _compared(root: Path, live: Path, candidate: Path, folder: Path, trials: Trials) -> dict[str, Any]:
    """On the test sentences and on real messages."""
    sets = project_sets(trials.sentences, sealed=True)
    labelled, alarms = list(sets.labelled), list(sets.alarms)
    texts = [*(one.text for one in labelled), *(one.text for one in alarms), *(one.text for one in trials.real)]
    now = _parsed(6, "trying the live model", root, live, texts)
    then = _parsed(7, "trying the new model", root, candidate, texts)
    pairs = list(zip(now, then, strict=True))
    first, second = len(labelled), len(labelled) + len(alarms)
    tried = [Tried(one, *pair) for one, pair in zip(labelled, pairs[:first], strict=True)]
    alarmed = [TriedAlarm(one, *pair) for one, pair in zip(alarms, pairs[first:second], strict=True)]
    heard = [(one, *pair) for one, pair in zip(trials.real, pairs[second:], strict=True)]
    compared = asdict(compare(tried, alarmed, trials.rules, sealed=SEALED))
    seen = shadow(heard, trials.rules)
    open_ = [one for one in tried if one.labelled.name not in SEALED]
    judged = {
        "live": [Judged(one.labelled, one.live) for one in open_],
        "candidate": [Judged(one.labelled, one.candidate) for one in open_],
    }
    draw_confusion(root, confusion(judged["candidate"]), folder / PICTURE)
    compared["shadow"] = asdict(seen)
    compared["gates"] = [*compared["gates"], asdict(shadow_gate(seen))]
    compared["calibration"] = {name: _calibration(which) for name, which in judged.items()}
    return compared


def _calibration(judged: Sequence[Judged]) -> dict[str, Any]:
    bins, error = calibration(judged)
    return {"error": error, "bins": [asdict(one) for one in bins]}


def _with_dialogues(compared: dict[str, Any], live: Path, candidate: Path, trials: Trials) -> dict[str, Any]:
    print(f"training the assistant: 8/{STEPS} rehearsing conversations", flush=True)
    failed = trials.rehearse(candidate, None)
    # Only what fails has to be had with the live model too.
    before = trials.rehearse(live, {one.name for one in failed}) if failed else ()
    gates = dialogue_gates(len(trials.conversations), failed, [one.name for one in before])
    told = {"of": len(trials.conversations), "failed": [asdict(one) for one in failed]}
    return {**compared, "gates": [*compared["gates"], *map(asdict, gates)], "dialogues": told}


def _train(root: Path, project: Path, models: Path, note: Path) -> None:
    """On a leash of its own: it must not outlive this process either. Raises TrainingFailed."""
    python = root / "assistant" / ".venv" / "bin" / "python"
    leash = [sys.executable, "-I", str(LEASH), str(os.getpid())]
    where = ["--root", str(project), "--out", str(models), "--candidate", str(note)]
    command = [*leash, str(python), "-m", "assistant.train", *where]
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    if subprocess.run(command, cwd=root, env=environment, check=False).returncode:
        raise TrainingFailed("the candidate was not trained")


def _parsed(step: int, doing: str, root: Path, model: Path, texts: Sequence[str]) -> list[Parsed]:
    print(f"training the assistant: {step}/{STEPS} {doing}", flush=True)
    return parse_all(root, model, texts)
