"""The outbox: messages to customers are stored rows; this hands them to their channel, in order."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

import structlog

from bot.clock import Clock, pause
from bot.domain.conversations import Delivery, Message, Speaker
from bot.domain.events import MessagePosted
from bot.ports import Channel, ChannelDown, Inbox, Mark, Transcripts

log = structlog.get_logger()

FIRST_RETRY = timedelta(seconds=1)
LONGEST_RETRY = timedelta(minutes=2)
#: Delivery states are written in bundles: a bundle lost in a crash means a message shown as not yet sent.
BUNDLE = timedelta(milliseconds=300)


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
        self._marks: dict[tuple[str, Delivery], int] = {}
        self._new_marks = asyncio.Event()

    async def deliver(self, event: MessagePosted) -> None:
        """Send one new message; behind those of its contact that are still being retried."""
        contact_id = event.conversation.contact_id
        if event.message.speaker is Speaker.CUSTOMER or contact_id in self._retrying:
            return
        try:
            await self._send(self._channels[event.conversation.channel], contact_id, event.message)
        except ChannelDown as reason:
            self._retry(event.conversation.channel, contact_id, reason)

    async def deliver_left_over(self) -> None:
        """At start: what an earlier run stored but did not send."""
        for name in self._channels:
            for contact_id in await self._inbox.undelivered_contacts(name):
                self._retry(name, contact_id, None)

    def mark(self, contact_id: str, seq: int, delivery: Delivery) -> None:
        """Note how far delivery has come; written soon."""
        key = (contact_id, delivery)
        self._marks[key] = max(seq, self._marks.get(key, 0))
        self._new_marks.set()

    async def run(self) -> None:
        """Write delivery states, bundle by bundle."""
        while True:
            await self._new_marks.wait()
            await pause(self._clock, self._clock.now() + BUNDLE)
            await self.flush()

    async def flush(self) -> None:
        self._new_marks.clear()
        taken, self._marks = self._marks, {}
        marks = [Mark(contact_id, seq, delivery) for (contact_id, delivery), seq in taken.items()]
        if not marks:
            return
        try:
            await self._transcripts.mark_delivery(marks)
        except Exception:
            log.exception("delivery states were not written", action="marks_failed")
            return
        self.marked(marks)

    async def close(self) -> None:
        for task in list(self._retrying.values()):
            task.cancel()
        await self.flush()

    async def _send(self, channel: Channel, contact_id: str, message: Message) -> None:
        state = await channel.send(contact_id, message)
        if state is not Delivery.PENDING:
            self.mark(contact_id, message.seq, state)

    def _retry(self, channel: str, contact_id: str, reason: ChannelDown | None) -> None:
        if reason:
            log.warning("a message could not be sent", action="delivery_retry", channel=channel, reason=str(reason))
        if contact_id not in self._retrying:
            self._retrying[contact_id] = asyncio.create_task(self._keep_trying(channel, contact_id, reason))

    async def _keep_trying(self, channel: str, contact_id: str, reason: ChannelDown | None) -> None:
        delay = FIRST_RETRY
        try:
            while True:
                if reason:
                    await pause(self._clock, self._clock.now() + delay)
                    delay = min(delay * 2, LONGEST_RETRY)
                try:
                    for message in await self._transcripts.undelivered(contact_id):
                        await self._send(self._channels[channel], contact_id, message)
                    return
                except ChannelDown as again:
                    await self.flush()
                    reason = again
        finally:
            self._retrying.pop(contact_id, None)
