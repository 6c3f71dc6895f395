"""A 微信客服 that is strict: cursors, tokens, session states, quotas, welcome codes, limits of length and of calls.

Its rules are written here a second time, from the documentation and not from our code. wechatpy drives it as well
(test_api.py), so that it is no mirror of our own client.
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.clock import Clock
from tests.wechat.fake_platform import FakePlatform, fine, refused

type Json = dict[str, Any]

CORP_ID, SECRET, KF = "ww12345678901234ab", "s3cret-of-the-app", "wkpI5mOQAAGqDJXbsNS08uP6UnrOatjg"
NOTICE_LASTS, CODE_LASTS, WINDOW = timedelta(minutes=10), timedelta(seconds=20), timedelta(hours=48)
QUOTA = 5
#: Calls a minute that the platform bears without a notice's token.
WITHOUT_TOKEN = 3
_MOVES = {0: {1, 2, 3, 4}, 1: {1, 2, 3, 4}, 2: {2, 3, 4}, 3: {3, 4}, 4: set[int]()}
_MSGID = re.compile(r"[0-9a-zA-Z_-]{1,32}")


@dataclass
class Customer:
    #: Whose the session is; 4: it has not begun, or is over.
    state: int = 4
    wrote_at: datetime | None = None
    left: int = 0


@dataclass
class Stream:
    """What happened at one account."""

    items: list[Json] = field(default_factory=list)
    notices: dict[str, datetime] = field(default_factory=dict)


class FakeKf(FakePlatform):
    token_path = "gettoken"

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.customers: defaultdict[str, Customer] = defaultdict(Customer)
        self.streams: defaultdict[str, Stream] = defaultdict(Stream, {KF: Stream()})
        #: What customers got: (customer, msgid, message), in order.
        self.sent: list[tuple[str, str, Json]] = []
        #: Items of a page.
        self.page = 1000
        #: So many pages hold nothing, and say that there is more.
        self.empty_pages = 0
        #: An application that may not see the list of accounts, or that has none.
        self.accounts = [KF]
        #: (cursor, token) of each fetch.
        self.fetches: list[tuple[str, str]] = []
        self._token: str | None = None
        self._without_token: list[datetime] = []
        self._codes: dict[str, tuple[str, datetime]] = {}

    # --- what customers do ---

    def says(self, customer: str, kind: str, body: Json, msgid: str = "", kfid: str = KF) -> str:
        """A message of theirs; the number under which it can be fetched."""
        known = self.customers[customer]
        known.state = 0 if known.state == 4 else known.state
        known.wrote_at, known.left = self.clock.now(), QUOTA
        item = {"open_kfid": kfid, "external_userid": customer, "origin": 3, "msgtype": kind, kind: body}
        return self._happened(kfid, item, msgid)

    def enters(self, customer: str, kfid: str = KF) -> str:
        """He opens the conversation; the code he may be welcomed with."""
        code = f"code-{next(self._count)}"
        self._codes[code] = (customer, self.clock.now() + CODE_LASTS)
        self.event(kfid, "enter_session", external_userid=customer, scene="", welcome_code=code)
        return code

    def event(self, kfid: str, event_type: str, **fields: Any) -> None:
        body = {"event_type": event_type, "open_kfid": kfid, **fields}
        self._happened(kfid, {"origin": 4, "msgtype": "event", "event": body})

    def answered_in_wecom(self, customer: str, text: str, kfid: str = KF) -> None:
        """Somebody takes the session in 企业微信 and writes there."""
        self.customers[customer].state = 3
        common = {"open_kfid": kfid, "external_userid": customer, "servicer_userid": "zhangsan"}
        self._happened(kfid, {**common, "origin": 5, "msgtype": "text", "text": {"content": text}})

    def texts(self, customer: str) -> list[str]:
        return [_words(message) for to, _, message in self.sent if to == customer]

    # --- what the platform does ---

    def notice(self, kfid: str = KF) -> str:
        """The token of a notice."""
        token = f"notice-{next(self._count)}"
        self.streams[kfid].notices[token] = self.clock.now() + NOTICE_LASTS
        return token

    def forget_tokens(self) -> None:
        super().forget_tokens()
        self._token = None

    def add_routes(self, router: web.UrlDispatcher) -> None:
        super().add_routes(router)
        router.add_get("/cgi-bin/gettoken", self._gettoken)
        router.add_route("*", "/cgi-bin/kf/account/list", self._account_list)
        router.add_post("/cgi-bin/kf/sync_msg", self._sync)
        router.add_post("/cgi-bin/kf/send_msg", self._send)
        router.add_post("/cgi-bin/kf/send_msg_on_event", self._send_on_event)
        router.add_post("/cgi-bin/kf/service_state/get", self._state)
        router.add_post("/cgi-bin/kf/service_state/trans", self._move)

    def _happened(self, kfid: str, item: Json, msgid: str = "") -> str:
        number = msgid or f"4WjjZVmdni5oc5PoFfy6UBHtzhW5HjYccrZH{next(self._count):08}"
        self.streams[kfid].items.append({"msgid": number, "send_time": int(self.clock.now().timestamp()), **item})
        return number

    # --- routes ---

    async def _gettoken(self, request: web.Request) -> web.Response:
        if request.query["corpid"] != CORP_ID:
            return refused(40013)
        if request.query["corpsecret"] != SECRET:
            return refused(40001)
        ends = self._tokens.get(self._token or "")
        if self._token is None or ends is None or self.clock.now() >= ends:
            self._token = self.new_token()
        left = (self._tokens[self._token] - self.clock.now()).total_seconds()
        return fine(access_token=self._token, expires_in=int(left))

    async def _account_list(self, _: web.Request) -> web.Response:
        return fine(account_list=[{"open_kfid": kfid, "name": "燃气客服", "avatar": ""} for kfid in self.accounts])

    async def _sync(self, request: web.Request) -> web.Response:
        asked = json.loads(await request.read())
        kfid, cursor, token = asked.get("open_kfid") or KF, asked.get("cursor", ""), asked.get("token", "")
        if kfid not in self.accounts:
            return refused(95000)
        if token and self.streams[kfid].notices.get(token, self.clock.now()) <= self.clock.now():
            return refused(95007)
        if not token and not self._bears_another():
            return refused(45009)
        self.fetches.append((cursor, token))
        begin = self._place(kfid, cursor)
        if begin is None:
            return refused(40058)
        if self.empty_pages:
            self.empty_pages -= 1
            return fine(next_cursor=f"{kfid[:12]}_{begin}", has_more=1, msg_list=[])
        items = self.streams[kfid].items[begin : begin + min(self.page, asked.get("limit", 1000))]
        end = begin + len(items)
        more = int(end < len(self.streams[kfid].items))
        return fine(next_cursor=f"{kfid[:12]}_{end}", has_more=more, msg_list=items)

    def _place(self, kfid: str, cursor: str) -> int | None:
        name, _, place = cursor.rpartition("_")
        if not cursor:
            return 0
        return int(place) if name == kfid[:12] and int(place) <= len(self.streams[kfid].items) else None

    def _bears_another(self) -> bool:
        now = self.clock.now()
        self._without_token = [at for at in self._without_token if now - at < timedelta(minutes=1)]
        self._without_token.append(now)
        return len(self._without_token) <= WITHOUT_TOKEN

    async def _send(self, request: web.Request) -> web.Response:
        message = json.loads(await request.read())
        customer, kfid, msgid = message.pop("touser"), message.pop("open_kfid"), message.pop("msgid")
        if any(known == msgid for _, known, _ in self.sent):
            return fine(msgid=msgid)
        if code := self._refusal(customer, kfid, msgid, message):
            return refused(code)
        self.customers[customer].left -= 1
        self.sent.append((customer, msgid, message))
        return fine(msgid=msgid)

    def _refusal(self, customer: str, kfid: str, msgid: str, message: Json) -> int | None:
        if kfid not in self.accounts:
            return 95000
        if customer not in self.customers:
            return 40096
        known = self.customers[customer]
        if known.state not in (0, 1):
            return 95018
        if known.wrote_at is None or self.clock.now() - known.wrote_at > WINDOW:
            return 95002
        return 95001 if not known.left else _misshaped(msgid, message)

    async def _send_on_event(self, request: web.Request) -> web.Response:
        message = json.loads(await request.read())
        code, msgid = message.pop("code"), message.pop("msgid")
        customer, until = self._codes.pop(code, ("", self.clock.now()))
        if until <= self.clock.now():
            return refused(95007)
        if problem := _misshaped(msgid, message):
            return refused(problem)
        self.sent.append((customer, msgid, message))
        return fine(msgid=msgid)

    async def _state(self, request: web.Request) -> web.Response:
        asked = json.loads(await request.read())
        return fine(service_state=self.customers[asked["external_userid"]].state)

    async def _move(self, request: web.Request) -> web.Response:
        asked = json.loads(await request.read())
        known, wanted = self.customers[asked["external_userid"]], asked["service_state"]
        if wanted not in _MOVES[known.state]:
            return refused(95016)
        known.state = wanted
        return fine(msg_code="")


def _misshaped(msgid: str, message: Json) -> int | None:
    if not _MSGID.fullmatch(msgid):
        return 40058
    match message["msgtype"]:
        case "text":
            fits = 0 < len(message["text"]["content"].encode()) <= 2048
        case "msgmenu":
            menu = message["msgmenu"]
            if len(menu["list"]) > 10:
                return 95008
            clicks = [item["click"] for item in menu["list"]]
            short = all(len(c["id"].encode()) <= 64 and 0 < len(c["content"].encode()) <= 128 for c in clicks)
            fits = len(menu["head_content"].encode()) <= 1024 and short
        case _:
            fits = bool(message[message["msgtype"]].get("media_id"))
    return None if fits else 40058


def _words(message: Json) -> str:
    kind = message["msgtype"]
    if kind == "text":
        return str(message["text"]["content"])
    if kind == "msgmenu":
        menu = message["msgmenu"]
        return "\n".join(
            [menu["head_content"], *(f"[{i['click']['id']}:{i['click']['content']}]" for i in menu["list"])]
        )
    return f"<{kind} {message[kind]['media_id']}>"
