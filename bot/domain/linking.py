"""Reads what a customer writes to link his channels, and hides codes from everybody but him. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from bot.domain.company import Linking
from bot.domain.conversations import Message

HIDDEN = "******"
#: Ids of messages that show a code to the customer begin so.
CODE_MESSAGE = "link-code/"
CHANNEL_NAMES = {"web": "网页", "wechat": "微信", "wechat_kf": "微信客服", "telegram": "Telegram"}

# \d is a figure of any width.
_CODE = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}(?!\d)")
_REDEEM = re.compile(r"(?:绑定|关联)(?:验证码|码)?[:：,，是]?(\d{6})")


class Wish(StrEnum):
    ASK = "ask"
    REDEEM = "redeem"
    UNDO = "undo"


class Wished(NamedTuple):
    wish: Wish
    code: str = ""


def wished(text: str, linking: Linking, *, asking: bool) -> Wished | None:
    """What the message wants; None: something else. `asking`: he has a code, so a bare one is an answer to it."""
    plain = re.sub(r"[\s“”\"'。！!\-]", "", unicodedata.normalize("NFKC", text))
    if plain in linking.ask:
        return Wished(Wish.ASK)
    if plain in linking.undo:
        return Wished(Wish.UNDO)
    if found := _REDEEM.fullmatch(plain):
        return Wished(Wish.REDEEM, found[1])
    if asking and re.fullmatch(r"\d{6}", plain):
        return Wished(Wish.REDEEM, plain)
    return None


def codes_in(text: str) -> list[str]:
    """What may be a code in the text."""
    return [re.sub(r"\D", "", unicodedata.normalize("NFKC", found)) for found in _CODE.findall(text)]


def without_codes(text: str) -> str:
    return _CODE.sub(HIDDEN, text)


def code_hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def text_for_staff(message: Message) -> str:
    """A code is shown to its customer only: whoever knows it passes for him."""
    return without_codes(message.text) if message.id.startswith(CODE_MESSAGE) else message.text


def channel_name(contact_id: str) -> str:
    channel = contact_id.partition(":")[0]
    return CHANNEL_NAMES.get(channel, "其他渠道")


def channel_names(contact_ids: Sequence[str]) -> str:
    return "、".join(dict.fromkeys(channel_name(each) for each in contact_ids))
