"""Looks at the assistant every few seconds, and tells when it can answer again."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol

import structlog

from bot.clock import Clock, pause

log = structlog.get_logger()

LOOK_EVERY = timedelta(seconds=2)

OnReady = Callable[[], Awaitable[None]]


class Probed(Protocol):
    @property
    def ready(self) -> bool: ...

    async def probe(self) -> bool: ...


class AssistantWatch:
    def __init__(self, assistant: Probed, on_ready: OnReady) -> None:
        """`on_ready` is called each time the assistant can answer after it could not."""
        self._assistant = assistant
        self._on_ready = on_ready

    async def look(self) -> bool:
        """Whether it can answer now."""
        before = self._assistant.ready
        ready = await self._assistant.probe()
        if ready and not before:
            log.info("the assistant is ready", action="assistant_ready")
            try:
                await self._on_ready()
            except Exception:
                log.exception("telling that the assistant is ready failed", action="assistant_ready_failed")
        return ready

    async def run(self, clock: Clock) -> None:
        """For ever: for a Rasa that somebody else runs. Our own is watched by its supervisor."""
        while True:
            await self.look()
            await pause(clock, clock.now() + LOOK_EVERY)
