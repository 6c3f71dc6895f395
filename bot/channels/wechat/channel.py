"""The way out to followers of an Official Account: into a waiting request for free, else as counted messages."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.channel import SENT, UNCERTAIN, Capabilities, Media, MediaRefused, Outcome, gone
from bot.channels.wechat.allowance import Allowance
from bot.channels.wechat.files import MB, Kind, OutgoingFiles, sizes, why_not
from bot.channels.wechat.packing import LONGEST_BYTES, Package, as_message, pack, with_links
from bot.channels.wechat.slots import Slots
from bot.domain.conversations import Message
from bot.domain.files import FileGone, StoredFile
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

    def __init__(self, service: CustomerService, *, slots: Slots, allowance: Allowance, files: OutgoingFiles) -> None:
        self._files = files
        self._service = service
        self._slots = slots
        self._allowance = allowance
        #: How many parts of a long message have left, by contact: it is gone on with, not begun again.
        self._begun: dict[str, tuple[int, int]] = {}

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
        for place in range(self._parts_done(contact_id, head), package.number_of_parts):
            if not self._answer_request(contact_id, package, place):
                outcome = await self._send_counted(contact_id, head, package, place)
                if outcome not in (SENT, UNCERTAIN):
                    return outcome
                uncertain = uncertain or outcome == UNCERTAIN
            self._begun[contact_id] = (head.seq, place + 1)
        self._begun.pop(contact_id, None)
        return UNCERTAIN if uncertain else SENT

    def _answer_request(self, contact_id: str, package: Package, place: int) -> bool:
        """Say it in a request of WeChat's that waits. A file does not go there: its upload may take too long."""
        if place == len(package.parts):
            return False
        return self._slots.fill(contact_id, with_links(package.parts[place], package.choices_at(place)))

    def _parts_done(self, contact_id: str, head: Message) -> int:
        seq, done = self._begun.get(contact_id, (0, 0))
        return done if seq == head.seq else 0

    async def _send_counted(self, contact_id: str, head: Message, package: Package, place: int) -> Outcome:
        """Send it if it is worth what it costs."""
        await self._slots.until_left(contact_id)
        if refusal := await self._allowance.refusal(contact_id, head):
            return refusal
        try:
            message = await self._part(contact_id, head, package, place)
        except (FileGone, MediaRefused) as problem:
            return gone(why_not(problem))
        answer = await self._service.send(_open_id(contact_id), message)
        return await self._allowance.outcome(answer, contact_id, head)

    async def _part(self, contact_id: str, head: Message, package: Package, place: int) -> Mapping[str, Any]:
        """Raises FileGone, MediaRefused and ChannelDown."""
        if place == len(package.parts):
            return await self._files.as_message(contact_id, head)
        return as_message(package.parts[place], package.choices_at(place))


def _open_id(contact_id: str) -> str:
    return contact_id.partition(":")[2]
