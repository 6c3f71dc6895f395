"""The desk's log, for who looks into it."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.domain.desk_log import Did, LogEntry


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which entries; what is None does not matter."""

    #: Who did it, or to whom it was done.
    staff_id: str | None = None
    did: Did | None = None
    #: From `since` on and before `until`.
    since: datetime | None = None
    until: datetime | None = None


class Numbered(NamedTuple):
    #: Later entries have higher ones.
    number: int
    entry: LogEntry


class LogBook(Protocol):
    async def page(self, wanted: Wanted, before: int | None, limit: int) -> list[Numbered]:
        """The latest first; with `before`, those that were noted before this number."""
        ...
