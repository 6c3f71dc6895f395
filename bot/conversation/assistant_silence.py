"""The assistant did not answer within the reply limit: a person takes over."""

from datetime import datetime, timedelta

from bot.clock import Clock
from bot.conversation.handoff import Handoff
from bot.ports import Inbox, StaffDirectory, Work

#: When the assistant dies, hundreds are handed over at a time: who is on duty is looked up once a second for them.
FRESH = timedelta(seconds=1)


class AssistantSilence:
    """What the timer of the assistant's limit does."""

    def __init__(self, *, inbox: Inbox, staff: StaffDirectory, handoff: Handoff, clock: Clock) -> None:
        self._inbox = inbox
        self._staff = staff
        self._handoff = handoff
        self._clock = clock
        self._looked_at: datetime | None = None
        self._on_duty = False
        self._ahead = 0

    async def __call__(self, work: Work) -> None:
        now = self._clock.now()
        if self._looked_at is None or now - self._looked_at >= FRESH:
            self._on_duty = any(member.on_duty for member in await self._staff.all())
            self._ahead = len(await self._inbox.positions())
            self._looked_at = now
        self._handoff.to_people(work, "智能助手未能回答", now, ahead=self._ahead, on_duty=self._on_duty)
        self._ahead += 1
