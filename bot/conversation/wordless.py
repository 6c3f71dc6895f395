"""What is answered to a message that carries something and no words: kept for people, and words are asked for."""

from bot.domain.company import CompanyProfile
from bot.domain.conversations import Attachment, AttachmentKind


def polite_answer(company: CompanyProfile, attachment: Attachment) -> str:
    say = company.channel_scripts
    answers = {
        AttachmentKind.IMAGE: say.picture_kept,
        AttachmentKind.VOICE: say.voice_kept,
        AttachmentKind.VIDEO: say.file_kept,
        AttachmentKind.FILE: say.file_kept,
        AttachmentKind.LOCATION: say.location_kept,
        AttachmentKind.OTHER: say.unreadable,
    }
    return company.fill(answers[attachment.kind])
