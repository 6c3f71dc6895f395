"""The work of one training, in a process of its own: train a candidate, compare it with the live model, leave a note.

What it prints is its log; lines that begin with "training the assistant: 2/5" are its progress.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bot.adapters.nlu_report import SEALED, project_sets
from bot.adapters.rasa.child import LEASH
from bot.adapters.rasa.evaluation import parse_all
from bot.training.comparison import Tried, TriedAlarm, compare
from bot.training.judged import Parsed
from bot.training.report import AlarmRules

#: What it leaves in its folder: the candidate's name, and the comparison.
MODEL, RESULT = "model", "result.json"
#: Of the training itself, and of the two comparisons after it.
TRAINING_STEPS, STEPS = 5, 7


class TrainingFailed(RuntimeError):
    """The model was not trained; what it printed says why."""


def run_job(root: Path, project: Path, models: Path, tests: Path, live: str, folder: Path, rules: AlarmRules) -> None:
    """Raises TrainingFailed, EvaluationFailed, BadLabels, OSError.

    Args:
        root: where Rasa's environment lies.
        live: file name of the live model in `models`.
        folder: gets the result; written last, and at once.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _train(root, project, models, folder / MODEL)
    candidate = (folder / MODEL).read_text(encoding="utf-8").strip()
    sets = project_sets(tests, sealed=True)
    texts = [*(one.text for one in sets.labelled), *(one.text for one in sets.alarms)]
    now = _parsed(6, "trying the live model", root, models / live, texts)
    then = _parsed(7, "trying the new model", root, models / candidate, texts)
    border = len(sets.labelled)
    tried = [Tried(*three) for three in zip(sets.labelled, now[:border], then[:border], strict=True)]
    alarms = [TriedAlarm(*three) for three in zip(sets.alarms, now[border:], then[border:], strict=True)]
    comparison = compare(tried, alarms, rules, sealed=SEALED)
    result = json.dumps({"model": candidate, "comparison": asdict(comparison)}, ensure_ascii=False)
    beside = folder / f".{RESULT}"
    beside.write_text(result, encoding="utf-8")
    beside.replace(folder / RESULT)
    print("done", flush=True)


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
