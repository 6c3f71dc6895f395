"""What an item of `sync_msg` says, in our own terms. Pure (path/94670)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.channels import attachments
from bot.channels.wechat_kf.contacts import contact_id_of
from bot.domain.conversations import Attachment

type Json = Mapping[str, Any]

#: `origin`: who made it. The rest are the platform's events and what somebody wrote in 企业微信.
CUSTOMER = 3


@dataclass(frozen=True, kw_only=True)
class Item:
    contact_id: str
    #: The platform's number of it.
    id: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Said(Item):
    text: str = ""
    #: The number of the menu item that was tapped.
    tapped: str = ""
    attachment: Attachment | None = None


@dataclass(frozen=True, kw_only=True)
class Entered(Item):
    """The customer opened the conversation; with `code` he may be welcomed."""

    code: str


@dataclass(frozen=True, kw_only=True)
class NotDelivered(Item):
    #: Our own number of the message.
    msgid: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Told(Item):
    """Something the agent should know."""

    text: str = field()


@dataclass(frozen=True, kw_only=True)
class Recalled(Item):
    """The customer took back the message with this number."""

    recalled: str


Read = Said | Entered | NotDelivered | Told | Recalled

_FAILURES = {
    1: "客服账号已删除",
    2: "自建应用已关闭",
    4: "用户超过48小时没有来消息，微信不再允许发送",
    5: "微信客服的会话已结束",
    6: "微信允许的条数已用完",
    8: "企业未验证",
    9: "企业未验证",
    10: "用户拒收",
    11: "企业没有成员登录企业微信",
    12: "微信客服不允许这类消息",
}
_SESSION_CHANGES = {
    1: "企业微信的接待人员从接待池接入了这个会话，这里暂时不能发送",
    2: "这个会话在企业微信里转给了另一位接待人员，这里暂时不能发送",
    3: "企业微信里的会话已结束，用户再次来消息后这里可以发送",
    4: "企业微信的接待人员重新接入了这个会话，这里暂时不能发送",
}
#: Kinds that are known and cannot be shown, as the agent sees them named.
_OTHERS = {
    "business_card": "名片",
    "miniprogram": "小程序",
    "channels_shop_product": "视频号商品",
    "channels_shop_order": "视频号订单",
    "channels": "视频号",
    "merged_msg": "聊天记录",
    "meeting": "会议",
    "schedule": "日程",
    "note": "笔记",
}


def whose(raw: Json) -> str:
    """The contact it concerns, or "": some of the platform's events concern nobody."""
    event = raw.get("event")
    about = event if isinstance(event, Mapping) else raw
    open_kfid, customer = (about.get(name) or raw.get(name) or "" for name in ("open_kfid", "external_userid"))
    return contact_id_of(open_kfid, customer) if open_kfid and customer else ""


def sent_at(raw: Json, now: datetime) -> datetime:
    """`now` for one that does not tell."""
    try:
        return datetime.fromtimestamp(float(raw["send_time"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return now


def read(raw: Json, now: datetime) -> Read | None:
    """None: nothing that concerns us. Raises KeyError for what lacks what every item has."""
    contact_id = whose(raw)
    if not contact_id:
        return None
    common = {"contact_id": contact_id, "id": str(raw["msgid"]), "at": sent_at(raw, now)}
    if raw.get("msgtype") == "event":
        return _event(raw["event"], common)
    if raw.get("origin") != CUSTOMER:
        return None
    kind = str(raw.get("msgtype", ""))
    body = raw.get(kind)
    return _said(kind, body if isinstance(body, Mapping) else {}, common)


def _event(event: Json, common: dict[str, Any]) -> Read | None:
    match event.get("event_type"):
        case "enter_session" if event.get("welcome_code"):
            return Entered(code=str(event["welcome_code"]), **common)
        case "msg_send_fail":
            reason = _FAILURES.get(int(event.get("fail_type", 0)), "微信未说明原因")
            return NotDelivered(msgid=str(event.get("fail_msgid", "")), reason=reason, **common)
        case "session_status_change" if text := _SESSION_CHANGES.get(int(event.get("change_type", 0))):
            return Told(text=text, **common)
        case "user_recall_msg":
            return Recalled(recalled=str(event.get("recall_msgid", "")), **common)
    return None


def _said(kind: str, body: Json, common: dict[str, Any]) -> Said:
    match kind:
        case "text":
            return Said(text=str(body.get("content", "")), tapped=str(body.get("menu_id", "")), **common)
        case "link":
            return Said(text=_lines(body, "title", "desc", "url"), **common)
        case "location":
            return Said(text=_place(body), attachment=_location(body), **common)
    return Said(attachment=_attachment(kind, str(body.get("media_id", ""))), **common)


def _attachment(kind: str, media_id: str) -> Attachment:
    match kind:
        case "image":
            return attachments.image(media_id)
        case "voice":
            return attachments.voice(media_id)
        case "video":
            return attachments.video(media_id)
        case "file":
            return attachments.file(media_id)
    return attachments.other(_OTHERS.get(kind, ""))


def _location(body: Json) -> Attachment | None:
    try:
        return attachments.location(float(body["latitude"]), float(body["longitude"]))
    except (KeyError, TypeError, ValueError):
        return None


def _place(body: Json) -> str:
    """An address usually names the place it is the address of."""
    name, address = str(body.get("name", "")), str(body.get("address", ""))
    return address if name in address else f"{address} {name}".strip()


def _lines(body: Json, *names: str) -> str:
    return "\n".join(str(body[name]) for name in names if body.get(name))
