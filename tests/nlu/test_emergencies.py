"""Emergencies as the product recognises them: the screen, the assistant, and its opinion where the screen doubts.

Of the sealed half only totals are ever looked at (tests/nlu/blind/README.md): no message of it stands in a failure.
"""

import csv
from pathlib import Path

import httpx2
import pytest

from bot.conversation.emergency_doubt import decide

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(300)]

HERE = Path(__file__).parent
REPORTS = ("report_leak", "report_co_poisoning", "report_fire")
OLDER = sorted(file.stem for file in (HERE / "emergency").glob("*.csv"))


def verdict(rasa: httpx2.Client, text: str) -> str:
    ranking = rasa.post("/model/parse", json={"text": text}).json()["intent_ranking"]
    return decide(text, sum(scored["confidence"] for scored in ranking if scored["name"] in REPORTS))


def alarms(rasa: httpx2.Client, text: str) -> bool:
    return verdict(rasa, text) == "alarm"


def noticed(rasa: httpx2.Client, text: str) -> bool:
    """An alarm, or the question that tells what to do if there is danger."""
    return verdict(rasa, text) != "none"


def share(raised: list[bool]) -> float:
    print(f"{sum(raised)} of {len(raised)}")
    return sum(raised) / len(raised)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def blind(name: str, half: str) -> list[str]:
    return [row["text"] for row in rows(HERE / "blind" / f"{name}.csv") if row["set"] == half]


def development(name: str) -> list[str]:
    return [row["text"] for row in rows(HERE / "development" / f"{name}.csv")]


@pytest.mark.parametrize("half", ["open", "sealed"])
def test_blind_emergencies_are_noticed(rasa: httpx2.Client, half: str) -> None:
    """By an alarm, but for one or two in a hundred, where the customer is asked."""
    texts = blind("emergencies", half)
    assert share([noticed(rasa, text) for text in texts]) >= 0.99
    assert share([alarms(rasa, text) for text in texts]) >= 0.97


@pytest.mark.parametrize(("half", "ceiling"), [("open", 0.05), ("sealed", 0.08)])
def test_blind_look_alikes_raise_few_alarms(rasa: httpx2.Client, half: str, ceiling: float) -> None:
    """The aim is 5 %; docs/emergency-screen.md has what is reached."""
    texts = blind("lookalikes", half)
    assert share([alarms(rasa, text) for text in texts]) <= ceiling
    # In doubt the customer is asked: nearly always where a sign stands.
    assert share([noticed(rasa, text) for text in texts]) <= 0.22


def test_harder_sentences_that_nobody_was_fitted_to(rasa: httpx2.Client) -> None:
    assert share([noticed(rasa, text) for text in development("emergencies")]) >= 0.97
    assert share([alarms(rasa, text) for text in development("lookalikes")]) <= 0.07


@pytest.mark.parametrize("name", [name for name in OLDER if name.startswith("emergencies")])
def test_known_emergencies_are_noticed(rasa: httpx2.Client, name: str) -> None:
    texts = [row["text"] for row in rows(HERE / "emergency" / f"{name}.csv")]
    missed = [text for text in texts if not noticed(rasa, text)]
    assert len(missed) <= 0.04 * len(texts), missed


def test_known_look_alikes_raise_few_alarms(rasa: httpx2.Client) -> None:
    names = [name for name in OLDER if name.startswith("lookalikes")]
    texts = [row["text"] for name in names for row in rows(HERE / "emergency" / f"{name}.csv")]
    assert share([alarms(rasa, text) for text in texts]) <= 0.08


@pytest.mark.parametrize(
    "text",
    [
        "换了电池 着了",
        "换了节新电池 着了着了 谢谢",
        "电池一换就着了",
        "按你说的换电池 火着了",
        "装上新电池打着火了",
        "灶又能着了 原来是电池没电",
    ],
)
def test_a_stove_that_burns_again_is_no_fire(rasa: httpx2.Client, text: str) -> None:
    assert verdict(rasa, text) == "none"
