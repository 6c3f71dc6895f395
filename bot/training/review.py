"""Real messages worth a look: why each is, which of them say the same, and which teach most."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import log2

from bot.training.anonymous import anonymous, is_hidden
from bot.training.examples import LONGEST, Example
from bot.training.flags import Flag
from bot.training.likeness import near_pairs, shape

#: Below this confidence (0 to 1) the assistant was not sure.
SURE = 0.6
#: Nearer than this to the second intent, the choice was a close one.
CLEAR = 0.15
#: A longer message is no example, unless a person who was there wants it to be looked at, and divided.
LONGEST_FLAGGED = 500

FALLBACK = "nlu_fallback"
#: A guess: an intent and its confidence (0 to 1).
Guess = tuple[str, float]


class Reason(StrEnum):
    SCREEN_ONLY = "screen_only"
    MODEL_ONLY = "model_only"
    FLAGGED = "flagged"
    NOTED = "noted"
    UNHELPFUL = "unhelpful"
    HANDED_OVER = "handed_over"
    FALLBACK = "fallback"
    UNSURE = "unsure"
    CLOSE = "close"
    IMPORTED = "imported"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Reason.SCREEN_ONLY: "险情筛查报警，模型没听出来",
    Reason.MODEL_ONLY: "模型认为是险情，筛查没报警",
    Reason.FLAGGED: "坐席标记",
    Reason.NOTED: "坐席备注纠正",
    Reason.UNHELPFUL: "用户说没帮助",
    Reason.HANDED_OVER: "答复后马上转了人工",
    Reason.FALLBACK: "没有听懂",
    Reason.UNSURE: "把握不大",
    Reason.CLOSE: "两种意思难分",
    Reason.IMPORTED: "从文件导入",
}
#: How much a message with this reason teaches. An emergency that was nearly missed comes before everything.
_WEIGHTS = {
    Reason.SCREEN_ONLY: 100.0,
    Reason.MODEL_ONLY: 40.0,
    Reason.FLAGGED: 12.0,
    Reason.NOTED: 8.0,
    Reason.UNHELPFUL: 5.0,
    Reason.HANDED_OVER: 4.0,
    Reason.FALLBACK: 4.0,
    Reason.UNSURE: 2.0,
    Reason.CLOSE: 2.0,
    Reason.IMPORTED: 1.0,
}


@dataclass(frozen=True)
class Find:
    """A message worth a look, without what identifies its customer."""

    text: str
    reasons: frozenset[Reason]
    guesses: tuple[Guess, ...] = ()
    conversation_id: str | None = None
    #: Who of the staff pointed at it, and why.
    flag: Flag | None = None


def find(
    text: str,
    reasons: frozenset[Reason],
    guesses: Sequence[Guess] = (),
    conversation_id: str | None = None,
    flag: Flag | None = None,
) -> Find | None:
    """None if there is no reason, or nothing in the message that an example could show."""
    clean = " ".join(anonymous(text).split())
    longest = LONGEST_FLAGGED if flag else LONGEST
    if not reasons or len(clean) > longest or is_hidden(clean) or not _says_something(clean):
        return None
    return Find(clean, reasons, tuple(guesses), conversation_id, flag)


def doubts(intent: str, guesses: Sequence[Guess]) -> frozenset[Reason]:
    """Why the assistant's understanding of a message is worth a look; none if it was sure."""
    if intent == FALLBACK:
        return frozenset({Reason.FALLBACK})
    found = set()
    if guesses and guesses[0][1] < SURE:
        found.add(Reason.UNSURE)
    if len(guesses) > 1 and guesses[0][1] - guesses[1][1] < CLEAR:
        found.add(Reason.CLOSE)
    return frozenset(found)


def _says_something(text: str) -> bool:
    bare = shape(text)
    return len(bare.strip("0⑧⑪")) > 0 and len(bare) > 1


class State(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class Item:
    """A find in the inbox. Messages of one shape are one item."""

    id: str
    text: str
    reasons: frozenset[Reason]
    guesses: tuple[Guess, ...]
    count: int
    first_at: datetime
    last_at: datetime
    state: State = State.OPEN
    intent: str | None = None
    #: Who decided it, when, and what he wrote to it.
    decided_by: str | None = None
    decided_at: datetime | None = None
    note: str = ""
    #: Decided together with this item, which says the same; only that one becomes an example.
    folded_into: str | None = None
    #: The change set that brought it into the examples.
    change_id: str | None = None
    #: What it teaches, if that is not just the message with the intent.
    examples: tuple[Example, ...] = ()
    #: Who looks at it, until when; nobody else decides it meanwhile.
    claimed_by: str | None = None
    claimed_until: datetime | None = None
    flags: tuple[Flag, ...] = ()
    #: Changes with every decision: who decides names the one he saw.
    version: int = 1

    def held_by_other(self, staff_id: str, now: datetime) -> bool:
        return self.claimed_by not in (None, staff_id) and self.claimed_until is not None and self.claimed_until > now

    @property
    def taught(self) -> tuple[Example, ...]:
        """None before it is accepted."""
        return self.examples or ((Example(self.text, self.intent),) if self.intent else ())


@dataclass(frozen=True)
class Group:
    """Open items that say nearly the same; `head` speaks for them."""

    head: Item
    others: tuple[Item, ...] = field(default=())

    @property
    def count(self) -> int:
        return sum(item.count for item in (self.head, *self.others))

    @property
    def reasons(self) -> list[Reason]:
        """The gravest first."""
        reasons = frozenset[Reason]().union(*(item.reasons for item in (self.head, *self.others)))
        return sorted(reasons, key=lambda reason: (-_WEIGHTS[reason], reason))

    @property
    def flags(self) -> list[Flag]:
        flags = [flag for item in (self.head, *self.others) for flag in item.flags]
        return sorted(flags, key=lambda flag: flag.at)

    @property
    def teaches(self) -> float:
        """More, the graver the reasons, and the more customers write so; ten times as many count about four times."""
        return sum(_WEIGHTS[reason] for reason in self.reasons) * (1 + log2(self.count))


def grouped(items: Sequence[Item]) -> list[Group]:
    """Near duplicates folded; what teaches most comes first, among equals the latest."""
    leaders = list(range(len(items)))

    def leader(index: int) -> int:
        while leaders[index] != index:
            index = leaders[index]
        return index

    for one, other in near_pairs([item.text for item in items]):
        leaders[leader(other)] = leader(one)
    members: dict[int, list[Item]] = {}
    for index, item in enumerate(items):
        members.setdefault(leader(index), []).append(item)
    groups = [_group(alike) for alike in members.values()]
    return sorted(groups, key=lambda group: (-group.teaches, -group.head.last_at.timestamp(), group.head.id))


def _group(items: list[Item]) -> Group:
    head, *others = sorted(items, key=lambda item: (-item.count, item.first_at, item.id))
    return Group(head, tuple(others))
