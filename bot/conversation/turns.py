"""Keeps one turn of the assistant going per conversation: messages are answered one at a time, in order."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.ports import Inbox

log = structlog.get_logger()

#: Conversations the assistant is asked about at a time: one in Rasa, which answers one after the other anyway, and one
#: here. More would hold up everybody else's messages, a reported leak among them (docs/performance.md).
AT_ONCE = 2


class Turns:
    def __init__(self, take_turn: Callable[[str], Awaitable[bool]], inbox: Inbox, at_once: int = AT_ONCE) -> None:
        self._take_turn = take_turn
        self._inbox = inbox
        self._seats = asyncio.Semaphore(at_once)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()

    def start(self, conversation_id: str) -> None:
        """Have the assistant answer what is unanswered; joins the turn that is running."""
        if conversation_id in self._running:
            self._again.add(conversation_id)
            return
        self._running[conversation_id] = asyncio.create_task(self._run(conversation_id))

    async def start_owed(self) -> None:
        """After a start, or when the assistant is back: every conversation that waits for it."""
        for conversation_id in await self._inbox.owed_by_assistant():
            self.start(conversation_id)

    @property
    def idle(self) -> bool:
        return not self._running

    async def settle(self) -> None:
        """Wait until nobody is being answered."""
        while self._running:
            await asyncio.gather(*self._running.values())

    async def close(self) -> None:
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, conversation_id: str) -> None:
        try:
            while True:
                async with self._seats:
                    self._again.discard(conversation_id)
                    more = await self._take_turn(conversation_id)
                if not more and conversation_id not in self._again:
                    return
        except Exception:
            # The turn's timer takes it again.
            log.exception("a turn failed", action="turn_failed", conversation=conversation_id)
        finally:
            self._running.pop(conversation_id, None)
