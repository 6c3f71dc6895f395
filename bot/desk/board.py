"""The lead's board: how the queue stands, and how soon people answer today (S3 服务指标). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol


class FirstReply(NamedTuple):
    """How a conversation that was given to people began: when, and when a person first answered, if one did."""

    asked_at: datetime
    replied_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Of the conversations given to people today. Shares count only what is decided; None: nothing is yet."""

    asked: int
    answered: int
    #: Share answered within the quick target, within the reply limit, and at all.
    quick: float | None
    in_limit: float | None
    at_all: float | None


@dataclass(frozen=True, kw_only=True)
class Queue:
    length: int
    #: The longest wait in it began then.
    waiting_since: datetime | None
    #: Messages left while nobody was on duty, not taken yet.
    left: int


@dataclass(frozen=True, kw_only=True)
class Board:
    queue: Queue
    #: Not dispatched, or accepted by nobody.
    emergencies: int
    breaches: int
    #: Absences that lasted too long.
    absences: int
    rates: Rates
    #: When waiting alone will change the rates; None: it will not.
    changes_at: datetime | None


class Figures(Protocol):
    """What the board is made of."""

    async def board(self, since: datetime, now: datetime) -> Board:
        """The board at `now`, of a day that began at `since`."""
        ...


def rates(begun: Sequence[FirstReply], now: datetime, quick: timedelta, limit: timedelta, patience: timedelta) -> Rates:
    """How many got their first reply in time.

    Who still waits counts against a target only once its time is up, and against "at all" when he left unanswered or
    has waited for `patience`.
    """
    return Rates(
        asked=len(begun),
        answered=sum(each.replied_at is not None for each in begun),
        quick=_share([_within(each, quick, now) for each in begun]),
        in_limit=_share([_within(each, limit, now) for each in begun]),
        at_all=_share([_answered(each, now, patience) for each in begun]),
    )


def decided_at(begun: Sequence[FirstReply], now: datetime, spans: Sequence[timedelta]) -> datetime | None:
    """When the next of those who still wait counts against one of the targets."""
    waiting = [each.asked_at for each in begun if each.replied_at is None and each.closed_at is None]
    return min((asked_at + span for asked_at in waiting for span in spans if asked_at + span >= now), default=None)


def _within(each: FirstReply, span: timedelta, now: datetime) -> bool | None:
    """None: not decided yet."""
    if each.replied_at is not None:
        return each.replied_at - each.asked_at <= span
    if each.closed_at is not None:
        return False
    return False if now - each.asked_at > span else None


def _answered(each: FirstReply, now: datetime, patience: timedelta) -> bool | None:
    return True if each.replied_at is not None else _within(each, patience, now)


def _share(decided: Sequence[bool | None]) -> float | None:
    known = [one for one in decided if one is not None]
    return sum(known) / len(known) if known else None
