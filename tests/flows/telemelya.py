"""telemelya, a Telegram Bot API server written by others, fetched by uv and run in an environment of its own.

It keeps messages in Redis and pictures in S3; none is uploaded here, so its S3 only says that there is one. It does
not send the secret header: `relay` adds it, as Telegram would.
"""

import os
import subprocess
import tempfile
import threading
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from aiohttp import web

from bot.settings import ROOT
from tests.services import free_port, running

PACKAGE = "telemelya==0.2.2"
KEY = "test-key"
FETCH_SECONDS = 180
Json = dict[str, Any]


class TelemelyaCustomer:
    """A customer who writes by telemelya's own interface and reads what the bot sent."""

    def __init__(self, url: str, token: str, chat: int, http: aiohttp.ClientSession) -> None:
        self._api = f"{url}/api/v1/test"
        self._token = token
        self._chat = chat
        self._http = http
        self._headers = {"Authorization": f"Bearer {KEY}", "X-Test-Session": str(uuid4())}

    async def send(self, **what: Any) -> None:
        """`text`, `command`, `callback_data` with `callback_message_id`, or `photo_file_id` with `photo_caption`."""
        update = {"chat_id": self._chat, **what}
        async with self._http.post(
            f"{self._api}/send_update", params={"bot_token": self._token}, json=update, headers=self._headers
        ) as answer:
            delivery = (await answer.json())["delivery"]
        assert delivery.get("status_code") == 200, delivery

    async def got(self, method: str = "sendMessage") -> list[Json]:
        """What the bot called by this method, in order."""
        async with self._http.get(
            f"{self._api}/responses",
            params={"session_id": self._headers["X-Test-Session"]},
            headers=self._headers,
        ) as answer:
            return [call for call in (await answer.json())["responses"] if call["method"] == method]


@contextmanager
def telemelya(redis_url: str) -> Iterator[str]:
    """The running server's address. Without uv or its registry the test is skipped; in CI it fails."""
    program, port = _program(), free_port()
    url = f"http://127.0.0.1:{port}"
    with _empty_s3() as s3, tempfile.TemporaryDirectory(prefix="gasdesk-telemelya-") as folder:
        environment = {
            "MOCK_SERVER_HOST": "127.0.0.1",
            "MOCK_SERVER_PORT": str(port),
            "REDIS_URL": redis_url,
            "MINIO_ENDPOINT": s3,
            "AUTH_KEYS": KEY,
        }
        command = ["env", *(f"{name}={value}" for name, value in environment.items()), program]
        with running(command, Path(folder), lambda: _answers(url)):
            yield url


@asynccontextmanager
async def relay(port: int, to: str, secret: str) -> AsyncIterator[None]:
    """Passes what comes to `port` on, with the secret header."""
    async with aiohttp.ClientSession() as http:

        async def forward(request: web.Request) -> web.Response:
            headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}
            async with http.post(to + request.path, data=await request.read(), headers=headers) as answer:
                return web.Response(status=answer.status, body=await answer.read())

        app = web.Application()
        app.router.add_post("/{path:.*}", forward)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield
        finally:
            await runner.cleanup()


def _program() -> Path:
    where = "import sys, telemelya.server.app; print(sys.executable)"
    uv = ROOT / ".tools" / "bin" / "uv"
    command = [str(uv), "tool", "run", "--python", "3.12", "--from", PACKAGE, "python", "-c", where]
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=FETCH_SECONDS)
    except (OSError, subprocess.SubprocessError) as problem:
        message = f"{PACKAGE} could not be fetched: {problem}"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    return Path(done.stdout.strip().splitlines()[-1]).with_name("telemelya-server")


class _Yes(BaseHTTPRequestHandler):
    """Whatever is asked for is there."""

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing worth telling."""


@contextmanager
def _empty_s3() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Yes)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/openapi.json", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
