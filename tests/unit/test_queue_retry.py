"""A queue that could not be worked is worked again soon, though nothing else happens."""

import asyncio
from datetime import timedelta
from typing import Any, cast

from bot.desk.queue import POLL, RETRY, QueueKeeper
from bot.testing import ManualClock


class BrokenOnce:
    """An inbox whose database is gone at first."""

    def __init__(self) -> None:
        self.looks: asyncio.Queue[int] = asyncio.Queue()
        self._looked = 0

    async def queue_is_empty(self) -> bool:
        self._looked += 1
        self.looks.put_nowait(self._looked)
        if self._looked == 1:
            raise ConnectionError("the database is gone")
        return True


async def test_the_queue_is_tried_again_soon_after_a_failure_and_then_only_now_and_then() -> None:
    clock, inbox = ManualClock(), BrokenOnce()
    nobody = cast(Any, None)
    keeper = QueueKeeper(
        conversations=nobody, inbox=cast(Any, inbox), staff=nobody, exclusive=nobody, handover=nobody, clock=clock
    )
    running = asyncio.create_task(keeper.run())
    try:
        assert await asyncio.wait_for(inbox.looks.get(), 5) == 1
        clock.advance(RETRY.total_seconds())
        assert await asyncio.wait_for(inbox.looks.get(), 5) == 2
        clock.advance((POLL - timedelta(seconds=1)).total_seconds())
        for _ in range(20):
            await asyncio.sleep(0)  # noqa: TID251 -- gives the others a turn, no time passes
        assert inbox.looks.empty()
    finally:
        running.cancel()
