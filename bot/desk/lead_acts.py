"""What only a team lead does: watch a conversation, whisper to its agent, tell all agents something."""

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta

from bot.clock import Clock
from bot.desk.accounts import check_groups
from bot.desk.log import DeskLog
from bot.desk.permission import refuse_if
from bot.domain.conversations import Conversation, Owner
from bot.domain.desk_log import Did, LogEntry
from bot.domain.events import Broadcast, Event, Whispered
from bot.domain.staff import Staff
from bot.domain.text import clean
from bot.ports import Conversations

#: Who looks again within this is still watching: one line in the log.
STILL_WATCHING = timedelta(minutes=10)


class LeadActs:
    def __init__(
        self,
        *,
        conversations: Conversations,
        log: DeskLog,
        clock: Clock,
        groups: Collection[str],
        publish: Callable[[Sequence[Event]], None],
    ) -> None:
        self._conversations = conversations
        self._log = log
        self._clock = clock
        self._groups = groups
        self._publish = publish

    async def watched(self, c: Conversation, who: Staff) -> None:
        """Somebody reads what an agent is just writing with a customer. Logged; neither of the two notices."""
        if c.owner is not Owner.AGENT or c.staff_id == who.staff_id or c.closed:
            return
        now = self._clock.now()
        text = f"工号 {who.staff_id} 旁观工号 {c.staff_id} 的会话"
        entry = LogEntry(
            at=now, did=Did.WATCH, staff_id=who.staff_id, about=c.staff_id, conversation_id=c.id, text=text
        )
        await self._log.note_once(entry, since=now - STILL_WATCHING)

    async def whisper(self, conversation_id: str, who: Staff, raw: object) -> Conversation:
        """A note that the conversation's agent sees and the customer never. Raises BadText, NotAllowed."""
        text = clean(raw)
        async with self._conversations.open(conversation_id) as work:
            c = work.conversation
            refuse_if(c.owner is not Owner.AGENT, "这个会话现在没有坐席在接待，不能发悄悄话。")
            refuse_if(c.staff_id == who.staff_id, "这个会话由您自己接待。")
            work.note("whisper", f"班长 {who.staff_id} 悄悄话：{text}", who.staff_id)
            work.log(Did.WHISPER, f"工号 {who.staff_id} 对工号 {c.staff_id} 悄悄话：{text}", who.staff_id, c.staff_id)
            work.emit(Whispered(c, text, who.staff_id, self._clock.now()))
            return work.conversation

    async def broadcast(self, who: Staff, raw: object, group: str) -> LogEntry:
        """Tell all agents and leads something, or those of one group. Raises BadText, BadAccount."""
        text = clean(raw)
        if group:
            check_groups((group,), self._groups)
        entry = LogEntry(at=self._clock.now(), did=Did.BROADCAST, staff_id=who.staff_id, about=group or None, text=text)
        await self._log.note(entry)
        self._publish([Broadcast(entry)])
        return entry
