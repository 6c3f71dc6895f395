"""What the fake Official Account and the fake 微信客服 share: tokens that expire, media, and calls that fail."""

import asyncio
import itertools
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, Self

from aiohttp import web

from bot.clock import Clock

type Json = dict[str, Any]

TOKEN_LASTS = timedelta(seconds=7200)
PNG = b"\x89PNG\r\n\x1a\n-picture"


class FakePlatform:
    #: The call that gives tokens.
    token_path = ""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.url = ""
        self.calls: list[str] = []
        self.media: dict[str, tuple[bytes, str]] = {
            "voice-1": (b"#!AMR\nvoice", "audio/amr"),
            "pic-1": (PNG, "image/png"),
        }
        #: What goes wrong with the next calls of a path: an errcode, "hang", "502", "lost" (delivered, not answered),
        #: or "none".
        self.faults: dict[str, deque[int | str]] = {}
        self.hanging = asyncio.Event()
        self._tokens: dict[str, datetime] = {}
        self._count = itertools.count(1)

    def fail(self, path: str, *faults: int | str) -> None:
        self.faults.setdefault(path, deque()).extend(faults)

    def forget_tokens(self) -> None:
        """Somebody has fetched one with the old interface, or reset the secret."""
        self._tokens.clear()

    @property
    def token_fetches(self) -> int:
        return self.calls.count(self.token_path)

    def new_token(self) -> str:
        token = f"token-{next(self._count)}-" + "x" * 140
        self._tokens[token] = self.clock.now() + TOKEN_LASTS
        return token

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_post("/cgi-bin/media/upload", self._upload)
        router.add_get("/cgi-bin/media/get", self._get_media)

    def _bad_token(self, request: web.Request) -> int | None:
        ends = self._tokens.get(request.query.get("access_token", ""))
        if ends is None:
            return 40001
        return 42001 if self.clock.now() >= ends else None

    async def _upload(self, request: web.Request) -> web.Response:
        part = (await request.post())["media"]
        assert isinstance(part, web.FileField)
        media_id = f"uploaded-{next(self._count)}"
        self.media[media_id] = (part.file.read(), part.content_type)
        return web.json_response({"type": request.query["type"], "media_id": media_id, "created_at": 1})

    async def _get_media(self, request: web.Request) -> web.Response:
        if request.query["media_id"] not in self.media:
            return refused(40007)
        content, content_type = self.media[request.query["media_id"]]
        return web.Response(body=content, content_type=content_type)

    @web.middleware
    async def _strictly(self, request: web.Request, handler: Any) -> web.StreamResponse:
        path = request.path.removeprefix("/cgi-bin/")
        self.calls.append(path)
        faults = self.faults.get(path)
        fault = faults.popleft() if faults else None
        if fault == "hang":
            await self.hanging.wait()
        if fault == "502":
            return web.Response(status=502, text="<html>Bad Gateway</html>")
        if isinstance(fault, int):
            return refused(fault)
        if path != self.token_path and (code := self._bad_token(request)):
            return refused(code)
        response: web.StreamResponse = await handler(request)
        if fault == "lost":
            assert request.transport
            request.transport.close()
        return response

    @asynccontextmanager
    async def served(self) -> AsyncIterator[Self]:
        app = web.Application(middlewares=[self._strictly])
        self.add_routes(app.router)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            self.hanging.set()
            await runner.cleanup()


def fine(**more: Any) -> web.Response:
    return web.json_response({"errcode": 0, "errmsg": "ok", **more})


def refused(code: int) -> web.Response:
    # As the real one: JSON that calls itself plain text.
    return web.Response(text=json.dumps({"errcode": code, "errmsg": f"scripted {code}"}), content_type="text/plain")
