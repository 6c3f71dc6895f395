"""One contact's line: his messages leave one after the other; behind one that cannot be sent all others wait."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta

import structlog

from bot.channel import UNCERTAIN, Channel, ChannelDown, Outcome
from bot.clock import Clock, pause
from bot.conversation.leases import Elsewhere
from bot.domain.conversations import Delivery, Kind, Message

log = structlog.get_logger()

FIRST_RETRY = timedelta(seconds=1)
LONGEST_RETRY = timedelta(minutes=2)
#: A safety instruction is repeated when it is uncertain that it arrived; rather twice than never.
SAFETY_ATTEMPTS = 3

#: The message as its channel can send it.
Fit = Callable[[Message], Awaitable[Message]]
#: How soon to look again whether another replica has finished with the contact.
WHILE_ELSEWHERE = timedelta(seconds=1)

#: Everything to the contact that no channel has sent, and up to which number a replica that died may have sent it all
#: the same. Raises Elsewhere while another replica sends to him, and what else keeps it from being told.
Unsent = Callable[[], Awaitable[tuple[Sequence[Message], int]]]
#: Write down, before it is done, that messages up to this number are handed over. Raises Elsewhere.
Reach = Callable[[int], Awaitable[None]]
#: What became of a message.
Report = Callable[[Message, Outcome], Awaitable[None]]


class Line:
    def __init__(
        self,
        channel: Channel,
        contact_id: str,
        *,
        unsent: Unsent,
        fit: Fit,
        reach: Reach,
        report: Report,
        clock: Clock,
        turns: asyncio.Semaphore,
    ) -> None:
        self._channel = channel
        self._contact_id = contact_id
        self._unsent = unsent
        self._fit = fit
        self._reach = reach
        self._report = report
        self._clock = clock
        self._turns = turns
        self._waiting: list[Message] = []
        #: Sent out of turn; reported when their turn comes, for a state is written for all messages up to a number.
        self._early: dict[int, Outcome] = {}
        #: The rows have to be read: something was stored that is not in `_waiting`.
        self._behind = False
        #: What is being sent was read from the rows, which may hold a message that is yet to be added.
        self._by_rows = False
        self._delay = FIRST_RETRY
        #: Messages up to this number were handed over, as far as is written down.
        self._reached = 0
        #: The number of a message that was refused, as long as it is written down as handed over.
        self._undone: int | None = None
        #: Nothing is under way: all is sent, or the time of the next attempt has not come.
        self.at_rest = asyncio.Event()
        #: Something may have left of which nothing is known yet.
        self.handing_over = False

    def add(self, message: Message) -> None:
        """A new message. A page is handed it from memory; others get what the rows say, in order and together."""
        if self._channel.capabilities.fetches and not self._behind and not self._by_rows:
            self._waiting.append(message)
        else:
            self._behind = True

    def look_again(self) -> None:
        self._behind = True

    async def run(self) -> None:
        """Send until nothing is left that can be sent now."""
        try:
            while self._behind or self._waiting:
                await self._go_on()
        finally:
            self.at_rest.set()

    async def _go_on(self) -> None:
        try:
            await (self._send_rows() if self._behind else self._send_next())
        except ChannelDown as problem:
            log.warning(
                "a message could not be sent", action="delivery_retry", channel=self._channel.name, reason=str(problem)
            )
            await self._stall(problem.retry_after)
        except Elsewhere:
            await self._rest(WHILE_ELSEWHERE)
        except Exception:
            log.exception("messages could not be sent", action="delivery_failed", channel=self._channel.name)
            await self._stall(None)

    async def _send_rows(self) -> None:
        async with self._turns:
            self._by_rows, self._behind = True, False
            try:
                waiting, doubtful = await self._unsent()
                self._reached = max(self._reached, doubtful)
                self._waiting = list(waiting)
                self._early |= {m.seq: UNCERTAIN for m in waiting if m.seq <= doubtful and not self._repeats(m)}
                while self._waiting:
                    await self._send_next()
            finally:
                self._by_rows = False

    async def _stall(self, retry_after: timedelta | None) -> None:
        """Wait before the next attempt, which reads the rows: more may be stored by then."""
        delay, self._delay = max(self._delay, retry_after or timedelta()), min(self._delay * 2, LONGEST_RETRY)
        await self._rest(delay)

    async def _rest(self, delay: timedelta) -> None:
        self._waiting = []
        self._behind = True
        until = self._clock.now() + delay
        await self._take_back()
        self.at_rest.set()
        await pause(self._clock, until)
        self.at_rest.clear()

    async def _take_back(self) -> None:
        """Write down that it did not arrive; if that fails too, it is uncertain for whoever comes after us."""
        undone, self._undone = self._undone, None
        if undone is not None:
            with suppress(Exception):
                await self._come_to(min(self._reached, undone - 1))

    async def _send_next(self) -> None:
        urgent = next((m for m in self._waiting if m.kind is Kind.SAFETY and m.seq not in self._early), None)
        if urgent and urgent is not self._waiting[0]:
            (self._early[urgent.seq],) = await self._send([urgent])
            return
        head = self._waiting[0]
        early = self._early.pop(head.seq, None)
        outcomes = [early] if early else await self._send(self._offered())
        for message, outcome in zip(self._waiting, outcomes, strict=False):
            await self._report(message, outcome)
        self._waiting = self._waiting[len(outcomes) :]
        held = outcomes[-1].delivery is Delivery.PENDING
        if held and not self._channel.capabilities.fetches:
            self._waiting = []  # the rows stay; the contact's next message brings them up again

    def _repeats(self, message: Message) -> bool:
        """Whether it may be sent once more; else it is shown as uncertain, as after a time-out."""
        return self._channel.capabilities.idempotent or message.kind is Kind.SAFETY

    def _offered(self) -> Sequence[Message]:
        """What the channel may take at once: a safety instruction goes alone, so do a file and a page's messages."""
        can = self._channel.capabilities
        if can.fetches or not can.merges or _alone(self._waiting[0]):
            return self._waiting[:1]
        until = next((place for place, m in enumerate(self._waiting) if m.seq in self._early or _alone(m)), None)
        return self._waiting[:until]

    async def _send(self, messages: Sequence[Message]) -> Sequence[Outcome]:
        messages = [await self._fit(message) for message in messages]
        attempts = SAFETY_ATTEMPTS if messages[0].kind is Kind.SAFETY else 1
        for _ in range(attempts):
            outcomes = await self._hand_over(messages)
            if outcomes[0].delivery is not Delivery.UNCERTAIN:
                break
        self._delay = FIRST_RETRY
        return outcomes

    async def _hand_over(self, messages: Sequence[Message]) -> Sequence[Outcome]:
        # A safety instruction is repeated anyhow, and may leave before others that have not.
        await self._come_to(self._reached if messages[0].kind is Kind.SAFETY else messages[-1].seq)
        self.handing_over = True
        try:
            outcomes = await self._channel.send(self._contact_id, messages)
        except ChannelDown:
            self._undone = messages[0].seq
            raise
        finally:
            self.handing_over = False
        if outcomes[-1].delivery is Delivery.PENDING:
            await self._come_to(min(self._reached, messages[0].seq - 1))
        return outcomes

    async def _come_to(self, seq: int) -> None:
        """Write it down even if it is known: with it the contact stays ours."""
        await self._reach(seq)
        self._reached = seq


def _alone(message: Message) -> bool:
    return message.kind is Kind.SAFETY or message.attachment is not None
