"""A customer of 微信客服 and the 企业微信 between him and us. Signs and seals with wechatpy, not with our code."""

import itertools
from typing import Any

import httpx2
import xmltodict
from wechatpy.work.crypto import WeChatCrypto

from bot.adapters.sql.channel_state import SqlChannelState
from bot.channels.wechat_kf.intake import state_name
from bot.gasdesk import Gasdesk
from tests.wechat_kf.fake_kf import CORP_ID, KF, FakeKf

TOKEN, AES_KEY = "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo", "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt"
STAMP, NONCE = "1714112445", "415670741"


class KfCustomer:
    numbers = itertools.count(1)

    def __init__(self, gasdesk: Gasdesk, kf: FakeKf, name: str = "wmpI5mOQAAr5ArPGyeDmNpMtWVU5uLCw") -> None:
        self.name = name
        self._gasdesk = gasdesk
        self._kf = kf
        self._http = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(gasdesk.app), base_url="http://gasdesk", timeout=None
        )
        self.crypto = WeChatCrypto(TOKEN, AES_KEY, CORP_ID)

    @property
    def contact_id(self) -> str:
        return f"wechat_kf:{KF}:{self.name}"

    @property
    def got(self) -> list[str]:
        return self._kf.texts(self.name)

    async def says(self, text: str, msgid: str = "", **more: str) -> None:
        """Write, and let 企业微信 tell us."""
        await self.sends("text", {"content": text, **more}, msgid)

    async def sends(self, kind: str, body: dict[str, Any], msgid: str = "") -> None:
        self._kf.says(self.name, kind, body, msgid)
        await self.tell()

    async def tell(self) -> None:
        """The notice, and all that follows from it."""
        response = await self.notify(self.notice())
        assert (response.status_code, response.content) == (200, b"")
        await self._gasdesk.settle()

    def notice(self, kfid: str = KF) -> str:
        event = {"Event": "kf_msg_or_event", "Token": self._kf.notice(kfid), "OpenKfId": kfid}
        fields = {"ToUserName": CORP_ID, "CreateTime": 1348831860, "MsgType": "event", **event}
        return str(xmltodict.unparse({"xml": fields}))

    async def notify(self, plain: str, crypto: WeChatCrypto | None = None, **query: str) -> httpx2.Response:
        """What 企业微信 posts."""
        sealed = (crypto or self.crypto).encrypt_message(plain, NONCE, STAMP)
        signed = xmltodict.parse(sealed)["xml"]["MsgSignature"]
        return await self._http.post(
            "/channels/wechat-kf",
            params={"timestamp": STAMP, "nonce": NONCE, "msg_signature": signed, **query},
            content=sealed.encode(),
            headers={"Content-Type": "text/xml"},
        )

    async def get(self, **query: str) -> httpx2.Response:
        return await self._http.get("/channels/wechat-kf", params=query)

    async def dealt_with(self) -> bool:
        """Everything that happened was fetched, and nothing of it waits."""
        kept = await SqlChannelState(self._gasdesk.stores.database).get(state_name(KF)) or {}
        return not kept.get("waiting") and kept.get("cursor") == f"{KF[:12]}_{len(self._kf.streams[KF].items)}"

    async def aclose(self) -> None:
        await self._http.aclose()
