"""The way out to customers of 微信客服: counted messages under numbers of our own."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.channel import SENT, Capabilities, Media, Outcome
from bot.channels.wechat.allowance import Allowance
from bot.channels.wechat_kf.contacts import CHANNEL, addressed
from bot.channels.wechat_kf.packing import LONGEST_BYTES, as_message, msgid_of, pack
from bot.domain.conversations import Message
from bot.domain.reply_windows import Answer


class KfMessages(Protocol):
    async def send(self, open_kfid: str, customer: str, msgid: str, message: Mapping[str, Any]) -> Answer:
        """Raises ChannelDown, also when it may have arrived: the same `msgid` again is the same message."""
        ...

    async def fetch(self, media_id: str) -> Media:
        """Raises MediaGone and ChannelDown."""
        ...


class KfChannel:
    """Implements channel.Channel."""

    name = CHANNEL
    #: A Chinese character has three bytes. Nothing can be shown of who is writing.
    capabilities = Capabilities(text_limit=LONGEST_BYTES // 3, buttons=True, attachments=True)

    def __init__(self, service: KfMessages, allowance: Allowance) -> None:
        self._service = service
        self._allowance = allowance
        #: How many parts of a long message have left, by contact: it is gone on with, not counted again.
        self._begun: dict[str, tuple[int, int]] = {}

    async def send(self, contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        head, package = messages[0], pack(messages)
        seq, done = self._begun.get(contact_id, (0, 0))
        for place, part in list(enumerate(package.parts))[done if seq == head.seq else 0 :]:
            choices = package.choices if place == len(package.parts) - 1 else ()
            outcome = await self._send(contact_id, head, place, as_message(part, choices))
            if outcome != SENT:
                return [outcome]  # the others are judged by themselves, with the next call
            self._begun[contact_id] = (head.seq, place + 1)
        self._begun.pop(contact_id, None)
        return [SENT] * package.count

    async def typing(self, contact_id: str, on: bool, speaker: str) -> None:
        """微信客服 has no such thing."""

    async def fetch(self, reference: str) -> Media:
        """See channel.FetchesAttachments; 企业微信 keeps what customers send for three days."""
        return await self._service.fetch(reference)

    async def _send(self, contact_id: str, head: Message, place: int, message: Mapping[str, Any]) -> Outcome:
        if refusal := await self._allowance.refusal(contact_id, head):
            return refusal
        open_kfid, customer = addressed(contact_id)
        answer = await self._service.send(open_kfid, customer, msgid_of(contact_id, head, place), message)
        return await self._allowance.outcome(answer, contact_id, head)
