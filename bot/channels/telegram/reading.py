"""What an update of Telegram says, in our own terms. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.channel import Incoming
from bot.channels import attachments
from bot.channels.telegram.channel import CHANNEL, contact_id
from bot.domain.conversations import Attachment
from bot.ports import Contact


@dataclass(frozen=True)
class Command:
    """/start, /help and the like: `name` without the slash."""

    contact: Contact
    id: str
    name: str
    #: What was written behind it.
    words: str = ""


@dataclass(frozen=True)
class Written:
    """A message, or (`incoming.edited`) a message that was changed, if only in what we do not see."""

    incoming: Incoming
    #: The number in its chat, which stays the same.
    message_id: int

    @property
    def contact(self) -> Contact:
        return self.incoming.contact


@dataclass(frozen=True)
class Tap:
    """A button was tapped."""

    contact: Contact
    id: str
    data: str
    #: To be answered, or the button goes on turning.
    query_id: str


@dataclass(frozen=True)
class Reachable:
    """The customer blocked the bot, or took it back."""

    contact: Contact
    reachable: bool


Read = Written | Command | Tap | Reachable
_COMMAND = re.compile(r"/(start|help|human)(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
#: What a link to the bot may carry (`t.me/bot?start=…`): nothing that somebody has written.
_CODE = re.compile(r"[A-Za-z0-9_-]{0,64}")


_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")


def read(update: Update) -> Read | None:
    """None: nothing a customer said (a group, a channel, a place that moved)."""
    number = str(update.update_id)
    if update.message and update.message.chat.type == ChatType.PRIVATE:
        return _message(update.message, number)
    if update.edited_message and update.edited_message.chat.type == ChatType.PRIVATE:
        return _edited(update.edited_message, number)
    if update.callback_query:
        return _tap(update.callback_query, number)
    if update.my_chat_member and update.my_chat_member.chat.type == ChatType.PRIVATE:
        return _membership(update.my_chat_member)
    return None


def _contact(chat_id: int) -> Contact:
    return Contact(id=contact_id(chat_id), channel=CHANNEL)


def chat_of(raw: Mapping[str, Any]) -> object:
    """Whose update it is, as far as it can be told of one that may make no sense."""
    about: Mapping[str, Any] = next((raw[kind] for kind in _KINDS if isinstance(raw.get(kind), Mapping)), {})
    chat = about.get("chat") or about.get("from")
    return chat.get("id") if isinstance(chat, Mapping) else None


def read_plainly(raw: Mapping[str, Any]) -> Written | None:
    """What can be told of a message that the library cannot read, being older than it or wrong about it."""
    message, number = raw.get("message") or raw.get("edited_message"), raw.get("update_id")
    if not isinstance(message, Mapping) or not isinstance(number, int):
        return None
    chat, said = message.get("chat"), message.get("text") or message.get("caption")
    if not isinstance(chat, Mapping) or chat.get("type") != ChatType.PRIVATE or not isinstance(chat.get("id"), int):
        return None
    text = said if isinstance(said, str) else ""
    contact, attachment = _contact(chat["id"]), None if text else attachments.other()
    incoming = Incoming(contact=contact, id=str(number), text=text, attachment=attachment)
    return Written(incoming, int(message.get("message_id") or 0))


def _message(message: Message, number: str) -> Written | Command:
    contact, words = _contact(message.chat.id), _words(message)
    if command := _COMMAND.fullmatch(message.text or ""):
        name, behind = command[1].lower(), (command[2] or "").strip()
        if name == "human" or not behind or (name == "start" and _CODE.fullmatch(behind)):
            return Command(contact, number, name, behind if name == "human" else "")
        words = behind
    incoming = Incoming(contact=contact, id=number, text=words, attachment=_attachment(message))
    return Written(incoming, message.message_id)


def _edited(message: Message, number: str) -> Written | None:
    """The new words. A live location reports each step as an edit: the first one is kept."""
    text = _words(message)
    if not text or message.location:
        return None
    incoming = Incoming(
        contact=_contact(message.chat.id), id=number, text=text, attachment=_attachment(message), edited=True
    )
    return Written(incoming, message.message_id)


def _tap(query: CallbackQuery, number: str) -> Tap | None:
    # In a private chat the chat's number is the customer's.
    if query.data is None or (query.message and query.message.chat.type != ChatType.PRIVATE):
        return None
    return Tap(_contact(query.from_user.id), number, query.data, query.id)


def _membership(change: ChatMemberUpdated) -> Reachable:
    blocked = change.new_chat_member.status in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
    return Reachable(_contact(change.chat.id), not blocked)


def _words(message: Message) -> str:
    """What was written, or what stands for it: a shared telephone number, the address of a shared place."""
    if message.text or message.caption:
        return message.text or message.caption or ""
    if message.contact:
        return message.contact.phone_number
    if message.venue:
        return f"{message.venue.address} {message.venue.title}".strip()
    return ""


def _attachment(message: Message) -> Attachment | None:
    if message.text or message.contact:
        return None
    return _picture(message) or _recording(message) or _place(message) or attachments.other(_name_of(message))


def _picture(message: Message) -> Attachment | None:
    if message.photo:
        return attachments.image(message.photo[-1].file_id)  # the largest comes last
    if message.document and (message.document.mime_type or "").startswith("image/"):
        return attachments.image(message.document.file_id)
    if message.document and not message.animation:
        return attachments.file(message.document.file_id, message.document.file_name or "")
    return None


def _recording(message: Message) -> Attachment | None:
    if sound := message.voice or message.audio:
        return attachments.voice(sound.file_id, _seconds(sound.duration))
    if film := message.video or message.video_note or message.animation:
        return attachments.video(film.file_id, _seconds(film.duration))
    return None


def _place(message: Message) -> Attachment | None:
    place = message.location or (message.venue.location if message.venue else None)
    return attachments.location(place.latitude, place.longitude) if place else None


def _name_of(message: Message) -> str:
    return f"表情 {message.sticker.emoji or ''}".strip() if message.sticker else ""


def _seconds(length: int | timedelta) -> int:
    return int(length.total_seconds()) if isinstance(length, timedelta) else length
