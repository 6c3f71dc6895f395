"""The outbox: messages to customers are stored rows; this hands them to their channel, in order."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

import structlog

from bot.clock import Clock, pause
from bot.domain.conversations import Delivery, Kind, Message, Speaker
from bot.domain.events import MessagePosted
from bot.ports import Channel, ChannelDown, Inbox, Mark, Transcripts

log = structlog.get_logger()

FIRST_RETRY = timedelta(seconds=1)
LONGEST_RETRY = timedelta(minutes=2)
#: Delivery states are written in bundles: a bundle lost in a crash means a message shown as not yet sent.
BUNDLE = timedelta(milliseconds=300)
#: A safety instruction is repeated when it is uncertain that it arrived; rather twice than never.
SAFETY_ATTEMPTS = 3
#: Contacts caught up with at a time: thousands may be left over after an outage.
AT_ONCE = 10


class Outbox:
    def __init__(
        self,
        channels: Mapping[str, Channel],
        *,
        transcripts: Transcripts,
        inbox: Inbox,
        clock: Clock,
    ) -> None:
        self._channels = channels
        self._transcripts = transcripts
        self._inbox = inbox
        self._clock = clock
        #: Called after delivery states were written.
        self.marked: Callable[[Sequence[Mark]], None] = lambda _: None
        self._retrying: dict[str, asyncio.Task[None]] = {}
        #: Contacts who got a message while earlier ones were still being retried.
        self._behind: set[str] = set()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._marks: dict[str, list[Mark]] = {}
        self._new_marks = asyncio.Event()
        self._writing = asyncio.Lock()

    async def deliver(self, event: MessagePosted) -> None:
        """Send one new message; behind those of its contact that are still being retried."""
        contact_id = event.conversation.contact_id
        if event.message.speaker is Speaker.CUSTOMER:
            return
        if contact_id in self._retrying:
            self._behind.add(contact_id)
            return
        try:
            await self._send(self._channels[event.conversation.channel], contact_id, event.message)
        except ChannelDown as reason:
            log.warning(
                "a message could not be sent",
                action="delivery_retry",
                channel=event.conversation.channel,
                reason=str(reason),
            )
            self._retry(event.conversation.channel, contact_id, FIRST_RETRY)

    async def deliver_left_over(self) -> None:
        """At start: what an earlier run stored but did not send."""
        for name in self._channels:
            for contact_id in await self._inbox.undelivered_contacts(name):
                self._retry(name, contact_id, timedelta())

    def mark(self, contact_id: str, seq: int, delivery: Delivery) -> None:
        """Note how far delivery has come; written soon, in this order."""
        marks = self._marks.setdefault(contact_id, [])
        if marks and marks[-1].delivery is delivery:
            marks[-1] = Mark(contact_id, max(seq, marks[-1].seq), delivery)
        else:
            marks.append(Mark(contact_id, seq, delivery))
        self._new_marks.set()

    async def run(self) -> None:
        """Write delivery states, bundle by bundle."""
        while True:
            await self._new_marks.wait()
            await pause(self._clock, self._clock.now() + BUNDLE)
            if not await self.flush():
                await pause(self._clock, self._clock.now() + FIRST_RETRY)

    async def flush(self) -> bool:
        """Write the states noted so far. False if they could not be written; they are kept."""
        async with self._writing:
            self._new_marks.clear()
            taken, self._marks = self._marks, {}
            marks = [mark for of_contact in taken.values() for mark in of_contact]
            try:
                if marks:
                    await self._transcripts.mark_delivery(marks)
            except Exception:
                log.exception("delivery states were not written", action="marks_failed")
                self._put_back(taken)
                return False
        if marks:
            self.marked(marks)
        return True

    async def close(self) -> None:
        """Stop retrying and write what is known."""
        tasks = list(self._retrying.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.flush()

    def _put_back(self, taken: dict[str, list[Mark]]) -> None:
        newer, self._marks = self._marks, taken
        for marks in newer.values():
            for mark in marks:
                self.mark(mark.contact_id, mark.seq, mark.delivery)
        self._new_marks.set()

    async def _send(self, channel: Channel, contact_id: str, message: Message) -> None:
        state = Delivery.UNCERTAIN
        for _ in range(SAFETY_ATTEMPTS if message.kind is Kind.SAFETY else 1):
            state = await channel.send(contact_id, message)
            if state is not Delivery.UNCERTAIN:
                break
        if state is not Delivery.PENDING:
            self.mark(contact_id, message.seq, state)

    def _retry(self, channel: str, contact_id: str, delay: timedelta) -> None:
        if contact_id not in self._retrying:
            self._retrying[contact_id] = asyncio.create_task(self._keep_trying(channel, contact_id, delay))

    async def _keep_trying(self, channel: str, contact_id: str, delay: timedelta) -> None:
        try:
            while True:
                if delay:
                    await pause(self._clock, self._clock.now() + delay)
                self._behind.discard(contact_id)
                if not await self._catch_up(channel, contact_id):
                    delay = min(max(delay * 2, FIRST_RETRY), LONGEST_RETRY)
                elif contact_id in self._behind:
                    delay = timedelta()
                else:
                    return
        finally:
            self._retrying.pop(contact_id, None)
            self._behind.discard(contact_id)

    async def _catch_up(self, channel: str, contact_id: str) -> bool:
        """Send all that is not sent. False if the channel, or the database, is down."""
        async with self._turns:
            # What was sent a moment ago must be known as sent, or it would be sent again.
            if not await self.flush():
                return False
            try:
                for message in await self._transcripts.undelivered(contact_id):
                    await self._send(self._channels[channel], contact_id, message)
            except ChannelDown:
                return False
            except Exception:
                log.exception("messages could not be sent", action="delivery_failed", channel=channel)
                return False
            return True
