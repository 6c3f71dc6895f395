"""A Rasa of its own for a model that is not in service, and an action server for it, to rehearse conversations."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import uvicorn
from rasa_sdk.executor import ActionExecutor
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from actions.server import handle
from bot.adapters.autogroup import give_way
from bot.adapters.rasa.assistant import CHANNEL, RasaAssistant
from bot.adapters.rasa.child import Child
from bot.adapters.rasa.command import rasa_command, rasa_environment
from bot.adapters.rasa.evaluation import EvaluationFailed
from bot.adapters.rehearsal import Json, Town, play
from bot.clock import Clock, pause
from bot.ports import Waited
from bot.training.dialogues import Conversation, Rehearsed

#: A Rasa that gives way to everything takes its time.
START_LIMIT = timedelta(minutes=4)
LOOK_EVERY = timedelta(seconds=0.5)
GRACE = timedelta(seconds=5)
ANSWER_SECONDS = 60.0
#: A dialogue that fails is not told in full.
TOLD_LINES = 30


async def rehearse(
    root: Path,
    model: Path,
    conversations: Mapping[str, Conversation],
    new_town: Callable[[], Town],
    log_file: Path,
    clock: Clock,
) -> list[Rehearsed]:
    """Have all conversations with the model; those that did not go as written. Raises EvaluationFailed."""
    failed = []
    async with _actions() as actions, _rasa(root, model, actions.port, log_file, clock) as say:
        for name, conversation in conversations.items():
            town = new_town()
            actions.executor = town.executor()
            problems = await play(conversation, f"rehearsal-{uuid4()}", say, town)
            if problems:
                failed.append(Rehearsed(name, tuple(problems[:TOLD_LINES])))
    return failed


class _Actions:
    """The action server; each conversation gets the executor of a town of its own."""

    executor: ActionExecutor

    def __init__(self, port: int) -> None:
        self.port = port

    async def webhook(self, request: Request) -> JSONResponse:
        status, answer = await handle(self.executor, await request.json())
        return JSONResponse(answer, status)


@asynccontextmanager
async def _actions() -> AsyncIterator[_Actions]:
    listener = _listener()
    actions = _Actions(listener.getsockname()[1])
    app = Starlette(routes=[Route("/webhook", actions.webhook, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", ws="none"))
    serving = asyncio.create_task(server.serve([listener]))
    try:
        yield actions
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def _rasa(
    root: Path, model: Path, actions_port: int, log_file: Path, clock: Clock
) -> AsyncIterator[Callable[[str, str, Sequence[Waited]], Any]]:
    """Raises EvaluationFailed."""
    with _listener() as found:
        port = found.getsockname()[1]
    child = await Child.start(
        rasa_command(root, model, port),
        environment=rasa_environment(f"http://127.0.0.1:{actions_port}/webhook"),
        folder=root,
        log_file=log_file,
    )
    # In a session of its own, it is to give way as this process does.
    give_way(child.pid, os.nice(0))
    try:
        await _until_ready(child, f"http://127.0.0.1:{port}", clock)
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", trust_env=False) as http:

            async def say(conversation_id: str, text: str, before: Sequence[Waited]) -> Json:
                waited = [each._asdict() for each in before]
                body = {"sender": conversation_id, "message": text, "metadata": {"before": waited}}
                async with asyncio.timeout(ANSWER_SECONDS), http.post(f"{CHANNEL}webhook", json=body) as response:
                    answer: Json = await response.json()
                    return answer

            yield say
    except (aiohttp.ClientError, TimeoutError) as problem:
        raise EvaluationFailed(f"the rehearsal's Rasa was lost: {type(problem).__name__}") from problem
    finally:
        await child.stop(clock, GRACE)


async def _until_ready(child: Child, url: str, clock: Clock) -> None:
    """Raises EvaluationFailed."""
    limit = clock.now() + START_LIMIT
    async with RasaAssistant(url) as assistant:
        while not await assistant.probe():
            if child.exited.is_set() or clock.now() >= limit:
                raise EvaluationFailed("\n".join(["the rehearsal's Rasa did not start:", *child.last_lines()]))
            with suppress(TimeoutError):
                await pause(clock, clock.now() + LOOK_EVERY)


def _listener() -> socket.socket:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    return listener
