"""The way out to followers of an Official Account: into a waiting request for free, else as counted messages."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

from bot.channel import HELD, SENT, UNCERTAIN, Capabilities, Media, Outcome, gone
from bot.channels.wechat.packing import LONGEST_BYTES, Package, as_message, pack, with_links
from bot.channels.wechat.slots import Slots
from bot.channels.wechat.windows import ReplyWindows
from bot.clock import Clock
from bot.domain.conversations import Message
from bot.domain.reply_windows import Answer, Verdict

CHANNEL = "wechat"
#: From so few on the agent is told how many are left.
FEW = 1

#: Adds a line to a conversation's timeline: its id, and what, in Chinese.
Note = Callable[[str, str], Awaitable[None]]


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

    def __init__(
        self, service: CustomerService, *, slots: Slots, windows: ReplyWindows, clock: Clock, note: Note
    ) -> None:
        self._service = service
        self._slots = slots
        self._windows = windows
        self._clock = clock
        self._note = note
        #: How many parts of a long message have left, by contact: it is gone on with, not begun again.
        self._begun: dict[str, tuple[int, int]] = {}
        #: Customers of whom the agent knows that nothing can be sent now.
        self._told: set[str] = set()

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
        now, window = self._clock.now(), await self._windows.of(contact_id)
        if not window.is_open(now):
            return gone("用户超过规定时间没有来消息，微信不再允许发送")
        if not window.left(now):
            return await self._hold(contact_id, head)
        if not window.allows(head.kind, head.speaker, now):
            return gone("微信剩余的条数留给答复，自动提示未发送")
        answer = await self._service.send(_open_id(contact_id), message)
        return await self._act_on(answer, contact_id, head)

    async def _act_on(self, answer: Answer, contact_id: str, head: Message) -> Outcome:
        match answer.verdict:
            case Verdict.SENT | Verdict.UNCERTAIN:
                await self._count(contact_id, head)
                return SENT if answer.verdict is Verdict.SENT else UNCERTAIN
            case Verdict.USED_UP:
                await self._windows.used_up(contact_id)
                return await self._hold(contact_id, head)
            case Verdict.TOO_LATE | Verdict.UNREACHABLE:
                await self._windows.closed(contact_id)
        return gone(answer.reason)

    async def _count(self, contact_id: str, head: Message) -> None:
        self._told.discard(contact_id)
        left = (await self._windows.spent(contact_id)).left(self._clock.now())
        if left <= FEW:
            await self._note(head.conversation_id, f"微信只允许再发{left}条消息，用户再次来消息后恢复")

    async def _hold(self, contact_id: str, head: Message) -> Outcome:
        """It waits for the customer's next message; the agent is told once."""
        if contact_id not in self._told:
            self._told.add(contact_id)
            await self._note(head.conversation_id, "微信允许的条数已用完，未发出的消息在用户下次来消息时自动发送")
        return HELD


def _open_id(contact_id: str) -> str:
    return contact_id.partition(":")[2]
