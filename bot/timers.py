"""The one timer service: timers are stored rows, so a restart forgets none of them.

A conversation's timers are a function of its state (bot/sla/deadlines.py) and are written in the same
transaction as the state. So nobody sets or cancels one by hand: a reply that ends a wait ends its timers.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.ports import Timer, TimerStore

log = structlog.get_logger()

#: Looks at the table at least this often: another replica may have set a timer.
POLL = timedelta(seconds=1)
#: Taken in one transaction. Large enough for a thousand a second, small enough to be prompt.
BATCH = 250

Fire = Callable[[Sequence[Timer]], Awaitable[None]]


class Timers:
    def __init__(self, store: TimerStore, clock: Clock, fire: Fire, lateness: Callable[[float], None]) -> None:
        self._store = store
        self._clock = clock
        self._fire = fire
        self._lateness = lateness
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """A timer may have been set that is due before the one slept for."""
        self._wake.set()

    async def fire_due(self) -> int:
        """One step: fire what is due now and tell how many that were."""
        now = self._clock.now()
        due = await self._store.due(now, BATCH)
        if due:
            for timer in due:
                self._lateness((now - timer.due_at).total_seconds())
            await self._fire(due)
        return len(due)

    async def run(self) -> None:
        """Fire what falls due, for ever. A dead database is ridden over: the rows wait."""
        while True:
            self._wake.clear()
            try:
                if await self.fire_due() == BATCH:
                    continue
                moment = await self._store.next_due_at()
            except Exception:
                log.exception("timers could not be read or fired", action="timers_failed")
                moment = None
            latest = self._clock.now() + POLL
            await self._clock.wait_until(min(moment, latest) if moment else latest, self._wake)
