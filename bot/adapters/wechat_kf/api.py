"""The interface of 微信客服 (developer.work.weixin.qq.com, path/94638 and after)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.adapters.wechat.calls import Json, Surroundings, TokenApi
from bot.adapters.wechat_kf.problems import ADVICE

#: Until its end the same token is given again and again, so there is nothing to be had early.
EARLY = timedelta(seconds=10)
#: Messages of one page; the platform allows 1,000.
PAGE = 200


@dataclass(frozen=True)
class Page:
    """What happened since a cursor."""

    messages: Sequence[Json]
    cursor: str
    more: bool


@dataclass(frozen=True)
class KfAccount:
    open_kfid: str
    name: str


class KfApi(TokenApi):
    """Every call raises WeChatError, ChannelDown (nothing arrived) and MayHaveArrived."""

    advice = ADVICE

    def __init__(self, corp_id: str, secret: str, around: Surroundings) -> None:
        super().__init__(f"kf:{corp_id}", around, EARLY)
        self._corp_id = corp_id
        self._secret = secret

    async def accounts(self) -> list[KfAccount]:
        """Those the application may serve; at most 100."""
        answer = await self._post("kf/account/list", {"offset": 0, "limit": 100})
        return [KfAccount(a["open_kfid"], a.get("name", "")) for a in answer.get("account_list", ())]

    async def sync(self, open_kfid: str, cursor: str, token: str) -> Page:
        """What happened after `cursor` ("": the last three days); without a notice's token only rarely allowed."""
        body = {"open_kfid": open_kfid, "limit": PAGE, "voice_format": 0}
        given = {name: value for name, value in (("cursor", cursor), ("token", token)) if value}
        answer = await self._post("kf/sync_msg", {**body, **given})
        items = [item for item in answer.get("msg_list") or () if isinstance(item, dict)]
        return Page(items, answer.get("next_cursor") or cursor, bool(answer.get("has_more")))

    async def send(self, open_kfid: str, customer: str, msgid: str, message: Mapping[str, Any]) -> None:
        """`message` holds `msgtype` and what belongs to it; the same `msgid` again is the same message."""
        await self._post("kf/send_msg", {"touser": customer, "open_kfid": open_kfid, "msgid": msgid, **message})

    async def send_on_event(self, code: str, msgid: str, message: Mapping[str, Any]) -> None:
        """A text or a menu, once for a code."""
        await self._post("kf/send_msg_on_event", {"code": code, "msgid": msgid, **message})

    async def state(self, open_kfid: str, customer: str) -> int:
        """Whose the session is: 0 nobody's yet, 1 ours, 2 in the pool, 3 somebody's in 企业微信, 4 over."""
        body = {"open_kfid": open_kfid, "external_userid": customer}
        return int((await self._post("kf/service_state/get", body))["service_state"])

    async def move(self, open_kfid: str, customer: str, state: int) -> None:
        body = {"open_kfid": open_kfid, "external_userid": customer, "service_state": state}
        await self._post("kf/service_state/trans", body)

    async def _token(self, force: bool) -> Json:
        del force  # there is no such thing: whoever asks gets the token that is in force
        return await self._call("gettoken", {"corpid": self._corp_id, "corpsecret": self._secret}, method="GET")
