"""A follower's phone and the WeChat between it and us. Signs, encrypts and reads with wechatpy, not with our code."""

import itertools
import re
from typing import Any
from urllib.parse import unquote

import httpx2
import wechatpy.replies
import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from bot.gasdesk import Gasdesk
from tests.wechat.fake_wechat import APP_ID, FakeWeChat

TOKEN, AES_KEY, ACCOUNT = "AAAAA", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "gh_97417a04a28d"
STAMP, NONCE = "1714112445", "415670741"
_LINK = re.compile(r'<a href="weixin://bizmsgmenu\?msgmenucontent=(.*?)&msgmenuid=(.*?)">(.*?)</a>')

type Fields = dict[str, Any]


class Phone:
    """`shown` is all the customer sees, in order: replies to his requests and customer-service messages."""

    numbers = itertools.count(23_456_789_012_345_678)

    def __init__(self, gasdesk: Gasdesk, wechat: FakeWeChat, open_id: str = "oAnn") -> None:
        self.open_id = open_id
        self._wechat = wechat
        self._http = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(gasdesk.app), base_url="http://gasdesk", timeout=None
        )
        self.crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
        self.statuses: list[int] = []
        self.replied: set[int] = set()

    @property
    def contact_id(self) -> str:
        return f"wechat:{self.open_id}"

    async def says(self, text: str, number: object = None, **more: object) -> str | None:
        """Write a text; what is answered in the same request."""
        return await self.sends("text", number, Content=text, **more)

    async def sends(self, kind: str, number: object = None, **fields: object) -> str | None:
        if fields.get("bizmsgmenuid"):
            self._wechat.taps(self.open_id)
        else:
            self._wechat.writes(self.open_id)
        return await self.deliver({"MsgType": kind, "MsgId": number or next(self.numbers), **fields})

    async def does(self, event: str, created: int = 1348831860, **fields: object) -> str | None:
        if event != "unsubscribe":
            self._wechat.taps(self.open_id)
        return await self.deliver({"MsgType": "event", "Event": event, **fields}, created)

    async def taps(self, text: str, number: str) -> str | None:
        """An item of a menu, or a link."""
        return await self.says(text, bizmsgmenuid=number)

    async def deliver(self, fields: Fields, created: int = 1348831860) -> str | None:
        """One delivery of WeChat's; the text of the reply. Raises AssertionError unless it is one WeChat would take."""
        response = await self.post(self.push(fields, created))
        assert response.status_code == 200, response.text
        return self.read(response.content)

    def push(self, fields: Fields, created: int = 1348831860) -> str:
        common = {"ToUserName": ACCOUNT, "FromUserName": self.open_id, "CreateTime": created}
        return str(xmltodict.unparse({"xml": {**common, **fields}}))

    async def post(self, plain: str, crypto: WeChatCrypto | None = None, **query: str) -> httpx2.Response:
        body = (crypto or self.crypto).encrypt_message(plain, NONCE, STAMP)
        signed = xmltodict.parse(body)["xml"]["MsgSignature"]
        stamp = {"timestamp": STAMP, "nonce": NONCE, "signature": plain_signature(STAMP, NONCE)}
        safe = {"openid": self.open_id, "encrypt_type": "aes", "msg_signature": signed}
        response = await self._http.post(
            "/channels/wechat",
            params={**stamp, **safe, **query},
            content=body.encode(),
            headers={"Content-Type": "text/xml"},
        )
        self.statuses.append(response.status_code)
        return response

    async def get(self, **query: str) -> httpx2.Response:
        return await self._http.get("/channels/wechat", params=query)

    def read(self, body: bytes) -> str | None:
        """What the phone shows of a reply. Raises what wechatpy raises if it is none."""
        if body in (b"", b"success"):
            return None
        sealed = xmltodict.parse(body)["xml"]
        plain = self.crypto.decrypt_message(body, sealed["MsgSignature"], sealed["TimeStamp"], sealed["Nonce"])
        reply = wechatpy.replies.deserialize_reply(plain)
        assert (reply.source, reply.target, sealed["Nonce"]) == (ACCOUNT, self.open_id, NONCE)
        assert reply.type == "text"
        return str(reply.content)

    @property
    def got(self) -> list[str]:
        """By customer-service message."""
        return self._wechat.texts(self.open_id)

    async def aclose(self) -> None:
        await self._http.aclose()


def plain_signature(*parts: str) -> str:
    signer = WeChatSigner()
    signer.add_data(TOKEN, *parts)
    return str(signer.signature)


def links(text: str) -> list[tuple[str, str]]:
    """What can be tapped in a text: what it says, and its number."""
    return [(unquote(content), number) for content, number, _ in _LINK.findall(text)]
