"""Reads labelled sentences: the examples in data/nlu/ and the test sets beside this file."""

from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "data" / "nlu"
#: "test": its errors were looked at while the examples were widened. "fresh": written afterwards.
TEST_SETS = {name: Path(__file__).parent / f"{name}_utterances.yml" for name in ("test", "fresh")}


class Utterance(NamedTuple):
    intent: str
    text: str


def examples() -> list[Utterance]:
    """What the assistant is trained on."""
    return [utterance for path in sorted(EXAMPLES.glob("*.yml")) for utterance in read(path)]


def to_try(name: str) -> list[Utterance]:
    """A test set, by its name in TEST_SETS."""
    return read(TEST_SETS[name])


def read(path: Path) -> list[Utterance]:
    blocks = YAML(typ="safe").load(path)["nlu"]
    lines = [(block["intent"], line) for block in blocks for line in block["examples"].splitlines()]
    return [Utterance(intent, line.removeprefix("- ").strip()) for intent, line in lines]
