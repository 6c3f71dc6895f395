"""Where the desk's log is kept. Nothing in it is ever changed or taken out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.desk_log import Did, LogEntry
from bot.ports import Timer


class DeskLog(Protocol):
    async def note(self, entry: LogEntry) -> None: ...

    async def note_once(self, entry: LogEntry, since: datetime) -> None:
        """Unless the same person did the same with the same conversation since then."""
        ...

    async def settle(self, timer: Timer, entry: LogEntry) -> bool:
        """Note what a timer found and drop it, in one transaction; False if it was settled or set anew meanwhile."""
        ...

    async def since(self, moment: datetime, did: Sequence[Did], limit: int = 500) -> list[LogEntry]:
        """The latest entries of these kinds, the oldest first."""
        ...
