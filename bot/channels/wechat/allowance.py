"""Whether a message to a customer may be sent now, what is left after it, and what the agent is told of it."""

from collections.abc import Awaitable, Callable

from bot.channel import HELD, SENT, UNCERTAIN, Outcome, gone
from bot.channels.wechat.windows import ReplyWindows
from bot.clock import Clock
from bot.domain.conversations import Message
from bot.domain.reply_windows import Answer, Verdict

#: From so few on the agent is told how many are left.
FEW = 1
_USED_UP = "微信允许的条数已用完，未发出的消息在用户下次来消息时自动发送"

#: Adds a line to a conversation's timeline: its id, and what, in Chinese.
Note = Callable[[str, str], Awaitable[None]]


class Allowance:
    """The Official Account's and 微信客服's rules alike: so many messages, so long after the customer's last."""

    def __init__(self, windows: ReplyWindows, clock: Clock, note: Note) -> None:
        self._windows = windows
        self._clock = clock
        self._note = note
        #: Customers of whom the agent knows that nothing can be sent now.
        self._told: set[str] = set()

    async def refusal(self, contact_id: str, head: Message) -> Outcome | None:
        """What becomes of a message that is not to be sent now, or not worth what it costs; None: send it."""
        now, window = self._clock.now(), await self._windows.of(contact_id)
        if not window.is_open(now):
            return gone("用户超过规定时间没有来消息，微信不再允许发送")
        if not window.left(now):
            return await self._hold(contact_id, head, _USED_UP)
        if not window.allows(head.kind, head.speaker, now):
            return gone("微信剩余的条数留给答复，自动提示未发送")
        return None

    async def outcome(self, answer: Answer, contact_id: str, head: Message, parts: int) -> Outcome:
        """What the platform's answer to the last of so many parts means; what was sent is counted."""
        match answer.verdict:
            case Verdict.SENT | Verdict.UNCERTAIN:
                await self._count(contact_id, head, parts)
                return SENT if answer.verdict is Verdict.SENT else UNCERTAIN
            case Verdict.USED_UP:
                await self._windows.used_up(contact_id)
                return await self._hold(contact_id, head, _USED_UP)
            case Verdict.NOT_NOW:
                return await self._hold(contact_id, head, answer.reason)
            case Verdict.TOO_LATE | Verdict.UNREACHABLE:
                await self._windows.closed(contact_id)
        return gone(answer.reason)

    async def _count(self, contact_id: str, head: Message, parts: int) -> None:
        self._told.discard(contact_id)
        left = (await self._windows.spent(contact_id, (head.seq, parts))).left(self._clock.now())
        if not left:
            await self._hold(contact_id, head, _USED_UP)
        elif left <= FEW:
            await self._note(head.conversation_id, f"微信只允许再发{left}条消息，用户再次来消息后恢复")

    async def _hold(self, contact_id: str, head: Message, why: str) -> Outcome:
        """It waits for the customer's next message; the agent is told once."""
        if contact_id not in self._told:
            self._told.add(contact_id)
            await self._note(head.conversation_id, why)
        return HELD
