"""Who did what to the assistant's models: kept in the desk's log, where nothing is ever changed or taken out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.domain.desk_log import Did, LogEntry
from bot.ports import Timer


class Log(Protocol):
    """The desk's log."""

    async def note(self, entry: LogEntry) -> None: ...

    async def settle(self, timer: Timer, entry: LogEntry) -> bool:
        """Note what a timer found and drop it, in one transaction; False if it was settled or set anew meanwhile."""
        ...

    async def since(self, moment: datetime, did: Sequence[Did], limit: int = 500) -> list[LogEntry]: ...


class TrainingLog:
    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    async def note(self, staff_id: str, text: str) -> None:
        await self._log.note(_entry(self._clock.now(), staff_id, text))

    async def settle(self, timer: Timer, text: str) -> bool:
        """See Log."""
        return await self._log.settle(timer, _entry(self._clock.now(), None, text))

    async def since(self, moment: datetime) -> list[LogEntry]:
        """The oldest first."""
        return await self._log.since(moment, [Did.TRAINING])


def _entry(at: datetime, staff_id: str | None, text: str) -> LogEntry:
    return LogEntry(at=at, did=Did.TRAINING, staff_id=staff_id, text=text)
