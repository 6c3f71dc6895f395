"""微信客服: a notice, then gasdesk fetches; stored is what can be read from the database."""

import asyncio
import hashlib
from collections import defaultdict
from typing import Any

import aiohttp
import xmltodict
from aiohttp import web
from sqlalchemy import select, tuple_

from benchmarks.writers_accounts import CONTACTS, KF_ACCOUNT, KF_CORP_ID, KF_KEY, KF_PORT, KF_TOKEN
from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import messages
from bot.channels.wechat.crypto import AesKey, signature

#: How often the rows are looked at, in seconds; a message is known as stored so much too late at most.
LOOK = 0.002
PATIENCE_SECONDS = 60.0

type Json = dict[str, Any]


class Kf:
    """The platform, as far as messages come from it."""

    def __init__(self, url: str, database_url: str, text: str) -> None:
        self._url = url
        self._text = text
        self._database = Database.connect(database_url)
        self._http = aiohttp.ClientSession()
        self._key = AesKey.of(KF_KEY)
        self._items: list[Json] = []
        #: The cursor of a run before, from which this one goes on.
        self._base: int | None = None
        self._awaited: defaultdict[tuple[str, str], asyncio.Event] = defaultdict(asyncio.Event)
        self._looking: asyncio.Task[None] | None = None

    async def open(self) -> None:
        app = web.Application()
        app.router.add_get("/cgi-bin/gettoken", self._token)
        app.router.add_post("/cgi-bin/kf/sync_msg", self._sync)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", KF_PORT).start()
        self._looking = asyncio.create_task(self._look())

    async def bring(self, customer: int, message: str, now: int) -> bool:
        contact = CONTACTS["wechat_kf"](customer).id
        item = {"msgid": f"kf-{message}", "send_time": now, "origin": 3, "msgtype": "text", "open_kfid": KF_ACCOUNT}
        about = {"external_userid": contact.rpartition(":")[2], "text": {"content": self._text}}
        self._items.append({**item, **about})
        stored = self._awaited[contact, f"kf-{message}"]
        if not await self._notify(message):
            return False
        async with asyncio.timeout(PATIENCE_SECONDS):
            await stored.wait()
        return True

    async def close(self) -> None:
        if self._looking:
            self._looking.cancel()
        await self._http.close()
        await self._runner.cleanup()
        await self._database.close()

    async def _notify(self, message: str) -> bool:
        notice = {"Event": "kf_msg_or_event", "MsgType": "event", "Token": message, "OpenKfId": KF_ACCOUNT}
        sealed = self._key.encrypt(xmltodict.unparse({"xml": notice}).encode(), KF_CORP_ID)
        stamp, nonce = "1767578400", hashlib.sha256(message.encode()).hexdigest()[:9]
        signed = signature(KF_TOKEN, stamp, nonce, sealed)
        query = {"timestamp": stamp, "nonce": nonce, "msg_signature": signed}
        body = xmltodict.unparse({"xml": {"ToUserName": KF_CORP_ID, "Encrypt": sealed}})
        async with self._http.post(f"{self._url}/channels/wechat-kf", params=query, data=body.encode()) as answer:
            await answer.read()
            return answer.status == 200

    async def _look(self) -> None:
        """Read the rows of what is awaited, again and again, as anybody would who waits for them."""
        key = tuple_(messages.c.contact_id, messages.c.id)
        while True:
            await asyncio.sleep(LOOK)
            if not self._awaited:
                continue
            query = select(messages.c.contact_id, messages.c.id).where(key.in_(list(self._awaited)))
            async with self._database.reader.connect() as connection:
                found = (await connection.execute(query)).all()
            for contact_id, message_id in found:
                self._awaited.pop((contact_id, message_id)).set()

    async def _token(self, _: web.Request) -> web.Response:
        return web.json_response({"errcode": 0, "access_token": "measured", "expires_in": 7200})

    async def _sync(self, request: web.Request) -> web.Response:
        asked = await request.json()
        cursor = int(asked.get("cursor") or 0)
        if self._base is None:
            self._base = cursor
        begin = cursor - self._base
        items = self._items[begin : begin + asked["limit"]]
        more = int(begin + len(items) < len(self._items))
        answer = {"errcode": 0, "next_cursor": str(cursor + len(items)), "has_more": more, "msg_list": items}
        return web.json_response(answer)
