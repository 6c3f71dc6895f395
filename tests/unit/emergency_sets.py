"""The batches of reports and look-alikes that the emergency screen is measured on (tests/nlu/emergency)."""

import csv
from pathlib import Path

from bot.domain.emergencies import EmergencyKind

SETS = Path(__file__).parents[1] / "nlu" / "emergency"


def rows(name: str) -> list[dict[str, str]]:
    with (SETS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts(name: str) -> list[str]:
    return [row["text"] for row in rows(name)]


MUST = [(row["text"], EmergencyKind(row["kind"])) for row in rows("core_must")]
MUST_NOT = texts("core_must_not")
