"""What contenders learn from and are tried on. The sealed half of the blind sets is left alone."""

import csv
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

from tests.nlu.utterances import Utterance, examples, to_try

ROOT = Path(__file__).parents[2]
BLIND = ROOT / "tests" / "nlu" / "blind"
EMERGENCIES = frozenset({"report_leak", "report_co_poisoning", "report_fire"})


class Sentences(NamedTuple):
    train: list[Utterance]
    sets: dict[str, list[Utterance]]
    #: Must be taken for an emergency, and must not.
    emergencies: list[str]
    lookalikes: list[str]


def sentences() -> Sentences:
    blind = YAML(typ="safe").load(BLIND / "open.yml")
    sets = {"test": to_try("test"), "fresh": to_try("fresh")}
    sets["blind open"] = [Utterance(intent, str(text)) for intent, texts in blind.items() for text in texts]
    return Sentences(examples(), sets, _open_half("emergencies.csv"), _open_half("lookalikes.csv"))


def _open_half(name: str) -> list[str]:
    with (BLIND / name).open(encoding="utf-8", newline="") as lines:
        return [row["text"] for row in csv.DictReader(lines) if row["set"] == "open"]
