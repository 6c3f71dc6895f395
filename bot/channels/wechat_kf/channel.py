"""The way out to customers of 微信客服: counted messages under numbers of our own."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from bot.channel import SENT, Capabilities, Media, Outcome
from bot.channels.wechat.counted import CountedParts
from bot.channels.wechat.files import MB, Kind, sizes
from bot.channels.wechat_kf.contacts import CHANNEL, addressed
from bot.channels.wechat_kf.packing import LONGEST_BYTES, msgid_of, pack
from bot.domain.conversations import Message
from bot.domain.file_types import FILE_TYPES
from bot.domain.files import StoredFile
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

    def __init__(self, service: KfMessages, parts: CountedParts) -> None:
        self._service = service
        self._parts = parts

    async def send(self, contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        head, package = messages[0], pack(messages)
        open_kfid, customer = addressed(contact_id)
        for place in await self._parts.still_to_send(contact_id, head, package):
            hand_over = partial(self._service.send, open_kfid, customer, msgid_of(contact_id, head, place))
            outcome = await self._parts.send(contact_id, head, package, place, hand_over)
            if outcome != SENT:
                return [outcome]  # the others are judged by themselves, with the next call
            self._parts.has_left(contact_id, head, place)
        self._parts.all_left(contact_id)
        return [SENT] * package.count

    async def typing(self, contact_id: str, on: bool, speaker: str) -> None:
        """微信客服 has no such thing."""

    async def fetch(self, reference: str) -> Media:
        """See channel.FetchesAttachments; 企业微信 keeps what customers send for three days."""
        return await self._service.fetch(reference)
