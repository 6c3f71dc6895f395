"""The way out to followers of an Official Account: into a waiting request for free, else as counted messages."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from bot.channel import SENT, UNCERTAIN, Capabilities, Media, Outcome
from bot.channels.wechat.counted import CountedParts
from bot.channels.wechat.files import MB, Kind, sizes
from bot.channels.wechat.packing import LONGEST_BYTES, Package, pack, with_links
from bot.channels.wechat.slots import Slots
from bot.domain.conversations import Message
from bot.domain.files import StoredFile
from bot.domain.reply_windows import Answer

CHANNEL = "wechat"


class CustomerService(Protocol):
    async def send(self, open_id: str, message: Mapping[str, Any]) -> Answer:
        """Raises ChannelDown."""
        ...

    async def typing(self, open_id: str, on: bool) -> None: ...

    async def upload(self, kind: str, file: StoredFile, content: bytes) -> str:
        """Raises MediaRefused and ChannelDown."""
        ...

    async def fetch(self, media_id: str) -> Media:
        """Raises MediaGone and ChannelDown."""
        ...


def contact_id_of(open_id: str) -> str:
    return f"{CHANNEL}:{open_id}"


#: What is sent as it is; other types go as a link (客服消息 knows no files).
KINDS = dict.fromkeys(("image/jpeg", "image/png", "image/gif"), Kind("image", 10 * MB))


class WeChatChannel:
    """Implements channel.Channel."""

    name = CHANNEL
    #: A Chinese character has three bytes.
    capabilities = Capabilities(
        text_limit=LONGEST_BYTES // 3, buttons=True, typing=True, attachments=True, sends=sizes(KINDS)
    )

    def __init__(self, service: CustomerService, *, slots: Slots, parts: CountedParts) -> None:
        self._service = service
        self._slots = slots
        self._parts = parts

    async def send(self, contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        package = pack(messages)
        outcome = await self._send(contact_id, messages[0], package)
        if outcome not in (SENT, UNCERTAIN):
            return [outcome]  # the others are judged by themselves, with the next call
        self._slots.handed_over(contact_id, messages[package.count - 1].seq)
        return [outcome] * package.count

    async def typing(self, contact_id: str, on: bool, speaker: str) -> None:
        del speaker
        # While a request waits nothing can be shown: the answer would come before it.
        if not self._slots.is_open(contact_id):
            await self._service.typing(_open_id(contact_id), on)

    async def fetch(self, reference: str) -> Media:
        """See channel.FetchesAttachments; WeChat keeps what customers send for three days."""
        return await self._service.fetch(reference)

    async def _send(self, contact_id: str, head: Message, package: Package) -> Outcome:
        uncertain = False
        for place in await self._parts.still_to_send(contact_id, head, package):
            if not self._answer_request(contact_id, package, place):
                outcome = await self._send_counted(contact_id, head, package, place)
                if outcome not in (SENT, UNCERTAIN):
                    return outcome
                uncertain = uncertain or outcome == UNCERTAIN
            self._parts.has_left(contact_id, head, place)
        self._parts.all_left(contact_id)
        return UNCERTAIN if uncertain else SENT

    def _answer_request(self, contact_id: str, package: Package, place: int) -> bool:
        """Say it in a request of WeChat's that waits. A file does not go there: its upload may take too long."""
        if place == len(package.parts):
            return False
        return self._slots.fill(contact_id, with_links(package.parts[place], package.choices_at(place)))

    async def _send_counted(self, contact_id: str, head: Message, package: Package, place: int) -> Outcome:
        await self._slots.until_left(contact_id)
        hand_over = partial(self._service.send, _open_id(contact_id))
        return await self._parts.send(contact_id, head, package, place, hand_over)


def _open_id(contact_id: str) -> str:
    return contact_id.partition(":")[2]
