"""Runs the assistant for the service: a Rasa of our own, which can change its model, or one that somebody else runs."""

import asyncio
from contextlib import AsyncExitStack
from functools import partial
from urllib.parse import urlsplit

from bot.adapters.rasa.assistant import RasaAssistant
from bot.adapters.rasa.carry import carry_over
from bot.adapters.rasa.command import rasa_command, rasa_environment
from bot.adapters.rasa.house import Place, RasaHouse
from bot.adapters.rasa.in_force import put_in_force
from bot.adapters.rasa.parser import RasaParser
from bot.adapters.rasa.supervisor import RasaSupervisor
from bot.adapters.rasa.switchboard import Switchboard
from bot.adapters.rasa.watch import AssistantWatch
from bot.channels.rasa_actions import PATH as ACTIONS
from bot.gasdesk import Gasdesk
from bot.settings import ROOT, Settings


class CannotServe(Exception):
    """The service cannot start; the text says why and what to do, in Chinese."""


class Rasa:
    def __init__(self, settings: Settings, assistant: RasaAssistant, parser: RasaParser) -> None:
        """`assistant` and `parser` speak to the first Rasa."""
        self._settings = settings
        self._assistant = assistant
        self._parser = parser
        # Several Rasas on one Redis know the same of every conversation.
        self.switchboard = Switchboard(assistant, parser, None if settings.redis_url else carry_over)

    async def start(self, stack: AsyncExitStack, gasdesk: Gasdesk) -> None:
        """Keep a Rasa of our own running as a child, or watch the one somebody else runs. Raises CannotServe."""
        if self._settings.rasa_url:
            watch = AssistantWatch(self._assistant, gasdesk.assistant_is_ready)
            watching = asyncio.create_task(watch.run(gasdesk.clock))
            stack.callback(watching.cancel)
            return
        house = await self._house(stack, gasdesk)
        await house.start(current_model(self._settings))
        stack.push_async_callback(house.stop)
        await gasdesk.training.releases.run_by(house)

    async def _house(self, stack: AsyncExitStack, gasdesk: Gasdesk) -> RasaHouse:
        settings, spare_port = self._settings, self._settings.rasa_spare_port
        spare = await stack.enter_async_context(RasaAssistant(f"http://127.0.0.1:{spare_port}"))

        def went_live(model: str) -> None:
            gasdesk.model = model.removesuffix(".tar.gz")

        return RasaHouse(
            places=(
                Place("rasa", settings.rasa_port, self._assistant),
                Place("rasa-2", spare_port, spare),
            ),
            supervise=partial(self._supervisor, gasdesk),
            switchboard=self.switchboard,
            parser=self._parser,
            put_in_force=partial(put_in_force, ROOT, settings.project_dir, settings.models_dir),
            went_live=went_live,
            models=settings.models_dir,
            data_dir=settings.data_dir,
            clock=gasdesk.clock,
        )

    def _supervisor(self, gasdesk: Gasdesk, place: Place) -> RasaSupervisor:
        settings = self._settings
        endpoints = "endpoints-redis.yml" if settings.redis_url else "endpoints.yml"
        return RasaSupervisor(
            command=rasa_command(ROOT, settings.models_dir / place.model, place.port, endpoints=endpoints),
            environment={
                **rasa_environment(f"http://127.0.0.1:{settings.port}{ACTIONS}/{settings.action_key}"),
                **_redis_place(settings.redis_url),
            },
            folder=ROOT,
            data_dir=settings.data_dir,
            port=place.port,
            assistant=place.assistant,
            on_ready=gasdesk.assistant_is_ready,
            clock=gasdesk.clock,
            name=place.name,
        )


def _redis_place(url: str | None) -> dict[str, str]:
    """Where Rasa keeps conversations and locks when several share the work (endpoints-redis.yml)."""
    if url is None:
        return {}
    place = urlsplit(url)
    return {"GASDESK_REDIS_HOST": place.hostname or "127.0.0.1", "GASDESK_REDIS_PORT": str(place.port or 6379)}


def current_model(settings: Settings) -> str:
    """The file name that `models/current` names. Raises CannotServe."""
    try:
        return (settings.models_dir / "current").read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise CannotServe("还没有训练好的模型（models/current），请先运行 make model。") from problem
