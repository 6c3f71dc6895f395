"""Works the queue: whenever somebody waits, leaves or comes, waiting conversations get agents."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.desk.assignment import assign, places
from bot.desk.handover import Handover
from bot.domain.company import SkillGroup
from bot.domain.conversations import Conversation, Owner
from bot.domain.staff import Staff
from bot.ports import Conversations, Exclusive, Inbox, StaffDirectory

log = structlog.get_logger()

#: What only one replica at a time does.
QUEUE = "queue"
#: Worked at least this often: a wake-up may have been lost with the replica that owed it.
POLL = timedelta(seconds=5)
#: A queue that could not be worked (the database was gone) is tried again after this: nobody else would wake it.
RETRY = timedelta(seconds=1)


class QueueKeeper:
    def __init__(
        self,
        *,
        conversations: Conversations,
        inbox: Inbox,
        staff: StaffDirectory,
        exclusive: Exclusive,
        handover: Handover,
        clock: Clock,
        groups: Sequence[SkillGroup] = (),
    ) -> None:
        self._conversations = conversations
        self._inbox = inbox
        self._staff = staff
        self._exclusive = exclusive
        self._handover = handover
        self._clock = clock
        self._groups = groups
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Something changed that may let somebody be served."""
        self._wake.set()

    async def run(self) -> None:
        """Work the queue at every wake-up and now and then, for ever; the first time at once."""
        while True:
            self._wake.clear()
            pause = POLL
            try:
                await self.work()
            except Exception:
                log.exception("the queue could not be worked", action="queue_failed")
                pause = RETRY
            await self._clock.wait_until(self._clock.now() + pause, self._wake)

    async def work(self) -> None:
        """One step: give waiting conversations to agents, or take messages if nobody is on duty."""
        if await self._inbox.queue_is_empty():
            return
        # Across replicas one keeper at a time, so that two do not fill the same seat.
        async with self._exclusive(QUEUE):
            staff = await self._staff.all()
            if not any(member.on_duty for member in staff):
                await self._take_messages()
                return
            # However many wait, only those are read who may be given away: it is worked at every reply.
            for conversation, member in assign(await self._inbox.next_up(places(staff)), staff, self._groups):
                await self._give(conversation, member)

    async def _give(self, conversation: Conversation, member: Staff) -> None:
        async with self._conversations.open(conversation.id) as work:
            if work.conversation.owner is not Owner.QUEUE:
                return
            self._handover.give(work, member.staff_id)
        await self._staff.mark_assigned(member.staff_id, self._clock.now())

    async def _take_messages(self) -> None:
        for conversation_id in await self._inbox.positions():
            async with self._conversations.open(conversation_id) as work:
                emergency = work.conversation.emergency
                if not (emergency and emergency.open):
                    self._handover.take_message(work)
