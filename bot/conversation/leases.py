"""Several replicas, one database: what only one of them does at a time, and what becomes of a dead one's work.

A lease is a row that ends by the clock unless it is renewed. Whoever is about to do something that cannot be undone
writes down first how far it goes (`reach`): if it has lost the lease meanwhile, it is told so and does nothing; if it
dies in the middle, the next holder knows what is uncertain (docs/decisions/0011-replicas.md).
"""

from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from typing import Protocol

import structlog

from bot.clock import Clock, pause

log = structlog.get_logger()

#: A quarter of the time after which a silent replica counts as dead.
RENEW = timedelta(seconds=5)


class Elsewhere(Exception):
    """Another replica has the lease, or took it while we were not heard of."""


class Leases(Protocol):
    """This process's leases."""

    async def take(self, name: str) -> int | None:
        """Have it from now on; None if another replica has it. The number is how far its holder had come."""
        ...

    async def reach(self, name: str, number: int) -> bool:
        """Write down that we go up to `number`, and keep the lease. False if it is not ours any more."""
        ...

    async def give_back(self, names: Collection[str]) -> None:
        """Let others have them; what is not ours is left alone."""
        ...

    async def stay_alive(self) -> None:
        """Renew all of ours, and tell the others that this process lives."""
        ...

    async def bury(self) -> bool:
        """Whether a replica has died whose work nobody has taken over; only one of those who ask is told so."""
        ...

    async def leave(self, keep: Collection[str]) -> None:
        """At the end: give back all but these."""
        ...


class ReplicaWatch:
    """Tells the other replicas that this one lives, and takes over what a dead one left."""

    def __init__(self, leases: Leases, clock: Clock, *, take_over: Callable[[], Awaitable[None]]) -> None:
        self._leases = leases
        self._clock = clock
        self._take_over = take_over

    async def run(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:
                log.exception("leases could not be renewed", action="leases_failed")
            await pause(self._clock, self._clock.now() + RENEW)

    async def look(self) -> None:
        await self._leases.stay_alive()
        if await self._leases.bury():
            log.warning("another replica is gone; its messages are taken over", action="replica_gone")
            await self._take_over()
