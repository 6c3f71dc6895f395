"""Tells the agent before the time is over in which a customer can still be written to."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from bot.channels.wechat.windows import ReplyWindows
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Conversation, Owner
from bot.domain.events import ConversationChanged, ReplyLimited
from bot.ports import Conversations, NoSuchConversation, Timer, TimerStore, Transcripts

WINDOW_CLOSES = "window_closes"
#: So long before its end; a window that lasts no longer than a minute is not worth a word.
WARNED_BEFORE = timedelta(hours=2)
NOT_WORTH_A_WORD = timedelta(minutes=2)
_PEOPLE = (Owner.QUEUE, Owner.AGENT)


class WindowClosing:
    """A timer for each conversation that people have; the assistant has answered long before."""

    def __init__(
        self,
        channels: Collection[str],
        *,
        windows: ReplyWindows,
        timers: TimerStore,
        timer_set: Callable[[datetime], None],
        conversations: Conversations,
        transcripts: Transcripts,
        company: CompanyProfile,
        clock: Clock,
    ) -> None:
        self._channels = channels
        self._windows = windows
        self._timers = timers
        self._timer_set = timer_set
        self._conversations = conversations
        self._transcripts = transcripts
        self._company = company
        self._clock = clock

    async def conversation_changed(self, event: ConversationChanged) -> None:
        """A reaction: the customer wrote to people, or was handed over to them."""
        c, before = event.conversation, event.before
        if c.channel not in self._channels or c.owner not in _PEOPLE:
            return
        if before and before.owner in _PEOPLE and before.customer_seq == c.customer_seq:
            return
        if closes := await self._closes(c):
            await self._arm(c, closes)

    async def warn(self, timer: Timer) -> None:
        """The time has come: tell it, unless the customer wrote meanwhile or nobody has him any more."""
        c = await self._transcripts.get(timer.subject)
        closes = await self._closes(c) if c and c.owner in _PEOPLE else None
        if c is None or closes is None:
            await self._timers.drop(timer.key)
        elif closes - WARNED_BEFORE > self._clock.now():
            await self._arm(c, closes)
        else:
            await self._tell(c, closes)
            await self._timers.drop(timer.key)

    async def _closes(self, c: Conversation) -> datetime | None:
        now = self._clock.now()
        closes = (await self._windows.of(c.contact_id)).closes_at(now)
        return closes if closes and closes - now > NOT_WORTH_A_WORD else None

    async def _arm(self, c: Conversation, closes: datetime) -> None:
        due_at = max(closes - WARNED_BEFORE, self._clock.now())
        await self._timers.put(Timer(kind=WINDOW_CLOSES, subject=c.id, due_at=due_at))
        self._timer_set(due_at)

    async def _tell(self, c: Conversation, closes: datetime) -> None:
        local = closes.astimezone(self._company.company.zone)
        text = (
            f"微信只允许在{local.month}月{local.day}日{local:%H:%M}之前给这位用户发消息，"
            "之后要等用户再次来消息；有话请尽早答复，或改用电话"
        )
        try:
            async with self._conversations.open(c.id) as work:
                # Locked now: another replica that was told by the same timer sees what the first has written.
                if text not in [fact.text for fact in await self._transcripts.facts(c.id)]:
                    work.note("channel", text)
                    work.emit(ReplyLimited(work.conversation, text))
        except NoSuchConversation:
            return
