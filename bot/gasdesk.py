"""The running whole: what wiring built, started and stopped together."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import socketio
import structlog
from fastapi import FastAPI

from bot.adapters.redis.frames import RedisFrames
from bot.channels.desk_sessions import DeskSessions
from bot.channels.live_board import LiveBoard
from bot.channels.setup.house import ChannelHouse
from bot.clock import Clock, pause
from bot.domain import events
from bot.metrics import Metrics
from bot.parts import Core, Files, Stores, Training
from bot.ports import Assistant
from bot.reactions import Reactions

#: How long `/readyz` waits for the assistant's first start before customers are let in without it.
PATIENCE = timedelta(seconds=60)
#: A desk stays open at most so long after its session has ended; shorter than the grace time of a seat.
SESSION_CHECK = timedelta(seconds=30)
#: What has begun may go on so long when gasdesk stops.
LAST_REACTIONS = timedelta(seconds=5)

log = structlog.get_logger()


@dataclass(kw_only=True)
class Gasdesk:
    """`app` is what the web server serves; the rest is for the command line and the tests."""

    app: socketio.ASGIApp
    api: FastAPI
    clock: Clock
    assistant: Assistant
    stores: Stores
    core: Core
    reactions: Reactions
    metrics: Metrics
    desks: DeskSessions
    board: LiveBoard
    frames: RedisFrames | None
    training: Training
    files: Files
    #: The channels that can be set up and changed.
    house: ChannelHouse = field(init=False)
    #: The model Rasa runs, for the admin's page.
    model: str | None = None
    started_at: datetime = field(init=False)
    assistant_was_up: bool = False
    #: What the channels opened, to be closed before the database.
    closing: list[Callable[[], Awaitable[object]]] = field(default_factory=list)
    #: What the channels have under way, for tests to wait for.
    settling: list[Callable[[], Awaitable[object]]] = field(default_factory=list)
    #: What the channels keep going, by name.
    loops: dict[str, Callable[[], Coroutine[Any, Any, None]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.started_at = self.clock.now()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Take up what an earlier run left; keep the clock, the queue and the outbox going until the end."""
        await self.house.start()
        await self.core.outbox.deliver_left_over()
        await self.core.seats.expect_back()
        await self.core.turns.start_owed()
        await self.training.recover()
        loops = [
            asyncio.create_task(loop(), name=name)
            for name, loop in (
                ("timers", self.core.timers.run),
                ("queue", self.core.queue.run),
                ("outbox", self.core.outbox.run),
                ("replicas", self.core.replicas.run),
                ("board", self.board.run),
                ("sessions", self._look_after_sessions),
                *self.loops.items(),
                ("releases", self.training.releases.run),
            )
        ]
        try:
            yield
        finally:
            for task in loops:
                task.cancel()
            await asyncio.gather(*loops, return_exceptions=True)
            await self.close()

    async def close(self) -> None:
        """Stop what is under way, write what is known of it, and let go of the database."""
        await self.core.turns.close()
        await self.training.close()
        with suppress(Exception):
            await self.core.outbox.close()
        await self.core.casework.close()
        for close in self.closing:
            with suppress(Exception):
                await close()
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_REACTIONS.total_seconds()):
                await self.reactions.settle()
        if self.frames:
            await self.frames.close()
        await self.stores.database.close()

    async def assistant_is_ready(self) -> None:
        """The assistant can answer (again): everything that waited for it is taken up."""
        self.assistant_was_up = True
        self.reactions.publish([events.AssistantReady()])

    async def settle(self) -> None:
        """Do all there is to do at this moment; for tests with a clock that stands still."""
        while True:
            for settle in self.settling:
                await settle()
            await self.reactions.settle()
            await self.core.turns.settle()
            await self.training.recorder.settle()
            await self.training.flags.settle()
            await self.training.book.settle()
            fired = await self.core.timers.fire_due()
            await self.core.casework.outbox.settle()
            await self.core.queue.work()
            await self.core.outbox.settle()
            await self.core.outbox.marks.flush()
            if not fired and self.reactions.idle and self.core.turns.idle and self.core.outbox.idle:
                return

    async def readiness(self) -> dict[str, Any]:
        """The state of each part; `ready` when customers can be served."""
        database = await self._database_state()
        if self.assistant.ready:
            self.assistant_was_up = True
        waited = self.clock.now() - self.started_at
        return {
            "ready": database == "ok" and (self.assistant_was_up or waited > PATIENCE),
            "database": database,
            "assistant": "ready" if self.assistant.ready else "starting",
        }

    async def status(self) -> dict[str, Any]:
        """For the admin's page."""
        try:
            release = version("gasdesk")
        except PackageNotFoundError:  # run where it lies
            release = "0.1.0"
        return {
            "assistant": {"ready": self.assistant.ready, "model": self.model, "error": None},
            "database": await self._database_state(),
            "version": release,
        }

    async def refresh_metrics(self) -> None:
        """Bring the gauges up to date."""
        queue = await self.stores.board.queue()
        age = (self.clock.now() - queue.waiting_since).total_seconds() if queue.waiting_since else 0.0
        self.metrics.queue_is(queue.length, age)
        self.metrics.timers_are_armed(await self.stores.timers.armed())
        self.metrics.assistant_is_up(self.assistant.ready)

    async def _look_after_sessions(self) -> None:
        while True:
            await pause(self.clock, self.clock.now() + SESSION_CHECK)
            try:
                await self.desks.look_after()
            except Exception:
                log.exception("sessions could not be checked", action="session_check_failed")

    async def _database_state(self) -> str:
        try:
            await self.stores.database.ping()
        except Exception as problem:
            return f"failed: {type(problem).__name__}"
        return "ok"
