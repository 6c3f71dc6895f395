"""A field unit's system: a real HTTP receiver that checks signatures as Standard Webhooks says."""

import base64
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from aiohttp import web

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass
class FieldUnitSystem:
    """Answers with the next of `answers`, then with 204."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        assert headers["webhook-signature"] == _signature(headers, body)
        self.got.append((headers, json.loads(body)))
        return web.Response(status=self.answers.pop(0) if self.answers else 204)

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.got]

    @property
    def times(self) -> list[int]:
        """Seconds since the first attempt."""
        stamps = [int(headers["webhook-timestamp"]) for headers, _ in self.got]
        return [stamp - stamps[0] for stamp in stamps]

    @property
    def numbers(self) -> list[str]:
        return [body["data"]["number"] for _, body in self.got]


@asynccontextmanager
async def field_unit_system() -> AsyncIterator[FieldUnitSystem]:
    system = FieldUnitSystem()
    app = web.Application()
    app.router.add_post("/orders", system.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    system.url = f"http://{host}:{port}/orders"
    try:
        yield system
    finally:
        await runner.cleanup()


def _signature(headers: dict[str, str], body: bytes) -> str:
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, content, sha256).digest()).decode()
