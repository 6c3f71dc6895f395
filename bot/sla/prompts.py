"""The waiting prompt: every 45 seconds of silence, automatically (S0 在线客服 8)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Draft, Kind, Owner, Speaker
from bot.domain.transitions import prompts_due
from bot.ports import Inbox, Work

#: Places in the queue are looked up once for the prompts of a second.
FRESH = timedelta(seconds=1)


class WaitingPrompt:
    def __init__(self, company: CompanyProfile, inbox: Inbox, clock: Clock, every: timedelta) -> None:
        self._company = company
        self._inbox = inbox
        self._clock = clock
        self._every = every
        self._places: Mapping[str, int] = {}
        self._places_at: datetime | None = None

    async def __call__(self, work: Work) -> None:
        """Send the prompt that is due; several missed ones (an outage) become one apology."""
        c, now = work.conversation, self._clock.now()
        due = prompts_due(c.silent_since, now, self._every)
        missed = due - c.prompts
        text = self._company.queue_scripts.late_prompt if missed > 1 else await self._text(work)
        work.change(prompts=due)
        work.post(Draft(Speaker.SYSTEM, Kind.WAITING_PROMPT, self._company.fill(text)))
        work.note("waiting_prompt", f"第 {due} 次等待提示")

    async def _text(self, work: Work) -> str:
        c = work.conversation
        if c.emergency and c.emergency.alarming:
            return self._company.emergency_scripts.waiting
        if c.owner is Owner.AGENT:
            return self._company.scripts.waiting_prompt
        if c.owner is Owner.BOT:
            return self._company.queue_scripts.waited_for_assistant
        ahead = (await self._place(c.id)) - 1
        scripts = self._company.scripts
        return self._company.fill(scripts.queue_waiting, ahead=ahead) if ahead > 0 else scripts.queue_next

    async def _place(self, conversation_id: str) -> int:
        now = self._clock.now()
        if self._places_at is None or now - self._places_at >= FRESH:
            self._places, self._places_at = await self._inbox.positions(), now
        return self._places.get(conversation_id, 1)
