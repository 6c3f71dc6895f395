"""When this happens, do that. The table is in wiring; this runs it.

Reactions of one conversation run in the order of its events, those of different conversations side by side.
One that fails is logged and does not stop the next.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog

from bot.domain import events

log = structlog.get_logger()

#: Returns None (done) or something to await.
Reaction = Callable[[Any], Awaitable[None] | None]
Table = Mapping[type[events.Event], Sequence[Reaction]]


class Reactions:
    def __init__(self) -> None:
        self._table: Table = {}
        self._lanes: dict[str, deque[tuple[Reaction, events.Event]]] = {}
        self._running: dict[str, asyncio.Task[None]] = {}

    def use(self, table: Table) -> None:
        self._table = table

    def add(self, more: Table) -> None:
        """Do this as well, after what is done already."""
        self._table = {event: [*self._table.get(event, ()), *more.get(event, ())] for event in (*self._table, *more)}

    def publish(self, happened: Sequence[events.Event]) -> None:
        """Start the reactions; returns at once."""
        for event in happened:
            lane = _lane(event)
            for reaction in self._table.get(type(event), ()):
                self._lanes.setdefault(lane, deque()).append((reaction, event))
            if self._lanes.get(lane) and lane not in self._running:
                self._running[lane] = asyncio.create_task(self._run(lane))

    @property
    def idle(self) -> bool:
        return not self._running

    async def settle(self) -> None:
        """Wait until every reaction has run."""
        while self._running:
            await asyncio.gather(*self._running.values())

    async def _run(self, lane: str) -> None:
        waiting = self._lanes[lane]
        while waiting:
            reaction, event = waiting.popleft()
            try:
                result = reaction(event)
                if result is not None:
                    await result
            except Exception:
                log.exception("a reaction failed", action="reaction_failed", happened=type(event).__name__)
        del self._lanes[lane]
        del self._running[lane]


def _lane(event: events.Event) -> str:
    conversation = getattr(event, "conversation", None)
    return conversation.id if conversation else getattr(event, "conversation_id", "")
