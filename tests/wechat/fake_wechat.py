"""A WeChat that is strict: tokens expire, windows close, quotas run out, texts may be too long, calls may fail.

Its rules are written here a second time, from the documentation and not from our code. wechatpy drives it as well
(test_api.py), so that it is no mirror of our own client.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.clock import Clock
from tests.wechat.fake_platform import PNG, FakePlatform, fine, refused

__all__ = ["APP_ID", "APP_SECRET", "PNG", "FakeWeChat"]

type Json = dict[str, Any]

APP_ID, APP_SECRET = "wxba5fad812f8e6fb9", "s3cret-of-the-fake"
NEXT_TOKEN_BEFORE_END = timedelta(minutes=5)
LONGEST_TEXT_BYTES = 2048


@dataclass
class Follower:
    follows: bool = True
    #: [how many are left, until when], as each occasion gave them.
    grants: list[list[Any]] = field(default_factory=list)
    last_sign: datetime | None = None


class FakeWeChat(FakePlatform):
    token_path = "stable_token"

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.followers: dict[str, Follower] = {}
        #: What customers got: (openid, message), in order.
        self.sent: list[tuple[str, Json]] = []
        self.typing: list[tuple[str, str]] = []
        self._stable: str | None = None

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

    def forget_tokens(self) -> None:
        super().forget_tokens()
        self._stable = None

    def _grant(self, open_id: str, number: int, lasts: timedelta) -> None:
        follower = self.followers.setdefault(open_id, Follower())
        follower.last_sign = self.clock.now()
        follower.grants = [grant for grant in follower.grants if grant[2] != lasts]
        follower.grants.append([number, self.clock.now() + lasts, lasts])

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
            return refused(40013)
        if body["secret"] != APP_SECRET:
            return refused(40125)
        now = self.clock.now()
        ends = self._tokens.get(self._stable or "")
        if body.get("force_refresh"):
            self._tokens.clear()
        if body.get("force_refresh") or ends is None or now >= ends - NEXT_TOKEN_BEFORE_END:
            self._stable = self.new_token()
        assert self._stable
        left = (self._tokens[self._stable] - now).total_seconds()
        return web.json_response({"access_token": self._stable, "expires_in": int(left)})

    async def _send(self, request: web.Request) -> web.Response:
        message = json.loads(await request.read())
        open_id = message.pop("touser")
        if code := self._refusal(open_id, message):
            return refused(code)
        self._spend(open_id)
        self.sent.append((open_id, message))
        return fine()

    async def _typing(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        follower = self.followers.get(body["touser"])
        if body["command"] not in ("Typing", "CancelTyping"):
            return refused(45072)
        if not follower or not follower.last_sign or self.clock.now() - follower.last_sign > timedelta(seconds=30):
            return refused(45080)
        self.typing.append((body["touser"], body["command"]))
        return fine()

    def add_routes(self, router: web.UrlDispatcher) -> None:
        super().add_routes(router)
        router.add_post("/cgi-bin/stable_token", self._stable_token)
        router.add_post("/cgi-bin/message/custom/send", self._send)
        router.add_post("/cgi-bin/message/custom/typing", self._typing)


def _words(message: Json) -> str:
    kind = message["msgtype"]
    if kind == "text":
        return str(message["text"]["content"])
    if kind == "msgmenu":
        menu = message["msgmenu"]
        items = [f"[{item['id']}:{item['content']}]" for item in menu["list"]]
        return "\n".join(filter(None, [menu["head_content"], *items, menu.get("tail_content", "")]))
    return f"<{kind} {message[kind]['media_id']}>"
