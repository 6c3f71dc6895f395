"""gasdesk on a real socket in the test's own event loop, and the pages that talk to it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

import aiohttp
import socketio
import uvicorn

from bot.gasdesk import Gasdesk
from tests.services import free_port

Json = dict[str, Any]


@asynccontextmanager
async def served(gasdesk: Gasdesk) -> AsyncIterator[str]:
    """Run it as in earnest; yields where it listens."""
    port = free_port()
    config = uvicorn.Config(
        gasdesk.app, port=port, log_config=None, lifespan="off", timeout_graceful_shutdown=1, ws_max_size=1_000_000
    )
    server = uvicorn.Server(config)
    async with gasdesk.running():
        serving = asyncio.create_task(server.serve())
        await eventually(lambda: server.started)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            await serving


async def eventually(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for frames that are on their way; nothing else tells when they have arrived."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.to_thread(threading.Event().wait, 0.005)


class Listener:
    """A Socket.IO client that keeps every frame, in order."""

    def __init__(self, url: str, namespace: str = "/", **handshake: Any) -> None:
        self.url, self.namespace, self.handshake = url, namespace, handshake
        self.frames: list[tuple[str, Any]] = []

    async def _keep(self, event: str, *data: Any) -> None:
        self.frames.append((event, data[0] if data else None))

    async def __aenter__(self) -> Self:
        self.session = aiohttp.ClientSession()
        self.client = socketio.AsyncClient(reconnection=False, http_session=self.session)
        self.client.on("*", self._keep, namespace=self.namespace)
        try:
            await self.client.connect(
                self.url, namespaces=[self.namespace], transports=["websocket"], wait_timeout=10, **self.handshake
            )
        except socketio.exceptions.ConnectionError:
            await self.session.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.disconnect()
        await self.session.close()

    async def send(self, event: str, *data: Any) -> None:
        await self.client.emit(event, *data, namespace=self.namespace)

    async def ask(self, event: str, data: Any) -> Any:
        """Send and wait for the acknowledgement."""
        return await self.client.call(event, data, namespace=self.namespace, timeout=10)

    def got(self, event: str) -> list[Any]:
        return [data for name, data in self.frames if name == event]

    async def wait_for(self, event: str, count: int = 1) -> Any:
        """The frame of this name that comes as the `count`-th."""
        await eventually(lambda: len(self.got(event)) >= count)
        return self.got(event)[count - 1]


class Page(Listener):
    """The customer's page."""

    session_id: str | None = None

    async def open(self, session_id: object = None, **metadata: Any) -> str:
        """Ask for a session; returns the id that was confirmed."""
        confirmed, shown = len(self.got("session_confirm")), len(self.got("status"))
        frame: Json = {"session_id": session_id}
        if metadata:
            frame["metadata"] = metadata
        await self.send("session_request", frame)
        self.session_id = await self.wait_for("session_confirm", confirmed + 1)
        await self.wait_for("status", shown + 1)
        assert isinstance(self.session_id, str)
        return self.session_id

    async def write(self, text: object, message_id: str | None = None, **frame: Any) -> Json:
        """Say something; returns the acknowledgement."""
        sent: Json = {"message": text, "session_id": self.session_id, **frame}
        if message_id:
            sent["metadata"] = {"id": message_id}
        ack: Json = await self.ask("user_uttered", sent)
        return ack

    def heard(self) -> list[str]:
        return [frame["text"] for frame in self.got("bot_uttered")]

    async def heard_all(self, count: int) -> list[str]:
        """What was said, once it is so many messages."""
        await self.wait_for("bot_uttered", count)
        return self.heard()


async def quiet(*asked: Awaitable[Any]) -> None:
    """Wait until these are done and what they set off has had time to arrive."""
    await asyncio.gather(*asked)
    await asyncio.to_thread(threading.Event().wait, 0.05)
