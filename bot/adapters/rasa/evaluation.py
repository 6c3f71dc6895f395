"""Rasa's environment at work on a whole list of texts: parses them with a model, draws the confusion matrix."""

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, TypeAdapter

from bot.training.judged import Parsed


class EvaluationFailed(RuntimeError):
    """Rasa's environment gave up; the text is the end of what it said."""


class _Answer(BaseModel):
    ranking: list[tuple[str, float]]
    understood: bool
    milliseconds: float


def parse_all(root: Path, model: Path, texts: Sequence[str]) -> list[Parsed]:
    """Each text by itself through the model's whole pipeline, in the order given. Raises EvaluationFailed."""
    with tempfile.TemporaryDirectory(prefix="gasdesk-parsed-") as folder:
        out = Path(folder) / "parsed.json"
        _run(root, ["assistant.evaluate", "--model", str(model), "--out", str(out)], json.dumps(list(texts)))
        answers = TypeAdapter(list[_Answer]).validate_json(out.read_bytes())
    return [Parsed(tuple(a.ranking), a.understood, a.milliseconds) for a in answers]


def draw_confusion(root: Path, counts: Mapping[str, Mapping[str, int]], out: Path) -> None:
    """A PNG. Raises EvaluationFailed."""
    _run(root, ["assistant.confusion_picture", "--out", str(out.absolute())], json.dumps(counts))


def _run(root: Path, module: Sequence[str], given: str) -> None:
    command = [str(root / "assistant" / ".venv" / "bin" / "python"), "-m", *module]
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        command, cwd=root, env=environment, input=given, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise EvaluationFailed(f"{' '.join(module)}:\n{(done.stdout + done.stderr)[-2000:]}")
