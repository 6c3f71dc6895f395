"""A real HTTP server in Rasa's place, for the tests: it says what a test tells it to, however wrong."""

import asyncio
import json
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

JSON = dict[str, Any]
WHOLE: JSON = {
    "replies": [{"text": "您好"}],
    "intent": {"name": "greet", "confidence": 0.97},
    "ranking": [{"name": "greet", "confidence": 0.97}, {"name": "thank", "confidence": 0.02}],
    "entities": [],
    "active_form": None,
    "requested_slot": None,
    "slots": {},
    "error": None,
}


class RasaPeer:
    def __init__(self) -> None:
        self.url = ""
        self.healthy = True
        self.requests: list[JSON] = []
        self.connections: set[tuple[str, int]] = set()
        self.respond: Callable[[], Awaitable[Response]] = self.answers(WHOLE)

    @staticmethod
    def answers(body: Any, status: int = 200) -> Callable[[], Awaitable[Response]]:
        async def respond() -> Response:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            return Response(content, status_code=status, media_type="application/json")

        return respond

    @staticmethod
    async def hangs() -> Response:
        await asyncio.Event().wait()
        raise AssertionError("nobody sets this event")

    async def _receive(self, request: Request) -> Response:
        self.requests.append(await request.json())
        if request.client:
            self.connections.add((request.client.host, request.client.port))
        return await self.respond()

    async def _health(self, request: Request) -> Response:
        return JSONResponse({"status": "ok" if self.healthy else "starting"}, 200 if self.healthy else 503)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/webhooks/gasdesk/", self._health),
                Route("/webhooks/gasdesk/webhook", self._receive, methods=["POST"]),
            ]
        )


@contextmanager
def running_peer() -> Iterator[RasaPeer]:
    peer = RasaPeer()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        peer.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(peer.app(), log_config=None, lifespan="off", timeout_graceful_shutdown=0, ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield peer
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def raw_peer(sends: bytes) -> Iterator[str]:
    """Takes one connection, reads the request, sends exactly these bytes and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(sends)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
