"""Passive replies: what is answered in the very request that WeChat makes; they cost nothing of the quota."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.wechat.crypto import AesKey, signature
from bot.channels.wechat.frames import write_fields
from bot.channels.wechat.inbound import Inbound

#: Tells WeChat that we have it and that nothing, or something by another way, will follow. Never encrypted.
NOTHING = b"success"


@dataclass(frozen=True)
class Envelope:
    """How the request came, so that the answer goes back the same way."""

    nonce: str
    #: The key that opened it; None in plain mode.
    key: AesKey | None
    as_json: bool


def text_reply(to: Inbound, text: str, now: datetime) -> Mapping[str, Any]:
    return {
        "ToUserName": to.open_id,
        "FromUserName": to.account,
        "CreateTime": int(now.timestamp()),
        "MsgType": "text",
        "Content": text,
    }


def sealed(
    reply: Mapping[str, Any], envelope: Envelope, *, token: str, app_id: str, now: datetime
) -> tuple[bytes, str]:
    """The body of the response, encrypted if the request was, and its media type."""
    media_type = "application/json" if envelope.as_json else "application/xml"
    body = write_fields(reply, as_json=envelope.as_json)
    if envelope.key is None:
        return body, media_type
    encrypted, stamp = envelope.key.encrypt(body, app_id), int(now.timestamp())
    wrapped = {
        "Encrypt": encrypted,
        "MsgSignature": signature(token, str(stamp), envelope.nonce, encrypted),
        "TimeStamp": stamp,
        "Nonce": envelope.nonce,
    }
    return write_fields(wrapped, as_json=envelope.as_json), media_type
