"""What the customer means by a push: a tapped item means its button, a position means its address."""

from bot.channel import Incoming
from bot.channels import attachments
from bot.channels.wechat.channel import CHANNEL, contact_id_of
from bot.channels.wechat.inbound import Inbound, What
from bot.channels.wechat.packing import button_of, chosen
from bot.domain.conversations import Attachment
from bot.ports import Contact, Transcripts


class Reader:
    def __init__(self, transcripts: Transcripts) -> None:
        self._transcripts = transcripts

    async def __call__(self, push: Inbound) -> Incoming:
        contact = Contact(contact_id_of(push.open_id), CHANNEL)
        if push.what is What.CLICK:
            return Incoming(contact=contact, id=push.id, text=push.key)
        text = await meant(self._transcripts, contact.id, push.tapped, push.text)
        return Incoming(contact=contact, id=push.id, text=text, attachment=_attachment(push))


async def meant(transcripts: Transcripts, contact_id: str, tapped: str, text: str) -> str:
    """What the button number `tapped` stands for; the title, which is all WeChat tells, if it is none of ours."""
    number = chosen(tapped)
    if number is None:
        return text
    seq, place = number
    found = next((m for m in await transcripts.history(contact_id, seq - 1) if m.seq == seq), None)
    button = button_of(found, place) if found else None
    return button.payload if button and button.title == text else text


def _attachment(push: Inbound) -> Attachment | None:
    match push.what:
        case What.IMAGE:
            return attachments.image(push.media_id)
        case What.VOICE:
            return attachments.voice(push.media_id)
        case What.VIDEO:
            return attachments.video(push.media_id)
        case What.LOCATION if push.latitude is not None and push.longitude is not None:
            return attachments.location(push.latitude, push.longitude)
        case What.OTHER:
            return attachments.other()
    return None
