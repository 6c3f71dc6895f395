"""Only one replica sends to a contact at a time: taken for a burst, given back when its states are written."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta

import structlog

from bot.clock import Clock, pause
from bot.conversation.leases import Elsewhere, Leases

log = structlog.get_logger()

#: Leases are given back in bundles.
BUNDLE = timedelta(seconds=1)


class ContactLeases:
    def __init__(self, leases: Leases, clock: Clock, *, written: Callable[[], Awaitable[bool]]) -> None:
        """`written` writes what is known of deliveries, and says whether it could."""
        self._leases = leases
        self._clock = clock
        self._written = written
        self._held: set[str] = set()
        self._done: set[str] = set()
        self._some_done = asyncio.Event()
        #: What is being given back is not taken before it is gone.
        self._changing = asyncio.Lock()

    async def take(self, contact_id: str) -> int:
        """Have the contact to ourselves; up to which number an earlier holder may have sent. Raises Elsewhere."""
        async with self._changing:
            self._done.discard(contact_id)
            if contact_id in self._held:
                return 0
            reached = await self._leases.take(_name(contact_id))
            if reached is None:
                raise Elsewhere(contact_id)
            self._held.add(contact_id)
            return reached

    async def reach(self, contact_id: str, seq: int) -> None:
        """We hand over messages up to this number. Raises Elsewhere: somebody else does."""
        if not await self._leases.reach(_name(contact_id), seq):
            self._held.discard(contact_id)
            raise Elsewhere(contact_id)

    def done_with(self, contact_id: str) -> None:
        """Nothing is to be sent for now; another replica may have him soon."""
        if contact_id in self._held:
            self._done.add(contact_id)
            self._some_done.set()

    async def run(self) -> None:
        """Give back bundle by bundle."""
        while True:
            await self._some_done.wait()
            await pause(self._clock, self._clock.now() + BUNDLE)
            try:
                await self._give_back()
            except Exception:
                log.exception("leases were not given back", action="leases_failed")

    async def _give_back(self) -> None:
        self._some_done.clear()
        if not await self._written():
            self._some_done.set()
            return
        async with self._changing:
            done, self._done = self._done, set()
            self._held -= done
            await self._leases.give_back([_name(contact_id) for contact_id in done])

    async def close(self, keep: Collection[str]) -> None:
        """Give back all but these."""
        self._held, self._done = set(), set()
        await self._leases.leave([_name(contact_id) for contact_id in keep])


def _name(contact_id: str) -> str:
    return f"contact:{contact_id}"
