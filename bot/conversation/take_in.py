"""Takes in what a channel read, whatever it is: nothing a customer sends is refused or lost."""

import hashlib
import unicodedata
from typing import Protocol

from bot.channel import Incoming
from bot.domain.conversations import Attachment, AttachmentKind, Message
from bot.domain.text import LONGEST, tidy
from bot.ports import Contact

#: Of a platform; room is left for what is appended to it.
LONGEST_ID = 70
UNREADABLE = Attachment(kind=AttachmentKind.OTHER, label="［无法显示的消息］")


class Receive(Protocol):
    async def __call__(
        self,
        contact: Contact,
        message_id: str | None,
        raw: object,
        attachment: Attachment | None = None,
        *,
        edited: bool = False,
    ) -> Message: ...


class TakeIn:
    """The way in for platforms, which have nobody to show an error to; a page may refuse and say why."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive

    async def __call__(self, incoming: Incoming) -> Message:
        """Store it and return the (first) message; the same id again returns the first."""
        words, message_id = tidy(incoming.text), _fitting(incoming.id)
        attachment = incoming.attachment
        if not _visible(words):
            attachment = attachment or UNREADABLE
            words = attachment.label
        parts = [words[at : at + LONGEST] for at in range(0, len(words), LONGEST)]
        first = await self._receive(incoming.contact, message_id, parts[0], attachment, edited=incoming.edited)
        for number, part in enumerate(parts[1:], start=2):
            if _visible(part):
                await self._receive(incoming.contact, f"{message_id}/{number}", part)
        return first


def _fitting(number: str) -> str:
    """A number that is too long for the database would come again and again."""
    return number if len(number) <= LONGEST_ID else hashlib.sha256(number.encode()).hexdigest()


def _visible(text: str) -> bool:
    return any(unicodedata.category(char)[0] not in "CZ" for char in text)
