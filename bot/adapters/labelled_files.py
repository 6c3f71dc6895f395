"""Reads labelled sentences from files: Rasa's training format, a plain `intent: [sentence, …]`, and CSV of alarms."""

import csv
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.training.examples import plain
from bot.training.judged import Labelled
from bot.training.report import AlarmTrial


class BadLabels(ValueError):
    """A file of labelled sentences cannot be read; the text names it and says what is wrong."""


def read_labelled(path: Path, name: str) -> list[Labelled]:
    """Raises BadLabels."""
    try:
        data = YAML(typ="safe").load(path)
        pairs = _rasa_pairs(data["nlu"]) if "nlu" in data else [(intent, t) for intent in data for t in data[intent]]
        return [Labelled(name, str(intent), str(text)) for intent, text in pairs]
    except OSError as problem:
        raise BadLabels(f"{path} cannot be read: {problem.strerror}") from problem
    except (YAMLError, KeyError, TypeError, AttributeError) as problem:
        raise BadLabels(
            f"{path} is neither Rasa's NLU format nor a list of sentences by intent: {problem}"
        ) from problem


def read_lines(path: Path) -> list[tuple[str, str]]:
    """Intent and line of a file of Rasa's, with what is marked in it. Raises BadLabels."""
    try:
        return _rasa_lines(YAML(typ="safe").load(path)["nlu"])
    except (OSError, YAMLError, KeyError, TypeError, AttributeError) as problem:
        raise BadLabels(f"{path} is not in Rasa's NLU format: {problem}") from problem


def _rasa_pairs(blocks: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(intent, plain(line)) for intent, line in _rasa_lines(blocks)]


def _rasa_lines(blocks: list[dict[str, str]]) -> list[tuple[str, str]]:
    lines = [(block["intent"], line.strip()) for block in blocks for line in block["examples"].splitlines()]
    return [(intent, line.removeprefix("- ").strip()) for intent, line in lines if line]


def read_alarms(path: Path, name: str, *, emergency: bool) -> list[AlarmTrial]:
    """The column `text`; a column `set` divides the file into parts. Raises BadLabels."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except OSError as problem:
        raise BadLabels(f"{path} cannot be read: {problem.strerror}") from problem
    if any(not row.get("text") for row in rows):
        raise BadLabels(f"{path} has a line without a text")
    return [AlarmTrial(f"{name} {row['set']}" if row.get("set") else name, row["text"], emergency) for row in rows]
