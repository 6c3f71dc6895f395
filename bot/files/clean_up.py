"""Takes away the files that nobody refers to, and tells of those whose bytes are lost (docs/attachments.md).

A file is three things that cannot be written at once: bytes in the folder, a row that says whose they are, and a
message that carries it. A crash in between leaves bytes without a row, or a row without a message. Nothing is taken
away before a period of grace is over, and each step may be cut short: the next round takes it up.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.files.ports import Inventory, Storage
from bot.ports import Exclusive, Timer, TimerStore

log = structlog.get_logger()

CLEAN_UP = "file_clean_up"
EVERY = timedelta(hours=6)
#: Of rows without bytes, how many are named.
NAMED = 10


@dataclass(frozen=True, kw_only=True)
class Keeping:
    #: What is younger may still be under way.
    grace: timedelta
    #: How long files are kept after their conversation has ended; None: for ever.
    sent: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class Round:
    """What one round took away, and what it misses."""

    #: Begun by somebody and never sent.
    unsent: int
    #: Kept for as long as the company wants.
    outlived: int
    #: Pieces of uploads that a crash cut off, and bytes that are nobody's.
    broken_off: int
    nobodys: int
    #: Ids of files without bytes.
    lost: list[str]

    @property
    def numbers(self) -> dict[str, int]:
        return {**vars(self), "lost": len(self.lost)}


class CleanUp:
    def __init__(
        self,
        *,
        book: Inventory,
        storage: Storage,
        keeping: Keeping,
        timers: TimerStore,
        timer_set: Callable[[datetime], None],
        exclusive: Exclusive,
        clock: Clock,
    ) -> None:
        """`timer_set` tells the timer service that a row was written."""
        self._book = book
        self._storage = storage
        self._keeping = keeping
        self._timers = timers
        self._timer_set = timer_set
        self._exclusive = exclusive
        self._clock = clock
        self._working: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """At every start: a round that was missed is due already, and stays so."""
        if await self._timers.next_due_at([CLEAN_UP]) is None:
            await self._arm()

    async def fire(self, timer: Timer) -> None:
        """The time has come. Only one replica does it, beside the timers."""
        del timer
        async with self._exclusive(CLEAN_UP):
            if not await self._timers.due(self._clock.now(), 1, [CLEAN_UP]):
                return  # another one was quicker
            await self._arm()
        task = asyncio.create_task(self._work())
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def settle(self) -> None:
        while self._working:
            await asyncio.wait(self._working)

    async def close(self) -> None:
        for task in self._working:
            task.cancel()
        await asyncio.gather(*self._working, return_exceptions=True)

    async def look(self) -> Round:
        """One round."""
        before = self._clock.now() - self._keeping.grace
        unsent, outlived = await self._book.unsent(before), await self._outlived()
        await self._book.forget([*unsent, *outlived])
        found = Round(
            unsent=len(unsent),
            outlived=len(outlived),
            broken_off=await self._storage.drop_broken_off(before),
            nobodys=await self._drop_nobodys(before),
            lost=await self._lost(before),
        )
        log.info("files were looked through", action="files_clean_up", **found.numbers)
        if found.lost:
            log.error("files have lost their bytes", action="files_lost", files=found.lost[:NAMED])
        return found

    async def _work(self) -> None:
        try:
            await self.look()
        except Exception:
            log.exception("files could not be looked through", action="files_clean_up_failed")

    async def _outlived(self) -> list[str]:
        if self._keeping.sent is None:
            return []
        return await self._book.outlived(self._clock.now() - self._keeping.sent)

    async def _drop_nobodys(self, before: datetime) -> int:
        """Bytes that no row names: into the bin, and from there away if still nobody names them."""
        async for digests in self._storage.lying(before):
            for digest in set(digests) - await self._book.named(digests):
                await self._storage.put_in_bin(digest, before)
        binned = await self._storage.bin()
        named = await self._book.named(binned)
        for digest in binned:
            await (self._storage.bring_back if digest in named else self._storage.delete)(digest)
        return len(binned) - len(named)

    async def _lost(self, before: datetime) -> list[str]:
        """Ids of files whose bytes are not there."""
        lost: list[str] = []
        async for page in self._book.pages(before):
            missing = await self._storage.missing(page.values())
            lost += [file_id for file_id, digest in page.items() if digest in missing]
        return lost

    async def _arm(self) -> None:
        due_at = self._clock.now() + EVERY
        await self._timers.put(Timer(kind=CLEAN_UP, subject="all", due_at=due_at))
        self._timer_set(due_at)
