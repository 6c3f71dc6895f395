"""Shifts: who works when, and how one hands over to the next (S0 工作纪律 1, S4): signed by both, then unchangeable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.desk_log import LogEntry


@dataclass(frozen=True, kw_only=True)
class OpenCase:
    """Something the next shift goes on with."""

    #: "conversation" or "order".
    kind: str
    #: The conversation's id, or the order's number.
    id: str
    title: str
    about: str
    #: Since when the customer waits, or when the order is due; as the protocol writes times.
    at: str | None


@dataclass(frozen=True, kw_only=True)
class ShiftHandover:
    id: str
    day: date
    #: The shift that ends.
    shift: str
    made_by: str
    made_at: datetime
    equipment: str = ""
    remarks: str = ""
    #: As it was when it was made, and again when it was signed over.
    cases: tuple[OpenCase, ...] = ()
    given_by: str | None = None
    given_at: datetime | None = None
    taken_by: str | None = None
    taken_at: datetime | None = None


@dataclass(frozen=True)
class Duty:
    """Who works in a shift of a day."""

    day: date
    shift: str
    staff_ids: tuple[str, ...]


class Roster(Protocol):
    async def between(self, first: date, last: date) -> list[Duty]: ...

    async def plan(self, duty: Duty, entry: LogEntry) -> None:
        """Replace who works in this shift, and note it in the desk's log, in one transaction."""
        ...


class HandoverBook(Protocol):
    async def latest(self, limit: int) -> list[ShiftHandover]: ...

    async def get(self, handover_id: str) -> ShiftHandover | None: ...

    async def make(self, form: ShiftHandover) -> ShiftHandover:
        """Keep it; the one there is when this shift of this day has one already."""
        ...

    async def write(self, handover_id: str, equipment: str, remarks: str) -> bool:
        """False when it is signed already: nothing is changed."""
        ...

    async def give(self, handover_id: str, staff_id: str, at: datetime, cases: Sequence[OpenCase]) -> bool:
        """Sign it over with what is open now; False when somebody has."""
        ...

    async def take(self, handover_id: str, staff_id: str, at: datetime) -> bool:
        """Sign for having got it; False when it is not signed over, by this very person, or taken already."""
        ...
