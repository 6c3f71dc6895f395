"""What a channel is: a way on which customers write and are answered. docs/new-channel.md tells how to add one.

Inward a channel hands each message to `TakeIn` and tells its platform "received" only when that has returned: what is
acknowledged is stored. Outward the outbox calls `send`, one call of a contact at a time, and acts on what it returns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol, runtime_checkable

from bot.domain.conversations import Attachment, Delivery, Message
from bot.domain.files import StoredFile
from bot.ports import Contact


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One message of a customer, as a channel read it."""

    contact: Contact
    #: The sender's or the platform's number of it: what comes again with the same number is the same message.
    id: str
    #: What was written, or the caption of the attachment; "" if nothing was.
    text: str = ""
    #: What came with it; of kind OTHER for what the channel does not know.
    attachment: Attachment | None = None
    #: The customer changed what he had written before; this is the new wording.
    edited: bool = False


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What the platform can do."""

    #: Characters of one message; longer texts are divided by the channel (`bot/channels/dividing.py`).
    text_limit: int
    buttons: bool = False
    typing: bool = False
    #: Attachments can be opened: see FetchesAttachments.
    attachments: bool = False
    #: Files of ours that it sends as they are: content type → bytes at most. Others go as a line of text with a link.
    sends: Mapping[str, int] = field(default_factory=dict)
    #: The customer's side asks for what it missed (a web page): what nobody was there for need not be kept trying.
    fetches: bool = False
    #: The platform knows a message that is sent again: what may have left can be sent once more, and arrives once.
    idempotent: bool = False
    #: `send` may take several messages as one; else it is given one at a time.
    merges: bool = True

    def carries(self, file: StoredFile) -> bool:
        return file.size <= self.sends.get(file.content_type, -1)


@dataclass(frozen=True)
class Outcome:
    """What became of one message."""

    delivery: Delivery
    #: For the agent, in Chinese: why it will never arrive.
    reason: str = ""


#: The platform has taken it.
SENT = Outcome(Delivery.SENT)
#: It was handed over, and nothing tells whether it arrived: not repeated, except for a safety instruction.
UNCERTAIN = Outcome(Delivery.UNCERTAIN)
#: Nobody is there, or nothing may be sent now: it stays as it is until the contact fetches it, or writes again.
HELD = Outcome(Delivery.PENDING)


def gone(reason: str) -> Outcome:
    """It can never arrive (the customer blocked us); the agent is told why."""
    return Outcome(Delivery.FAILED, reason)


class ChannelDown(Exception):
    """The channel could not send; certain that nothing arrived, so it is tried again, after `retry_after` if given."""

    def __init__(self, reason: str, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Media:
    """What an attachment is: a picture, a voice message…"""

    content: bytes
    #: "image/jpeg"; as the platform says, so not to be trusted.
    content_type: str


class MediaGone(Exception):
    """The platform does not have it any more."""


class MediaTooLarge(MediaGone):
    """It is larger than the platform gives to us, or than we take from it."""


class MediaRefused(Exception):
    """The platform will not take a file of ours; the text tells the agent why, in Chinese."""


@runtime_checkable
class FetchesAttachments(Protocol):
    """A channel whose attachments can be opened by staff (`Capabilities.attachments`)."""

    async def fetch(self, reference: str) -> Media:
        """What `Attachment.reference` stands for. Raises MediaGone, MediaTooLarge, and ChannelDown for a while."""
        ...


class Channel(Protocol):
    name: str

    @property
    def capabilities(self) -> Capabilities: ...

    async def send(self, contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        """Hand over the first of what waits for this contact, or several of them as one.

        Returns what became of each message it dealt with, in order, one at least; the others come with the next call.
        A channel that fetches, or does not merge, is given one message at a time. A message that carries a file
        (`message.attachment.file`, its words in `message.caption`) comes alone, and only if `capabilities` take it; the
        bytes are had from bot/files/shelf.py.

        Raises ChannelDown: nothing of `messages` arrived.
        """
        ...

    async def typing(self, contact_id: str, on: bool, speaker: str) -> None:
        """Show that `speaker` ("agent", "bot") is writing; best effort, never raises for the platform's sake."""
        ...
