"""The rows of the timer service (bot/timers.py)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Timer:
    kind: str
    #: A conversation's id, or a staff number for the kinds "seat" and "absence".
    subject: str
    due_at: datetime

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.subject}"


class TimerStore(Protocol):
    async def due(self, now: datetime, limit: int, kinds: Collection[str] | None = None) -> list[Timer]:
        """What is due (of these kinds), the longest overdue first; nothing is removed."""
        ...

    async def next_due_at(self, kinds: Collection[str] | None = None) -> datetime | None: ...

    async def due_at(self, key: str) -> datetime | None: ...

    async def armed(self) -> int: ...

    async def put(self, timer: Timer) -> None:
        """For timers that belong to no conversation."""
        ...

    async def drop(self, key: str) -> None: ...
