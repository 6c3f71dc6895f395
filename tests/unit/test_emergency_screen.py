"""The emergency screen: what it must never miss, what must not alarm anybody, and how well it does on the rest."""

import pytest

from bot.conversation.emergency_screen import screen
from bot.domain.emergencies import EmergencyKind
from tests.nlu.utterances import EXAMPLES
from tests.nlu.utterances import read as read_file
from tests.unit.emergency_sets import MUST, MUST_NOT, SETS, rows, texts

#: Plain reports of each sort, to be put beside every look-alike.
REPORTS = [
    "厨房煤气漏了",
    "家里漏气了",
    "我闻到煤气味",
    "楼道里有煤气味",
    "燃气管被挖断了",
    "煤气管嘶嘶响",
    "一股臭鸡蛋味",
    "煤气中毒了",
    "家里着火了",
    "I smell gas",
]


@pytest.mark.parametrize(("text", "kind"), MUST)
def test_finds_every_core_emergency_and_its_kind(text: str, kind: EmergencyKind) -> None:
    assert screen(text) is kind


@pytest.mark.parametrize("text", MUST_NOT)
def test_leaves_every_core_look_alike_alone(text: str) -> None:
    assert screen(text) is None


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("emergencies", 1.0),
        ("emergencies_heldout", 1.0),
        ("emergencies_unseen", 1.0),
        ("emergencies_unseen2", 0.97),
        ("emergencies_unseen3", 0.98),
        ("emergencies_unseen4", 1.0),
        ("emergencies_unseen5", 1.0),
        ("emergencies_unseen_6", 1.0),
        ("emergencies_unseen_7", 0.89),
        ("emergencies_unseen_8", 0.91),
        ("emergencies_unseen_9", 0.84),
        ("emergencies_unseen_10", 0.69),
        ("emergencies_unseen_11", 0.88),
        ("emergencies_unseen_12", 0.91),
        ("emergencies_unseen_13", 0.89),
        ("emergencies_unseen_14", 0.90),
        ("emergencies_unseen_15", 0.90),
        ("emergencies_unseen_16", 0.90),
        ("emergencies_unseen_17", 0.93),
        ("emergencies_unseen_18", 0.91),
    ],
)
def test_finds_emergencies(name: str, floor: float) -> None:
    missed = [text for text in texts(name) if screen(text) is None]
    assert len(missed) <= (1 - floor) * len(texts(name)), missed


@pytest.mark.parametrize(
    ("name", "ceiling"),
    [
        ("lookalikes", 0.0),
        ("lookalikes_heldout", 0.01),
        ("lookalikes_unseen", 0.01),
        ("lookalikes_unseen2", 0.012),
        ("lookalikes_unseen3", 0.0),
        ("lookalikes_unseen4", 0.0),
        ("lookalikes_unseen5", 0.0),
        ("lookalikes_unseen_6", 0.0),
        ("lookalikes_unseen_7", 0.095),
        ("lookalikes_unseen_8", 0.115),
        ("lookalikes_unseen_9", 0.16),
        ("lookalikes_unseen_10", 0.102),
        ("lookalikes_unseen_11", 0.14),
        ("lookalikes_unseen_12", 0.18),
        ("lookalikes_unseen_13", 0.12),
        ("lookalikes_unseen_14", 0.18),
        ("lookalikes_unseen_15", 0.13),
        ("lookalikes_unseen_16", 0.16),
        ("lookalikes_unseen_17", 0.12),
        ("lookalikes_unseen_18", 0.14),
    ],
)
def test_raises_few_false_alarms(name: str, ceiling: float) -> None:
    raised = [text for text in texts(name) if screen(text) is not None]
    assert len(raised) <= ceiling * len(texts(name)), raised


REPORTING = {"report_leak", "report_co_poisoning", "report_fire"}


def test_agrees_with_what_the_assistant_is_taught() -> None:
    """The assistant's examples are written by others for another purpose: no set that the words were fitted to.

    Those told in words that the tables do not hold (`*_told.yml`) are the assistant's part.
    """
    taught = [each for path in sorted(EXAMPLES.glob("*.yml")) if "_told" not in path.stem for each in read_file(path)]
    emergencies = [text for intent, text in taught if intent in REPORTING]
    others = [text for intent, text in taught if intent not in REPORTING]
    missed = [text for text in emergencies if screen(text) is None]
    raised = [text for text in others if screen(text) is not None]
    assert len(missed) <= 0.03 * len(emergencies), missed
    assert len(raised) <= 0.015 * len(others), raised


#: Where the words were not fitted to the set's places.
MISTAKEN_KINDS = {
    f"emergencies_unseen_{number}": ceiling
    for number, ceiling in {11: 0.11, 12: 0.15, 13: 0.06, 14: 0.12, 15: 0.13, 16: 0.18, 17: 0.17, 18: 0.11}.items()
}


@pytest.mark.parametrize("name", sorted(file.stem for file in SETS.glob("emergencies*.csv")))
def test_tells_the_kind_of_what_it_finds(name: str) -> None:
    wrong = [
        (row["text"], found.value)
        for row in rows(name)
        if (found := screen(row["text"])) and found.value not in row["kind"].split("|")
    ]
    assert len(wrong) <= MISTAKEN_KINDS.get(name, 0.02) * len(rows(name)), wrong


@pytest.mark.parametrize("report", REPORTS)
def test_a_veto_in_one_clause_does_not_silence_a_report_in_the_next(report: str) -> None:
    messages = [f"{look_alike}{mark}{report}" for look_alike in MUST_NOT for mark in "，。"]
    assert [message for message in messages if screen(message) is None] == []


@pytest.mark.parametrize("report", REPORTS)
def test_a_look_alike_that_follows_takes_no_report_back(report: str) -> None:
    """Except that it has been mended, or has gone."""
    others = [row["text"] for row in rows("core_must_not") if row["topic"] not in ("past", "negated")]
    messages = [f"{report}，{look_alike}" for look_alike in others]
    assert [message for message in messages if screen(message) is None] == []
