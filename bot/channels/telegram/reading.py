"""What an update of Telegram says, in our own terms. Pure."""

from dataclasses import dataclass
from datetime import timedelta

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


Read = Incoming | Command | Tap | Reachable
COMMANDS = frozenset({"start", "help", "human"})


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


def _message(message: Message, number: str) -> Incoming | Command:
    contact, text = _contact(message.chat.id), _words(message)
    command = text.split(maxsplit=1)[0].removeprefix("/").partition("@")[0].lower() if text.startswith("/") else ""
    if command in COMMANDS:
        return Command(contact, number, command)
    return Incoming(contact=contact, id=number, text=text, attachment=_attachment(message))


def _edited(message: Message, number: str) -> Incoming | None:
    """The new words. A live location reports each step as an edit: the first one is kept."""
    text = _words(message)
    if not text or message.location:
        return None
    return Incoming(
        contact=_contact(message.chat.id), id=number, text=text, attachment=_attachment(message), edited=True
    )


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
