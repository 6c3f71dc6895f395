"""A customer on the web page: the page's side of docs/protocol.md 1, over a real connection."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aiohttp
import socketio

from bot.clock import stopwatch
from tests.gasdesk_process import until

type Json = dict[str, Any]


@dataclass(frozen=True)
class Heard:
    """A message to the customer, and when its frame came (stopwatch)."""

    text: str
    metadata: Json
    at: float

    @property
    def kind(self) -> str:
        return str(self.metadata["kind"])


class WebCustomer:
    """`connect` opens a connection, again after one was lost; what was heard and the session id stay."""

    def __init__(self, url: str, session_id: str | None = None) -> None:
        self._url = url
        self.session_id = session_id or f"session-{uuid4()}"
        #: In the order of arrival, each message once.
        self.heard: list[Heard] = []
        #: Numbers of messages that came once more; a page that connects again is told what it may have missed.
        self.again: list[int] = []
        self.errors: list[str] = []
        self.on_heard: Callable[[Heard], None] = lambda _: None
        self._last_seq = 0
        self._http: aiohttp.ClientSession | None = None
        self._client: socketio.AsyncClient | None = None

    async def connect(self) -> None:
        """Raises socketio's ConnectionError."""
        # One of our own: the client leaves its own open when a connection fails.
        self._http = self._http or aiohttp.ClientSession()
        self._client = socketio.AsyncClient(reconnection=False, handle_sigint=False, http_session=self._http)
        self._client.on("bot_uttered", self._bot_uttered)
        self._client.on("user_echo", self._user_echo)
        self._client.on("error_notice", self._error_notice)
        await self._client.connect(self._url, transports=["websocket"], wait_timeout=10)
        metadata = {"after": self._last_seq} if self._last_seq else {}
        await self._client.emit("session_request", {"session_id": self.session_id, "metadata": metadata})

    async def disconnect(self) -> None:
        if self._client:
            await self._client.disconnect()
        if self._http:
            await self._http.close()

    async def say(self, text: object, message_id: str | None = None, seconds: float = 20) -> Json:
        """Send a message; gasdesk's acknowledgement. Raises socketio's errors: nobody knows then whether it arrived."""
        assert self._client is not None, "not connected"
        frame = {
            "message": text,
            "session_id": self.session_id,
            "metadata": {"id": message_id or str(uuid4())},
        }
        acknowledgement: Json = await self._client.call("user_uttered", frame, timeout=seconds)
        return acknowledgement

    async def hears(self, what: Callable[[Heard], bool], seconds: float = 20) -> Heard:
        """Wait for a message, unless it came already. Raises TimeoutError."""
        await until(lambda: any(what(message) for message in self.heard), seconds)
        return next(message for message in self.heard if what(message))

    def _bot_uttered(self, frame: Json) -> None:
        message = Heard(frame["text"], frame["metadata"], stopwatch())
        if any(known.metadata["seq"] == message.metadata["seq"] for known in self.heard):
            self.again.append(message.metadata["seq"])
            return
        self.heard.append(message)
        self._last_seq = max(self._last_seq, message.metadata["seq"])
        self.on_heard(message)

    def _user_echo(self, frame: Json) -> None:
        self._last_seq = max(self._last_seq, frame["metadata"]["seq"])

    def _error_notice(self, frame: Json) -> None:
        self.errors.append(frame["error"])


@asynccontextmanager
async def web_customer(url: str, session_id: str | None = None) -> AsyncIterator[WebCustomer]:
    """Connected, and gone afterwards."""
    customer = WebCustomer(url, session_id)
    await customer.connect()
    try:
        yield customer
    finally:
        await customer.disconnect()
