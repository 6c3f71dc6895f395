"""The way out to followers of an Official Account: into a waiting request for free, else as counted messages."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.channel import SENT, UNCERTAIN, Capabilities, Media, Outcome
from bot.channels.wechat.allowance import Allowance
from bot.channels.wechat.packing import LONGEST_BYTES, Package, as_message, pack, with_links
from bot.channels.wechat.slots import Slots
from bot.domain.conversations import Message
from bot.domain.reply_windows import Answer

CHANNEL = "wechat"


class CustomerService(Protocol):
    async def send(self, open_id: str, message: Mapping[str, Any]) -> Answer:
        """Raises ChannelDown."""
        ...

    async def typing(self, open_id: str, on: bool) -> None: ...

    async def fetch(self, media_id: str) -> Media:
        """Raises MediaGone and ChannelDown."""
        ...


def contact_id_of(open_id: str) -> str:
    return f"{CHANNEL}:{open_id}"


class WeChatChannel:
    """Implements channel.Channel."""

    name = CHANNEL
    #: A Chinese character has three bytes.
    capabilities = Capabilities(text_limit=LONGEST_BYTES // 3, buttons=True, typing=True, attachments=True)

    def __init__(self, service: CustomerService, *, slots: Slots, allowance: Allowance) -> None:
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
        done = self._parts_done(contact_id, head)
        uncertain = False
        for place, part in list(enumerate(package.parts))[done:]:
            choices = package.choices if place == len(package.parts) - 1 else ()
            if not self._slots.fill(contact_id, with_links(part, choices)):
                outcome = await self._send_counted(contact_id, head, as_message(part, choices))
                if outcome not in (SENT, UNCERTAIN):
                    return outcome
                uncertain = uncertain or outcome == UNCERTAIN
            self._begun[contact_id] = (head.seq, place + 1)
        self._begun.pop(contact_id, None)
        return UNCERTAIN if uncertain else SENT

    def _parts_done(self, contact_id: str, head: Message) -> int:
        seq, done = self._begun.get(contact_id, (0, 0))
        return done if seq == head.seq else 0

    async def _send_counted(self, contact_id: str, head: Message, message: Mapping[str, Any]) -> Outcome:
        """Send it if it is worth what it costs."""
        await self._slots.until_left(contact_id)
        if refusal := await self._allowance.refusal(contact_id, head):
            return refusal
        answer = await self._service.send(_open_id(contact_id), message)
        return await self._allowance.outcome(answer, contact_id, head)


def _open_id(contact_id: str) -> str:
    return contact_id.partition(":")[2]
