"""The outbox: messages to customers are stored rows; this hands them to their channel, in order."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

import structlog

from bot.channel import Channel, Outcome
from bot.clock import Clock
from bot.conversation.contact_leases import ContactLeases
from bot.conversation.delivery_marks import DeliveryMarks
from bot.conversation.fitting import FitToChannel
from bot.conversation.leases import Leases
from bot.conversation.outbox_line import Line
from bot.domain.conversations import Delivery, Message, Speaker
from bot.domain.events import MessagePosted
from bot.ports import Inbox, Transcripts

log = structlog.get_logger()

#: Contacts of a channel whose rows are read and sent at a time: thousands may be left over after an outage.
AT_ONCE = 10

#: The message cannot arrive, and why, in Chinese.
Lost = Callable[[Message, str], Awaitable[None]]


class Outbox:
    def __init__(
        self,
        channels: Mapping[str, Channel],
        *,
        transcripts: Transcripts,
        inbox: Inbox,
        clock: Clock,
        fit: FitToChannel,
        leases: Leases,
        lost: Lost,
    ) -> None:
        self._channels = channels
        self._transcripts = transcripts
        self._inbox = inbox
        self._clock = clock
        self._fit = fit
        self._lost = lost
        self.marks = DeliveryMarks(transcripts, clock)
        self._leases = ContactLeases(leases, clock, written=self.marks.flush)
        self._lines: dict[str, Line] = {}
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._turns: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE))

    async def deliver(self, event: MessagePosted) -> None:
        """Send a new message, behind those of its contact that are under way; returns at once.

        When the customer writes, what had to wait for him is tried again.
        """
        name, contact_id = event.conversation.channel, event.conversation.contact_id
        channel = self._channels.get(name)
        if channel is None:  # switched off: the rows wait until it is back
            log.warning("a message waits for a channel that is not there", action="no_channel", channel=name)
        elif event.message.speaker is not Speaker.CUSTOMER:
            self._line(channel, contact_id).add(event.message)
        elif not channel.capabilities.fetches:
            self._line(channel, contact_id).look_again()

    async def deliver_left_over(self) -> None:
        """At start: what an earlier run stored but did not send."""
        for name, channel in self._channels.items():
            for contact_id in await self._inbox.undelivered_contacts(name):
                self._line(channel, contact_id).look_again()

    async def came_back(self, contact_id: str, message: Message, reason: str) -> None:
        """The platform had taken the message and could not deliver it; `reason` is for the agent, in Chinese."""
        self.marks.failed_after_all(contact_id, message.seq)
        await self.marks.flush()
        await self._lost(message, reason)

    @property
    def idle(self) -> bool:
        """Nothing is under way but what waits for the time of its next attempt."""
        return all(line.at_rest.is_set() for line in self._lines.values())

    async def settle(self) -> None:
        """Wait until it is idle."""
        while busy := [line for line in self._lines.values() if not line.at_rest.is_set()]:
            await asyncio.gather(*(line.at_rest.wait() for line in busy))

    async def run(self) -> None:
        async with asyncio.TaskGroup() as together:
            together.create_task(self.marks.run())
            together.create_task(self._leases.run())

    async def close(self) -> None:
        """Stop sending and write what is known."""
        # Nothing is known of what these have in hand: whoever sends to their contacts next has to be told.
        unknown = [contact_id for contact_id, line in self._lines.items() if line.handing_over]
        tasks = list(self._sending.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if await self.marks.flush():
            await self._leases.close(unknown)

    def _line(self, channel: Channel, contact_id: str) -> Line:
        line = self._lines.get(contact_id)
        if line is None:
            line = self._lines[contact_id] = Line(
                channel,
                contact_id,
                fit=partial(self._fit, channel.capabilities),
                unsent=partial(self._unsent, channel, contact_id),
                reach=partial(self._reach, channel, contact_id),
                report=partial(self._report, contact_id),
                clock=self._clock,
                turns=self._turns[channel.name],
            )
            self._sending[contact_id] = asyncio.create_task(self._run(contact_id, line))
        return line

    async def _run(self, contact_id: str, line: Line) -> None:
        try:
            await line.run()
        finally:
            del self._lines[contact_id], self._sending[contact_id]
            self._leases.done_with(contact_id)

    async def _unsent(self, channel: Channel, contact_id: str) -> tuple[Sequence[Message], int]:
        # What was sent a moment ago must be known as sent, or it would be sent again.
        if not await self.marks.flush():
            raise ConnectionError("delivery states could not be written")
        found = await self._transcripts.undelivered(contact_id)
        if not found or channel.capabilities.fetches:
            return found, 0
        doubtful = await self._leases.take(contact_id)
        # Another replica may have sent some of it just before it let go.
        return await self._transcripts.undelivered(contact_id), doubtful

    async def _reach(self, channel: Channel, contact_id: str, seq: int) -> None:
        # Every replica shows a page what it has to say, and the page knows what it has.
        if not channel.capabilities.fetches:
            await self._leases.reach(contact_id, seq)

    async def _report(self, contact_id: str, message: Message, outcome: Outcome) -> None:
        if outcome.delivery is not Delivery.PENDING:
            self.marks(contact_id, message.seq, outcome.delivery)
        if outcome.reason:
            await self._lost(message, outcome.reason)
