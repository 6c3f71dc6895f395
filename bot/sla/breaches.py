"""The two minutes: warning, breach and move (S0 回复要求 3)."""

from datetime import datetime

from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Breach, Conversation, Draft, Kind, Priority, Speaker
from bot.domain.events import AgentWarned, PromiseBroken, QueueChanged
from bot.domain.transitions import lapsed
from bot.ports import Work
from bot.sla.limits import Limits

REPLY = "reply"
QUEUE = "queue"


class ReplyLimit:
    def __init__(self, company: CompanyProfile, clock: Clock, limits: Limits) -> None:
        self._company = company
        self._clock = clock
        self._limits = limits

    async def warn(self, work: Work) -> None:
        """The agent has half a minute left."""
        work.change(warned=True)
        left = (self._limits.reply - self._limits.warning).total_seconds()
        work.note("warning", f"还剩 {left:g} 秒必须回复", work.conversation.staff_id)
        work.emit(AgentWarned(work.conversation))

    async def break_(self, work: Work) -> None:
        """Record the breach, apologise, and put the conversation back for somebody else to answer."""
        c, now = work.conversation, self._clock.now()
        work.record_breach(_breach(c, now, REPLY, c.staff_id))
        work.note("breach", f"未在 {self._limits.reply.total_seconds():g} 秒内回复（工号 {c.staff_id}）", c.staff_id)
        work.conversation = lapsed(c, now)
        apology = self._company.fill(self._company.scripts.late_reply_apology)
        work.post(Draft(Speaker.SYSTEM, Kind.NOTICE, apology))
        work.emit(PromiseBroken(work.conversation, c.staff_id))
        work.emit(QueueChanged())

    async def break_in_queue(self, work: Work) -> None:
        """Nobody was free for two minutes: recorded for the lead, and ahead of ordinary waits from now on."""
        c, now = work.conversation, self._clock.now()
        work.record_breach(_breach(c, now, QUEUE, None))
        work.note("breach", f"排队超过 {self._limits.reply.total_seconds():g} 秒无人接入")
        work.change(warned=True, breaches=c.breaches + 1, priority=max(c.priority, Priority.HIGH))
        work.emit(PromiseBroken(work.conversation, None))


def _breach(c: Conversation, now: datetime, promise: str, staff_id: str | None) -> Breach:
    waited = (now - (c.waiting_since or now)).total_seconds()
    return Breach(
        conversation_id=c.id, at=now, promise=promise, staff_id=staff_id, waited_seconds=waited, moved_to=None
    )
