"""What inspections need from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.desk_log import LogEntry
from bot.domain.inspections import Inspection, Stage, Version, Why


@dataclass(frozen=True, kw_only=True)
class Case:
    """A closed conversation that an agent had."""

    conversation_id: str
    staff_id: str
    closed_at: datetime
    category: str
    channel: str = ""
    why: tuple[Why, ...] = ()
    #: What the customer gave the service, 5 is the best; None: nothing.
    satisfaction: int | None = None
    inspection: Inspection | None = None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which closed conversations; what is None does not matter."""

    #: From `since` on and before `until`, by when they were closed.
    since: datetime
    until: datetime
    staff_id: str | None = None
    category: str | None = None
    #: Drawn by rule.
    sampled: bool = False
    #: With a reason to be looked at first.
    focus: bool = False
    #: True: scored; False: not yet.
    done: bool | None = None
    #: Scored with so many points or fewer.
    score_up_to: int | None = None


class Cases(Protocol):
    """Reading, without a lock."""

    async def listed(self, wanted: Wanted, limit: int) -> list[Case]:
        """The latest first."""
        ...

    async def one(self, conversation_id: str) -> Case | None:
        """None also for a conversation that is open, or that no agent had."""
        ...

    async def undrawn(self, since: datetime, until: datetime) -> list[Case]:
        """Closed in this time and not inspected yet; neither `why` nor satisfaction is told."""
        ...


class Inspections(Protocol):
    async def get(self, inspection_id: str) -> Inspection | None: ...

    async def drawn(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """How many were drawn by rule of each agent's conversations that were closed in this time."""
        ...

    async def draw(self, made: Sequence[Inspection], entry: LogEntry) -> int:
        """Keep them and the line in the desk's log, in one transaction; those inspected meanwhile stay as they are."""
        ...

    async def put(self, changed: Inspection, what: str, entry: LogEntry) -> bool:
        """Keep it, what it was as a version of its history, and the line in the desk's log, in one transaction.

        False if it was changed meanwhile: its version has to be the stored one plus 1, or 1 for a new one.
        """
        ...

    async def history(self, inspection_id: str) -> list[Version]:
        """The earliest first."""
        ...

    async def published(
        self, since: datetime, until: datetime, limit: int, staff_id: str | None = None, stage: Stage | None = None
    ) -> list[Inspection]:
        """Those that agents and leads may read, by when the conversation was closed, the latest first."""
        ...
