"""Rasa's door for gasdesk: one message in, one JSON out, and a failure is never mistaken for silence."""

import gc
import logging
from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant import action_calls, quick_rules, quick_trackers, rasa_shortcuts
from assistant.turn import NoModel, Turn, no_answer, take_turn, turn_answer, warm_up

logger = logging.getLogger(__name__)
rasa_shortcuts.take()
quick_trackers.take()
quick_rules.take()
action_calls.take()

MAX_MESSAGE_CHARACTERS = 4000


class BadRequest(ValueError):
    """The request body cannot be a message; the text says what is wrong with it."""


class GasdeskInput(InputChannel):  # type: ignore[misc]  # rasa ships no types
    """`POST /webhooks/gasdesk/webhook {sender, message, message_id?, metadata?}`.

    The answer's shape is in assistant/README.md.
    """

    def __init__(self) -> None:
        self._warm = False

    @classmethod
    def name(cls) -> str:
        return "gasdesk"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        blueprint = Blueprint("gasdesk_input", "gasdesk_input")

        # Sanic sets attributes on its handlers, so they are functions and not methods.
        @blueprint.listener("after_server_start")  # type: ignore[untyped-decorator]
        async def warm(app: Sanic, loop: AbstractEventLoop) -> None:
            await self._warm_up(app.ctx.agent)

        @blueprint.get("/")
        async def health(request: Request) -> HTTPResponse:
            return self._health(request.app.ctx.agent)

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            return await self._receive(request)

        return blueprint

    async def _warm_up(self, agent: Agent | None) -> None:
        """Pay for the first parse before a customer does; until then health answers 503."""
        try:
            await warm_up(agent)
        except NoModel as problem:
            logger.error("the assistant cannot answer: %s", problem)
            return
        # What is there now stays: looking through it again for rubbish would hold customers up.
        gc.collect()
        gc.freeze()
        self._warm = True

    def _health(self, agent: Agent | None) -> HTTPResponse:
        if agent is None or not self._warm:
            return response.json({"status": "starting", "model": None}, status=HTTPStatus.SERVICE_UNAVAILABLE)
        return response.json({"status": "ok", "model": agent.model_name})

    async def _receive(self, request: Request) -> HTTPResponse:
        try:
            message = read_message(request)
        except BadRequest as problem:
            return _refusal(str(problem), HTTPStatus.BAD_REQUEST)
        try:
            turn = await take_turn(request.app.ctx.agent, message)
        except NoModel as problem:
            return _refusal(str(problem), HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception as problem:  # whatever it was, the caller gets to know that there is no answer
            logger.exception("message %s of %s failed", message.message_id, message.sender_id)
            return _refusal(f"{type(problem).__name__}: {problem}", HTTPStatus.INTERNAL_SERVER_ERROR)
        return _answer(turn)


def read_message(request: Request) -> UserMessage:
    """The message in the request's body.

    Raises:
        BadRequest: the body is not JSON or a field is missing, of the wrong type or too long.
    """
    try:
        body = request.json
    except InvalidUsage as problem:
        raise BadRequest("the body is not JSON") from problem
    if not isinstance(body, dict):
        raise BadRequest("the body must be an object {sender, message, message_id, metadata}")
    text, metadata = _required_text(body, "message"), body.get("metadata")
    if len(text) > MAX_MESSAGE_CHARACTERS:
        raise BadRequest(f"message has {len(text)} characters, the limit is {MAX_MESSAGE_CHARACTERS}")
    if metadata is not None and not isinstance(metadata, dict):
        raise BadRequest("metadata must be an object")
    message_id = _required_text(body, "message_id") if "message_id" in body else None
    sender = _required_text(body, "sender")
    return UserMessage(text, sender_id=sender, input_channel="gasdesk", message_id=message_id, metadata=metadata)


def _required_text(body: dict[str, Any], field: str) -> str:
    value = body.get(field)
    if not isinstance(value, str) or not value.strip():
        raise BadRequest(f"{field} must be a text that is not empty")
    return value


def _answer(turn: Turn) -> HTTPResponse:
    body, status = turn_answer(turn), HTTPStatus.OK
    if turn.failures:
        status = HTTPStatus.INTERNAL_SERVER_ERROR
    elif turn.tracker.is_paused():
        body["error"] = "the conversation is paused in Rasa: the assistant stays silent until it is resumed"
        status = HTTPStatus.CONFLICT
    return response.json(body, status=status)


def _refusal(error: str, status: HTTPStatus) -> HTTPResponse:
    return response.json(no_answer(error), status=status)
