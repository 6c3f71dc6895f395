"""A Telegram that can be made to fail in every way the real one does.

It keeps what it delivered to its customers' chats, brings updates to a webhook until they are taken, and hands them
to getUpdates. `fault` decides about each call of a method before it is obeyed.
"""

import asyncio
import itertools
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import aiohttp
from aiohttp import web

from bot.settings import Settings
from bot.settings_telegram import TelegramSettings
from tests.services import free_port

Json = dict[str, Any]
TOKEN = "123456:test-bot-key"
SECRET = "shared-with-telegram"


class Fault(Enum):
    """What goes wrong with a call. AFTER: the message was delivered all the same."""

    BAD_GATEWAY = "502, nothing delivered"
    SLOW_DOWN = "429, come back in 30 seconds"
    BLOCKED = "403, the customer blocked the bot"
    UNACCEPTABLE = "400"
    TOO_BIG = "400, more than 20 MB"
    HANGS = "no answer ever, nothing delivered"
    HANGS_AFTER = "delivered, no answer ever"
    CUT_AFTER = "delivered, connection cut"


#: What becomes of a call to this method for this chat; None: nothing goes wrong.
FaultOf = Callable[[str, int], Fault | None]

_MEDIA = frozenset({"sendphoto", "sendvideo", "senddocument"})
_REFUSALS: dict[Fault, tuple[int, Json]] = {
    Fault.BAD_GATEWAY: (502, {"ok": False, "error_code": 502, "description": "Bad Gateway"}),
    Fault.SLOW_DOWN: (
        429,
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 30",
            "parameters": {"retry_after": 30},
        },
    ),
    Fault.BLOCKED: (
        403,
        {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"},
    ),
    Fault.TOO_BIG: (400, {"ok": False, "error_code": 400, "description": "Bad Request: file is too big"}),
    Fault.UNACCEPTABLE: (400, {"ok": False, "error_code": 400, "description": "Bad Request: message is too odd"}),
}


@dataclass
class TelegramServer:
    url: str
    fault: FaultOf = lambda method, chat: None
    #: Texts in each chat, in the order they were delivered.
    chats: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    #: The buttons under the last message of each chat that had some: rows of (title, data).
    keyboards: dict[int, list[list[tuple[str, str]]]] = field(default_factory=dict)
    #: What was sent as files: chat, as what, caption, name, bytes.
    files: list[tuple[int, str, str, str, bytes]] = field(default_factory=list)
    #: What customers sent, by file_id: where it lies, and the bytes.
    kept: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    #: Every call, whatever became of it: method, chat.
    calls: list[tuple[str, int]] = field(default_factory=list)
    #: From where on updates were asked for; 0: from what nobody has acknowledged.
    offsets: list[int] = field(default_factory=list)
    webhook: Json = field(default_factory=dict)
    #: Updates that getUpdates has to hand out.
    pending: list[Json] = field(default_factory=list)
    #: Calls that hang go on when this is set.
    end: asyncio.Event = field(default_factory=asyncio.Event)
    new: asyncio.Event = field(default_factory=asyncio.Event)
    _message_ids: Any = field(default_factory=lambda: itertools.count(1))

    def settings(self, settings: Settings, **more: Any) -> Settings:
        """Of a desk that is on this Telegram."""
        given = {"token": TOKEN, "secret": SECRET, "api_base_url": self.url, "timeout_seconds": 0.5, "use_proxy": False}
        return settings.model_copy(update={"telegram": TelegramSettings.model_validate({**given, **more})})

    # --- the Bot API ---

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != TOKEN:
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
        method, form = request.match_info["method"].lower(), await request.post()
        given = {name: str(value) for name, value in form.items()}
        chat = int(given.get("chat_id", 0))
        self.calls.append((method, chat))
        fault = self.fault(method, chat)
        if fault in _REFUSALS:
            status, refusal = _REFUSALS[fault]
            return web.json_response(refusal, status=status)
        if fault is Fault.HANGS:
            await self.end.wait()
            raise web.HTTPGatewayTimeout
        if method == "getfile" and given["file_id"] not in self.kept:
            refusal = {"ok": False, "error_code": 400, "description": "Bad Request: wrong file_id"}
            return web.json_response(refusal, status=400)
        if media := method.removeprefix("send") if method in _MEDIA else "":
            upload = next(field for field in form.values() if isinstance(field, web.FileField))
            self.files.append((chat, media, given.get("caption", ""), upload.filename, upload.file.read()))
        result = await self._obey(method, chat, given)
        if fault is Fault.HANGS_AFTER:
            await self.end.wait()
        if fault is Fault.CUT_AFTER:
            assert request.transport
            request.transport.abort()
        return web.json_response({"ok": True, "result": result})

    async def hand_out(self, request: web.Request) -> web.StreamResponse:
        """A file a customer sent, at the address that getFile tells."""
        found = [content for path, content in self.kept.values() if path == request.match_info["path"]]
        if request.match_info["token"] != TOKEN or not found:
            raise web.HTTPNotFound
        return web.Response(body=found[0])

    async def _obey(self, method: str, chat: int, given: dict[str, str]) -> Any:
        match method:
            case "getfile":
                path, content = self.kept[given["file_id"]]
                return {"file_id": "x", "file_unique_id": "x", "file_size": len(content), "file_path": path}
            case "sendphoto" | "sendvideo" | "senddocument":
                return {"message_id": next(self._message_ids), "date": 1_767_578_400, "chat": private(chat)}
            case "sendmessage":
                return self._send(chat, given)
            case "getupdates":
                self.offsets.append(int(given.get("offset", 0)))
                return await self._updates_from(int(given.get("offset", 0)), int(given.get("timeout", 0)))
            case "setwebhook":
                self.webhook = {"url": given["url"], "secret_token": given.get("secret_token", "")}
            case "deletewebhook":
                self.webhook = {}
            case "getme":
                return {"id": 123456, "is_bot": True, "first_name": "燃气客服", "username": "gas_test_bot"}
            case "getwebhookinfo":
                return {
                    "url": self.webhook.get("url", ""),
                    "has_custom_certificate": False,
                    "pending_update_count": len(self.pending),
                    **self.webhook.get("trouble", {}),
                }
        return True

    def _send(self, chat: int, given: dict[str, str]) -> Json:
        text = given["text"]
        assert 0 < len(text.encode("utf-16-le")) // 2 <= 4096
        self.chats[chat].append(text)
        if markup := given.get("reply_markup"):
            rows = json.loads(markup)["inline_keyboard"]
            self.keyboards[chat] = [[(key["text"], key["callback_data"]) for key in row] for row in rows]
            assert all(1 <= len(data.encode()) <= 64 for row in self.keyboards[chat] for _, data in row)
        return {"message_id": next(self._message_ids), "date": 1_767_578_400, "chat": private(chat), "text": text}

    async def _updates_from(self, offset: int, patience: int) -> list[Json]:
        self.pending = [update for update in self.pending if update["update_id"] >= offset]
        while not self.pending and patience and not self.end.is_set():
            self.new.clear()
            await self.new.wait()
        return self.pending

    # --- customers ---

    async def bring(self, base: str, update: Json, secret: str = SECRET) -> int:
        """Bring an update to the webhook; the status it was answered with."""
        async with aiohttp.ClientSession() as session:
            headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
            async with session.post(f"{base}/channels/telegram", json=update, headers=headers) as answer:
                return answer.status

    def offer(self, *updates: Json) -> None:
        """Hand these to whoever asks for updates."""
        self.pending = [*self.pending, *updates]
        self.new.set()

    def finish(self) -> None:
        self.end.set()
        self.new.set()


def private(chat: int) -> Json:
    return {"id": chat, "type": "private", "first_name": "安"}


def written(chat: int, number: int, **content: Any) -> Json:
    """An update with a message: `text="…"`, `photo=[…]` and so on."""
    return {"update_id": number, "message": _message(chat, number, content)}


def edited(chat: int, number: int, **content: Any) -> Json:
    return {"update_id": number, "edited_message": {**_message(chat, 1, content), "edit_date": 1_767_578_401}}


def tapped(chat: int, number: int, data: str) -> Json:
    query = {"id": f"q{number}", "from": _person(chat), "chat_instance": "1", "data": data}
    return {"update_id": number, "callback_query": {**query, "message": _message(chat, 1, {"text": "?"})}}


def membership(chat: int, number: int, status: str) -> Json:
    def member(status: str) -> Json:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": {"id": 123456, "is_bot": True, "first_name": "燃气客服"}, "status": status, **until}

    before = "member" if status == "kicked" else "kicked"
    change = {"chat": private(chat), "from": _person(chat), "date": 1_767_578_400}
    return {
        "update_id": number,
        "my_chat_member": {**change, "old_chat_member": member(before), "new_chat_member": member(status)},
    }


def _person(chat: int) -> Json:
    return {"id": chat, "is_bot": False, "first_name": "安"}


def _message(chat: int, number: int, content: Json) -> Json:
    return {"message_id": number, "date": 1_767_578_400, "chat": private(chat), "from": _person(chat), **content}


@asynccontextmanager
async def telegram_server() -> AsyncIterator[TelegramServer]:
    port = free_port()
    server = TelegramServer(f"http://127.0.0.1:{port}")
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", server.answer)
    app.router.add_get("/file/bot{token}/{path:.+}", server.hand_out)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield server
    finally:
        server.finish()
        await runner.cleanup()
