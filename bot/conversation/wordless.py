"""What is answered to a message that carries something and no words: kept for people, and words are asked for."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.company import CompanyProfile
from bot.domain.conversations import AttachmentKind, Message, Speaker

#: The pictures of an album come one after the other, each a message of its own.
IN_ONE_GO = timedelta(minutes=1)
#: Messages among which the album's first answer is; WeChat lets nine pictures be chosen.
LATELY = 20


def polite_answer(company: CompanyProfile, message: Message) -> str:
    assert message.attachment is not None
    say = company.channel_scripts
    answers = {
        AttachmentKind.IMAGE: say.picture_kept,
        AttachmentKind.VOICE: say.voice_kept,
        AttachmentKind.VIDEO: say.file_kept,
        AttachmentKind.FILE: say.file_kept,
        AttachmentKind.LOCATION: say.location_kept,
        AttachmentKind.OTHER: say.unreadable,
    }
    return company.fill(answers[message.attachment.kind])


def said_in_one_go(lately: Sequence[Message], excuse: str) -> bool:
    """Whether the last thing said to the customer is this, a moment before what he sends now."""
    said = next((message for message in reversed(lately) if message.speaker is not Speaker.CUSTOMER), None)
    return said is not None and said.text == excuse and lately[-1].at - said.at < IN_ONE_GO
