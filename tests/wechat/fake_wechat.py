"""A WeChat that is strict: tokens expire, windows close, quotas run out, texts may be too long, calls may fail.

Its rules are written here a second time, from the documentation and not from our code. wechatpy drives it as well
(test_api.py), so that it is no mirror of our own client.
"""

import asyncio
import itertools
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.clock import Clock

type Json = dict[str, Any]

APP_ID, APP_SECRET = "wxba5fad812f8e6fb9", "s3cret-of-the-fake"
TOKEN_LASTS = timedelta(seconds=7200)
NEXT_TOKEN_BEFORE_END = timedelta(minutes=5)
LONGEST_TEXT_BYTES = 2048
PNG = b"\x89PNG\r\n\x1a\n-picture"


@dataclass
class Follower:
    follows: bool = True
    #: [how many are left, until when], as each occasion gave them.
    grants: list[list[Any]] = field(default_factory=list)
    last_sign: datetime | None = None


class FakeWeChat:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.url = ""
        self.followers: dict[str, Follower] = {}
        #: What customers got: (openid, message), in order.
        self.sent: list[tuple[str, Json]] = []
        self.typing: list[tuple[str, str]] = []
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
        self._stable: str | None = None
        self._count = itertools.count(1)

    # --- what customers do ---

    def writes(self, open_id: str) -> None:
        self._grant(open_id, 5, timedelta(hours=48))

    def taps(self, open_id: str) -> None:
        self._grant(open_id, 3, timedelta(minutes=1))

    def unfollows(self, open_id: str) -> None:
        self.followers.setdefault(open_id, Follower()).follows = False

    def texts(self, open_id: str) -> list[str]:
        """What this customer got by customer-service message, pictures and menus as words."""
        return [_words(message) for to, message in self.sent if to == open_id]

    # --- what the platform does ---

    def fail(self, path: str, *faults: int | str) -> None:
        self.faults.setdefault(path, deque()).extend(faults)

    def forget_tokens(self) -> None:
        """Somebody has fetched one with the old interface, or reset the secret."""
        self._tokens.clear()
        self._stable = None

    @property
    def token_fetches(self) -> int:
        return self.calls.count("stable_token")

    def _grant(self, open_id: str, number: int, lasts: timedelta) -> None:
        follower = self.followers.setdefault(open_id, Follower())
        follower.last_sign = self.clock.now()
        follower.grants = [grant for grant in follower.grants if grant[2] != lasts]
        follower.grants.append([number, self.clock.now() + lasts, lasts])

    def _new_token(self) -> str:
        token = f"token-{next(self._count)}-" + "x" * 140
        self._tokens[token] = self.clock.now() + TOKEN_LASTS
        return token

    def _bad_token(self, request: web.Request) -> int | None:
        ends = self._tokens.get(request.query.get("access_token", ""))
        if ends is None:
            return 40001
        return 42001 if self.clock.now() >= ends else None

    def _refusal(self, open_id: str, message: Json) -> int | None:
        follower = self.followers.get(open_id)
        if follower is None:
            return 40003
        open_grants = [grant for grant in follower.grants if grant[1] > self.clock.now()]
        if not follower.follows or not open_grants:
            return 45015
        if not any(grant[0] for grant in open_grants):
            return 45047
        content = message.get("text", {}).get("content")
        if message["msgtype"] == "text" and not content:
            return 44004
        return 45002 if content and len(content.encode()) > LONGEST_TEXT_BYTES else None

    def _spend(self, open_id: str) -> None:
        grants = [g for g in self.followers[open_id].grants if g[0] and g[1] > self.clock.now()]
        min(grants, key=lambda grant: grant[1])[0] -= 1

    # --- routes ---

    async def _stable_token(self, request: web.Request) -> web.Response:
        body = await request.json()
        if body["appid"] != APP_ID:
            return _refused(40013)
        if body["secret"] != APP_SECRET:
            return _refused(40125)
        now = self.clock.now()
        ends = self._tokens.get(self._stable or "")
        if body.get("force_refresh"):
            self._tokens.clear()
        if body.get("force_refresh") or ends is None or now >= ends - NEXT_TOKEN_BEFORE_END:
            self._stable = self._new_token()
        assert self._stable
        left = (self._tokens[self._stable] - now).total_seconds()
        return web.json_response({"access_token": self._stable, "expires_in": int(left)})

    async def _send(self, request: web.Request) -> web.Response:
        message = json.loads(await request.read())
        open_id = message.pop("touser")
        if code := self._refusal(open_id, message):
            return _refused(code)
        self._spend(open_id)
        self.sent.append((open_id, message))
        return _fine()

    async def _typing(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        follower = self.followers.get(body["touser"])
        if body["command"] not in ("Typing", "CancelTyping"):
            return _refused(45072)
        if not follower or not follower.last_sign or self.clock.now() - follower.last_sign > timedelta(seconds=30):
            return _refused(45080)
        self.typing.append((body["touser"], body["command"]))
        return _fine()

    async def _upload(self, request: web.Request) -> web.Response:
        part = (await request.post())["media"]
        assert isinstance(part, web.FileField)
        media_id = f"uploaded-{next(self._count)}"
        self.media[media_id] = (part.file.read(), part.content_type)
        return web.json_response({"type": request.query["type"], "media_id": media_id, "created_at": 1})

    async def _get_media(self, request: web.Request) -> web.Response:
        if request.query["media_id"] not in self.media:
            return _refused(40007)
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
            return _refused(fault)
        if path != "stable_token" and (code := self._bad_token(request)):
            return _refused(code)
        response: web.StreamResponse = await handler(request)
        if fault == "lost":
            assert request.transport
            request.transport.close()
        return response

    @asynccontextmanager
    async def served(self) -> AsyncIterator["FakeWeChat"]:
        app = web.Application(middlewares=[self._strictly])
        app.router.add_post("/cgi-bin/stable_token", self._stable_token)
        app.router.add_post("/cgi-bin/message/custom/send", self._send)
        app.router.add_post("/cgi-bin/message/custom/typing", self._typing)
        app.router.add_post("/cgi-bin/media/upload", self._upload)
        app.router.add_get("/cgi-bin/media/get", self._get_media)
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


def _fine() -> web.Response:
    return web.json_response({"errcode": 0, "errmsg": "ok"})


def _refused(code: int) -> web.Response:
    # As the real one: JSON that calls itself plain text.
    return web.Response(text=json.dumps({"errcode": code, "errmsg": f"scripted {code}"}), content_type="text/plain")


def _words(message: Json) -> str:
    kind = message["msgtype"]
    if kind == "text":
        return str(message["text"]["content"])
    if kind == "msgmenu":
        menu = message["msgmenu"]
        items = [f"[{item['id']}:{item['content']}]" for item in menu["list"]]
        return "\n".join(filter(None, [menu["head_content"], *items, menu.get("tail_content", "")]))
    return f"<{kind} {message[kind]['media_id']}>"
