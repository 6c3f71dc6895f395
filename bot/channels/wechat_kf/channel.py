"""The way out to customers of 微信客服: counted messages under numbers of our own."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.channel import SENT, Capabilities, Media, MediaRefused, Outcome, gone
from bot.channels.wechat.allowance import Allowance
from bot.channels.wechat.files import MB, Kind, OutgoingFiles, sizes, why_not
from bot.channels.wechat.packing import Package
from bot.channels.wechat_kf.contacts import CHANNEL, addressed
from bot.channels.wechat_kf.packing import LONGEST_BYTES, as_message, msgid_of, pack
from bot.domain.conversations import Message
from bot.domain.file_types import FILE_TYPES
from bot.domain.files import FileGone, StoredFile
from bot.domain.reply_windows import Answer


class KfMessages(Protocol):
    async def send(self, open_kfid: str, customer: str, msgid: str, message: Mapping[str, Any]) -> Answer:
        """Raises ChannelDown, also when it may have arrived: the same `msgid` again is the same message."""
        ...

    async def upload(self, kind: str, file: StoredFile, content: bytes) -> str:
        """Raises MediaRefused and ChannelDown."""
        ...

    async def fetch(self, media_id: str) -> Media:
        """Raises MediaGone and ChannelDown."""
        ...


_FILE = Kind("file", 20 * MB)
#: Pictures and films are shown in the talk, whatever else is a file to be opened (path/90253).
KINDS = {
    **dict.fromkeys(FILE_TYPES, _FILE),
    **dict.fromkeys(("image/jpeg", "image/png"), Kind("image", 10 * MB)),
    "video/mp4": Kind("video", 10 * MB),
}


class KfChannel:
    """Implements channel.Channel."""

    name = CHANNEL
    #: A Chinese character has three bytes. Nothing can be shown of who is writing.
    capabilities = Capabilities(
        text_limit=LONGEST_BYTES // 3, buttons=True, attachments=True, sends=sizes(KINDS), idempotent=True
    )

    def __init__(self, service: KfMessages, allowance: Allowance, files: OutgoingFiles) -> None:
        self._service = service
        self._allowance = allowance
        self._files = files
        #: How many parts of a long message have left, by contact: it is gone on with, not counted again.
        self._begun: dict[str, tuple[int, int]] = {}

    async def send(self, contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        head, package = messages[0], pack(messages)
        seq, done = self._begun.get(contact_id, (0, 0))
        for place in range(done if seq == head.seq else 0, package.number_of_parts):
            outcome = await self._send(contact_id, head, package, place)
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

    async def _send(self, contact_id: str, head: Message, package: Package, place: int) -> Outcome:
        if refusal := await self._allowance.refusal(contact_id, head):
            return refusal
        try:
            message = await self._part(contact_id, head, package, place)
        except (FileGone, MediaRefused) as problem:
            return gone(why_not(problem))
        open_kfid, customer = addressed(contact_id)
        answer = await self._service.send(open_kfid, customer, msgid_of(contact_id, head, place), message)
        return await self._allowance.outcome(answer, contact_id, head)

    async def _part(self, contact_id: str, head: Message, package: Package, place: int) -> Mapping[str, Any]:
        """Raises FileGone, MediaRefused and ChannelDown."""
        if place == len(package.parts):
            return await self._files.as_message(contact_id, head)
        return as_message(package.parts[place], package.choices_at(place))
