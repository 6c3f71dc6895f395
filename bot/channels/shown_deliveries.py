"""How far delivery has come, shown at the desks while the outbox goes on."""

import asyncio
from collections.abc import Sequence

from bot.channels.agent_desk import AgentDesk
from bot.metrics import Metrics
from bot.ports import Mark


class ShownDeliveries:
    def __init__(self, desk: AgentDesk, metrics: Metrics) -> None:
        self._desk = desk
        self._metrics = metrics
        self._under_way: set[asyncio.Task[None]] = set()

    def __call__(self, marks: Sequence[Mark]) -> None:
        """These were written: counted now, shown in the background."""
        for mark in marks:
            self._metrics.delivery_became(mark.contact_id.partition(":")[0], mark.delivery.value)
        task = asyncio.create_task(self._desk.show_deliveries(marks))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def settle(self) -> None:
        """Wait until the desks have been told."""
        await asyncio.gather(*self._under_way, return_exceptions=True)
