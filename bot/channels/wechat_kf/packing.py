"""Our messages as 微信客服's, and the numbers they are sent under."""

import hashlib
import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from bot.channels.wechat.packing import Choice, Package, carries_file, choices_of, divided
from bot.domain.conversations import Kind, Message, Speaker

#: `text.content`; `msgmenu.head_content` and the number of its items (95008).
LONGEST_BYTES, LONGEST_HEAD_BYTES, MOST_ITEMS = 2048, 1024, 10
_BETWEEN = "\n\n"

type Json = dict[str, Any]


def pack(messages: Sequence[Message]) -> Package:
    """What was said in one go becomes one message of the platform's, as far as it fits.

    Those have one moment and are stored together, so that the same rows always make the same message: whoever sends
    it again, after a crash or from another replica, sends it under the same number.
    """
    first = messages[0]
    if carries_file(first):
        return Package(1, divided(first.caption, LONGEST_BYTES), file=True)
    text, choices, count = _worded(first), choices_of(first)[:MOST_ITEMS], 1
    together = takewhile(lambda m: m.at == first.at and not _alone(m), () if _alone(first) else messages[1:])
    for message in together:
        longer, more = text + _BETWEEN + _worded(message), choices_of(message)[:MOST_ITEMS]
        if choices or len(longer.encode()) > _longest(more):
            break
        text, choices, count = longer, more, count + 1
    return Package(count, _parts(text, choices), choices)


def as_message(text: str, choices: Sequence[Choice]) -> Json:
    if not choices:
        return {"msgtype": "text", "text": {"content": text}}
    items = [{"type": "click", "click": {"id": choice.number, "content": choice.title}} for choice in choices]
    return {"msgtype": "msgmenu", "msgmenu": {"head_content": text, "list": items}}


def msgid_of(contact_id: str, message: Message, part: int) -> str:
    """At most 32 characters of [0-9a-zA-Z_-], the same for the same message; `numbered` reads it."""
    return f"{message.seq}-{part}-{_digest(contact_id, message)}"


def sent_as(msgid: str, contact_id: str, history: Sequence[Message]) -> Sequence[Message]:
    """Which of these were sent as `msgid`; `history` begins with message number `numbered(msgid)` or earlier."""
    ours = [message for message in history if message.speaker is not Speaker.CUSTOMER]
    digest = msgid.rpartition("-")[2]
    place = next((n for n, m in enumerate(ours) if m.seq == numbered(msgid) and _digest(contact_id, m) == digest), None)
    return () if place is None else ours[place : place + pack(ours[place:]).count]


def numbered(msgid: str) -> int | None:
    """The number of the (first) message that was sent as `msgid`; None if it is none of ours."""
    found = re.fullmatch(r"(\d{1,9})-\d+-[0-9a-f]+", msgid)
    return int(found[1]) if found else None


def _digest(contact_id: str, message: Message) -> str:
    return hashlib.sha256(f"{contact_id} {message.id}".encode()).hexdigest()[:16]


def _alone(message: Message) -> bool:
    """As the outbox hands it over."""
    return message.kind is Kind.SAFETY or message.attachment is not None


def _worded(message: Message) -> str:
    """More buttons than a menu holds are words: who writes one says the same as who taps it."""
    rest = choices_of(message)[MOST_ITEMS:]
    return "\n".join([message.text, *(f"· {choice.title}" for choice in rest)])


def _parts(text: str, choices: Sequence[Choice]) -> tuple[str, ...]:
    parts = divided(text, LONGEST_BYTES)
    if choices and len(parts[-1].encode()) > LONGEST_HEAD_BYTES:
        parts = (*parts[:-1], *divided(parts[-1], LONGEST_HEAD_BYTES))
    return parts


def _longest(choices: Sequence[Choice]) -> int:
    return LONGEST_HEAD_BYTES if choices else LONGEST_BYTES
