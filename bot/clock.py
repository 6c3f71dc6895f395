"""The only place that knows what time it is."""

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, always in UTC."""
        ...

    async def wait_until(self, moment: datetime | None, wake: asyncio.Event) -> None:
        """Return at `moment`, or sooner if `wake` is set; never by time alone when `moment` is None."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    async def wait_until(self, moment: datetime | None, wake: asyncio.Event) -> None:
        delay = None if moment is None else max(0.0, (moment - self.now()).total_seconds())
        with suppress(TimeoutError):
            await asyncio.wait_for(wake.wait(), delay)


async def pause(clock: Clock, until: datetime) -> None:
    """Sleep until `until` by `clock`."""
    await clock.wait_until(until, asyncio.Event())


def stopwatch() -> float:
    """Seconds of a monotonic clock, for measuring how long something took; never for telling the time."""
    return time.perf_counter()
