"""The assistant of the service: a Rasa server behind our own input channel."""

import asyncio
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.adapters.own_session import OwnSession
from bot.adapters.rasa.answers import read_answer
from bot.ports import AssistantAnswer, AssistantDown, Waited

CHANNEL = "/webhooks/gasdesk/"
#: Below the 120 s after which Rasa drops an idle connection, so a message never goes into one just being closed.
KEEP_ALIVE_SECONDS = 60.0
#: A Rasa under load answers late; only one that hangs takes longer.
PROBE_LIMIT_SECONDS = 5.0


class RasaAssistant(OwnSession):
    """Implements ports.Assistant."""

    def __init__(
        self,
        base_url: str,
        *,
        time_limit: float = 20.0,
        emergency_confidence: float = 0.5,
        probe_limit: float = PROBE_LIMIT_SECONDS,
    ) -> None:
        """
        Args:
            base_url: Rasa's address, e.g. "http://127.0.0.1:5005".
            time_limit: seconds a whole answer may take, from connecting to its last byte.
            probe_limit: seconds the answer to a probe may take.
            emergency_confidence: from here on (0 to 1) an intent that reports an emergency is believed.
        """
        self.base_url = base_url.rstrip("/")
        self._time_limit = time_limit
        self._emergency_confidence = emergency_confidence
        self._probe_limit = probe_limit
        self._ready = False

    @property
    def ready(self) -> bool:
        """The last probe found it able to answer, and it has not been out of reach since."""
        return self._ready

    async def probe(self) -> bool:
        """Ask whether it can answer now (a model loaded and warmed up). Sets `ready`."""
        try:
            async with asyncio.timeout(self._probe_limit), self._http.get(f"{self.base_url}{CHANNEL}") as response:
                self._ready = response.ok
        except (aiohttp.ClientError, TimeoutError):
            self._ready = False
        return self._ready

    async def reply(
        self, conversation_id: str, text: str, message_id: str, before: Sequence[Waited] = (), unfinished: str = ""
    ) -> AssistantAnswer:
        """Ask for the one answer to a message and to those that waited before it.

        Asked again with the same ids, our channel repeats the answer it gave.

        Raises:
            AssistantDown: there is no whole answer; the reason is in its text.
        """
        message: dict[str, Any] = {"sender": conversation_id, "message": text, "message_id": message_id}
        beside = {"before": [each._asdict() for each in before], "unfinished": unfinished}
        if metadata := {name: value for name, value in beside.items() if value}:
            message["metadata"] = metadata
        try:
            async with asyncio.timeout(self._time_limit):
                status, body = await self._post(message)
        except TimeoutError as problem:
            raise AssistantDown(f"no answer within {self._time_limit:g} s") from problem
        except aiohttp.ClientError as problem:
            self._ready = False
            raise AssistantDown(f"out of reach: {type(problem).__name__} {problem}".rstrip()) from problem
        if status != HTTPStatus.OK:
            raise self._refused(status, body)
        return read_answer(body, text, self._emergency_confidence)

    async def _post(self, message: Mapping[str, object]) -> tuple[int, bytes]:
        async with self._http.post(f"{self.base_url}{CHANNEL}webhook", json=message) as response:
            return response.status, await response.read()

    def _refused(self, status: int, body: bytes) -> AssistantDown:
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            self._ready = False
        return AssistantDown(f"status {status}: {body.decode(errors='replace')[:300]}")

    def _new_session(self) -> aiohttp.ClientSession:
        # No proxy of the environment: the assistant is a neighbour, and what customers write stays here.
        connector = aiohttp.TCPConnector(limit=100, keepalive_timeout=KEEP_ALIVE_SECONDS)
        return aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=None), trust_env=False)
