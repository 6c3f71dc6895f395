"""Runs the live model, and beside it for a while the next one or the last: a change of models without a gap."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import structlog

from bot.adapters.rasa.assistant import RasaAssistant
from bot.adapters.rasa.parser import RasaParser
from bot.adapters.rasa.pid_file import PidFile
from bot.adapters.rasa.supervisor import RasaPortTaken, RasaSupervisor
from bot.adapters.rasa.switchboard import Switchboard
from bot.clock import Clock, pause
from bot.training.canary import Canary
from bot.training.release import CannotRelease

log = structlog.get_logger()

LOOK_EVERY = timedelta(seconds=0.5)
#: A model that cannot answer by then is not released.
START_LIMIT = timedelta(minutes=3)
#: Dialogues under way have so long to end on the old model, which until then takes over again at once (roll back).
DRAIN_LIMIT = timedelta(minutes=10)


@dataclass(eq=False)
class Place:
    """Where a Rasa runs."""

    name: str
    port: int
    assistant: RasaAssistant
    model: str = ""
    supervisor: RasaSupervisor | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class RasaHouse:
    """Implements training.releases.ModelHouse."""

    def __init__(
        self,
        *,
        places: tuple[Place, Place],
        supervise: Callable[[Place], RasaSupervisor],
        switchboard: Switchboard,
        parser: RasaParser,
        put_in_force: Callable[[str], Awaitable[None]],
        went_live: Callable[[str], None],
        models: Path,
        data_dir: Path,
        clock: Clock,
    ) -> None:
        """
        Args:
            places: the live one first; each has an assistant that speaks to its port.
            supervise: makes what keeps a Rasa running at a place, with the place's model.
            put_in_force: writes down, all or nothing, which model is live from now on. Raises CannotRelease.
            went_live: is told the model's file name.
        """
        self._live, self._spare = places
        self._supervise = supervise
        self._switchboard = switchboard
        self._parser = parser
        self._put_in_force = put_in_force
        self._went_live = went_live
        self._models = models
        self._data_dir = data_dir
        self._clock = clock
        self._draining: asyncio.Task[None] | None = None
        self._trying = False

    async def start(self, model: str) -> None:
        """Raises what RasaSupervisor.start raises."""
        await PidFile(self._data_dir / f"{self._spare.name}.pid").clear_leftover(self._clock)
        await self._start(self._live, model)
        self._went_live(model)

    async def stop(self) -> None:
        await self._end_drain()
        for place in (self._spare, self._live):
            await self._stop(place)

    def live(self) -> str:
        return self._live.model

    def on_trial(self) -> str:
        return self._spare.model if self._trying else ""

    async def bring_up(self, model: str) -> None:
        """See ModelHouse."""
        await self._end_drain()
        if self._spare.model == model and self._spare.assistant.ready:
            return  # the last model, which still runs
        await self._switchboard.hand_over(self._spare.assistant)
        await self._stop(self._spare)
        if not (self._models / model).is_file():
            raise CannotRelease("找不到这个模型的文件，可能已被清理。请重新训练。")
        try:
            await self._start(self._spare, model)
        except (OSError, RasaPortTaken) as problem:
            self._spare.model = ""
            raise CannotRelease(f"新模型没有启动：{problem}") from problem
        await self._until_ready()

    async def switch(self) -> None:
        """See ModelHouse."""
        await self._put_in_force(self._spare.model)
        self._live, self._spare = self._spare, self._live
        self._trying = False
        self._switchboard.switch(self._live.assistant)
        self._parser.base_url = self._live.url
        self._went_live(self._live.model)
        self._draining = asyncio.create_task(self._drain())

    def begin_trial(self, canary: Canary) -> None:
        """See ModelHouse."""
        self._trying = True
        self._switchboard.try_out(canary, self._spare.assistant)

    def end_trial(self) -> None:
        """See ModelHouse."""
        self._switchboard.end_trial()
        if self._trying:
            self._trying = False
            self._draining = asyncio.create_task(self._drain())

    async def _until_ready(self) -> None:
        limit = self._clock.now() + START_LIMIT
        while not self._spare.assistant.ready:
            if self._clock.now() >= limit:
                await self._stop(self._spare)
                raise CannotRelease(f"新模型 {START_LIMIT.seconds // 60} 分钟内没有准备好，仍在使用原来的模型。")
            await pause(self._clock, self._clock.now() + LOOK_EVERY)

    async def _drain(self) -> None:
        """Let dialogues end, then stop the old one; it waits in any case, for a roll back that needs no start."""
        await pause(self._clock, self._clock.now() + DRAIN_LIMIT)
        if not self._switchboard.is_done_with(self._spare.assistant):
            log.info("dialogues go over to the live model", action="drain_ended", model=self._spare.model)
        await self._switchboard.hand_over(self._spare.assistant)
        await self._stop(self._spare)

    async def _end_drain(self) -> None:
        if self._draining:
            self._draining.cancel()
            with suppress(asyncio.CancelledError):
                await self._draining
            self._draining = None

    async def _start(self, place: Place, model: str) -> None:
        place.model = model
        place.supervisor = self._supervise(place)
        await place.supervisor.start()

    async def _stop(self, place: Place) -> None:
        self._switchboard.forget(place.assistant)
        if place.supervisor:
            await place.supervisor.stop()
            await place.assistant.probe()
        place.supervisor, place.model = None, ""
