"""Who is at his seat. A lost connection keeps the seat for a grace time, then its conversations move on."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.clock import Clock
from bot.desk.queue import QUEUE
from bot.domain.conversations import Owner
from bot.domain.events import Event, QueueChanged, StaffChanged
from bot.domain.staff import Presence, Staff
from bot.domain.transitions import queued
from bot.ports import Conversations, Exclusive, Inbox, StaffDirectory, Timer, TimerStore

SEAT = "seat"


class Seats:
    def __init__(
        self,
        *,
        staff: StaffDirectory,
        timers: TimerStore,
        conversations: Conversations,
        inbox: Inbox,
        exclusive: Exclusive,
        clock: Clock,
        publish: Callable[[Sequence[Event]], None],
        grace: timedelta,
        absence: timedelta,
    ) -> None:
        """`grace`: how long a lost connection keeps the seat. `absence`: how long one may be away from it."""
        self._staff = staff
        self._timers = timers
        self._conversations = conversations
        self._inbox = inbox
        self._exclusive = exclusive
        self._clock = clock
        self._publish = publish
        self._grace = grace
        self._absence = absence

    async def set_presence(self, staff_id: str, presence: Presence, reason: str) -> Staff:
        """Online takes conversations; busy and away take none; going offline hands one's own back to the queue."""
        member = await self._staff.set_presence(staff_id, presence, reason, self._clock.now(), self._absence)
        if presence is Presence.OFFLINE:
            # The queue may be giving this person somebody at this very moment: not before that is done.
            async with self._exclusive(QUEUE):
                await self._hand_back(staff_id)
            member = await self._staff.get(staff_id) or member
        self._publish([StaffChanged(member), QueueChanged()])
        return member

    async def expect_back(self) -> None:
        """At start: whoever sat at a desk page when gasdesk went down has the grace time to come back."""
        for member in await self._staff.all():
            if member.on_desk and member.on_duty:
                await self.lost(member.staff_id)

    async def connected(self, staff_id: str) -> None:
        await self._staff.note_on_desk(staff_id, True, self._clock.now())
        await self._timers.drop(f"{SEAT}:{staff_id}")

    async def still_connected(self, staff_id: str) -> None:
        """A sign of life of an open page; at least one in every grace time."""
        await self._staff.note_on_desk(staff_id, True, self._clock.now())

    async def lost(self, staff_id: str) -> None:
        """The last connection of this person is gone."""
        await self._timers.put(Timer(kind=SEAT, subject=staff_id, due_at=self._clock.now() + self._grace))

    async def give_up(self, timer: Timer) -> None:
        """The grace time is over: the seat is empty, unless a page of this person was seen since, on any replica."""
        await self._timers.drop(timer.key)
        member = await self._staff.get(timer.subject)
        if member is None or (member.seen_at and member.seen_at > timer.due_at - self._grace):
            return
        if member.presence is not Presence.OFFLINE:
            await self._staff.note_on_desk(timer.subject, False, self._clock.now())
            await self.set_presence(timer.subject, Presence.OFFLINE, "连接中断")

    async def _hand_back(self, staff_id: str) -> None:
        for conversation in await self._inbox.search("mine", "", staff_id, 500):
            async with self._conversations.open(conversation.id) as work:
                c = work.conversation
                if c.owner is Owner.AGENT and c.staff_id == staff_id:
                    work.conversation = queued(c, self._clock.now(), c.handoff_reason)
                    work.note("handed_back", f"工号 {staff_id} 已离线，转回队列", staff_id)
