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
#: Where none is open now: sooner than one that opens at once has to be warned of (48 hours, less what is given away).
LOOKED_AT_EVERY = timedelta(hours=45)
NOT_WORTH_A_WORD = timedelta(minutes=2)
_PEOPLE = (Owner.QUEUE, Owner.AGENT)


class WindowClosing:
    """A timer for each conversation that people have, while they have it; the assistant has answered long before.

    It costs nothing while the customer writes: it fires sooner than it has to then, and is put off.
    """

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
        """A reaction: the customer was handed over to people, or to another of them."""
        c, before = event.conversation, event.before
        if c.channel not in self._channels or c.owner not in _PEOPLE:
            return
        if not before or before.owner not in _PEOPLE or before.staff_id != c.staff_id:
            await self._look_again(c, await self._closes(c))

    async def warn(self, timer: Timer) -> None:
        """The time has come: tell it, unless the customer wrote meanwhile or nobody has him any more."""
        c = await self._transcripts.get(timer.subject)
        if c is None or c.owner not in _PEOPLE:
            await self._timers.drop(timer.key)
            return
        closes = await self._closes(c)
        if closes and closes - WARNED_BEFORE <= self._clock.now():
            await self._tell(c, closes)
            closes = None
        await self._look_again(c, closes)

    async def _closes(self, c: Conversation) -> datetime | None:
        now = self._clock.now()
        closes = (await self._windows.of(c.contact_id)).closes_at(now)
        return closes if closes and closes - now > NOT_WORTH_A_WORD else None

    async def _look_again(self, c: Conversation, closes: datetime | None) -> None:
        """In time for what is known to come. What he may write from now on opens a window that ends later than that."""
        now = self._clock.now()
        due_at = max(closes - WARNED_BEFORE, now) if closes else now + LOOKED_AT_EVERY
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
