"""Reports over days and weeks: volume, times, orders and satisfaction, by one thing at a time. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo


class By(StrEnum):
    """What a report is divided by."""

    DAY = "day"
    WEEK = "week"
    AGENT = "agent"
    GROUP = "group"
    CATEGORY = "category"
    CHANNEL = "channel"


class Period(NamedTuple):
    """From `since` on and before `until`."""

    name: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Counts:
    """What can be added up. Conversations count for the day on which they began."""

    conversations: int = 0
    #: Closed, and never given to a person.
    by_assistant: int = 0
    #: Given to people.
    handed_over: int = 0
    #: Answered by a person within the quick target, and those of which it is decided (S3 服务指标); as on the board.
    quick: int = 0
    quick_decided: int = 0
    #: The same for the reply limit (S0 回复要求 3).
    in_limit: int = 0
    limit_decided: int = 0
    emergencies: int = 0
    breaches: int = 0
    orders: int = 0
    graded: int = 0
    #: Sum of what customers gave.
    points: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def quick_percent(self) -> float | None:
        return _percent(self.quick, self.quick_decided)

    @property
    def limit_percent(self) -> float | None:
        return _percent(self.in_limit, self.limit_decided)

    @property
    def satisfaction(self) -> float | None:
        return round(self.points / self.graded, 2) if self.graded else None


class Spread(NamedTuple):
    """Seconds by nearest rank; None while there is nothing to measure."""

    median: float | None = None
    p95: float | None = None


@dataclass(frozen=True)
class Line:
    #: A day, a Monday, a staff number, the name of a group, type or channel; "" for none of them.
    name: str
    counts: Counts
    #: From being given to people to the first answer of a person.
    reply: Spread
    #: From the first message to the end.
    length: Spread


@dataclass(frozen=True)
class ServiceReport:
    lines: Sequence[Line]
    total: Line


def periods(by: By, since: datetime, until: datetime, zone: ZoneInfo) -> list[Period]:
    """The days, or the weeks from Monday on, of a span of the company's days; the first and last week may be cut."""
    first, end = (moment.astimezone(zone).date() for moment in (since, until))
    if by is By.DAY:
        begins = [first + timedelta(days=number) for number in range((end - first).days)]
    else:
        monday = first - timedelta(days=first.weekday())
        begins = [monday + timedelta(weeks=number) for number in range(((end - monday).days + 6) // 7)]
    ends = [*begins[1:], end]
    return [
        Period(begin.isoformat(), max(since, _midnight(begin, zone)), min(until, _midnight(next_, zone)))
        for begin, next_ in zip(begins, ends, strict=True)
    ]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
