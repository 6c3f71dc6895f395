"""One contact's line: his messages leave one after the other; behind one that cannot be sent all others wait."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import structlog

from bot.channel import Channel, ChannelDown, Outcome
from bot.clock import Clock, pause
from bot.domain.conversations import Delivery, Kind, Message

log = structlog.get_logger()

FIRST_RETRY = timedelta(seconds=1)
LONGEST_RETRY = timedelta(minutes=2)
#: A safety instruction is repeated when it is uncertain that it arrived; rather twice than never.
SAFETY_ATTEMPTS = 3

#: Everything to the contact that no channel has sent. Raises when it cannot be told.
Unsent = Callable[[], Awaitable[Sequence[Message]]]
#: The message as its channel can send it.
Fit = Callable[[Message], Awaitable[Message]]
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
        report: Report,
        clock: Clock,
        turns: asyncio.Semaphore,
    ) -> None:
        self._channel = channel
        self._contact_id = contact_id
        self._unsent = unsent
        self._fit = fit
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
        #: Nothing is under way: all is sent, or the time of the next attempt has not come.
        self.at_rest = asyncio.Event()

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
        except Exception:
            log.exception("messages could not be sent", action="delivery_failed", channel=self._channel.name)
            await self._stall(None)

    async def _send_rows(self) -> None:
        async with self._turns:
            self._by_rows, self._behind = True, False
            try:
                self._waiting = list(await self._unsent())
                while self._waiting:
                    await self._send_next()
            finally:
                self._by_rows = False

    async def _stall(self, retry_after: timedelta | None) -> None:
        """Wait before the next attempt, which reads the rows: more may be stored by then."""
        self._waiting = []
        self._behind = True
        delay, self._delay = max(self._delay, retry_after or timedelta()), min(self._delay * 2, LONGEST_RETRY)
        self.at_rest.set()
        await pause(self._clock, self._clock.now() + delay)
        self.at_rest.clear()

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

    def _offered(self) -> Sequence[Message]:
        """What the channel may take at once: a safety instruction goes alone, so do a file and a page's messages."""
        if self._channel.capabilities.fetches or _alone(self._waiting[0]):
            return self._waiting[:1]
        until = next((place for place, m in enumerate(self._waiting) if m.seq in self._early or _alone(m)), None)
        return self._waiting[:until]

    async def _send(self, messages: Sequence[Message]) -> Sequence[Outcome]:
        messages = [await self._fit(message) for message in messages]
        attempts = SAFETY_ATTEMPTS if messages[0].kind is Kind.SAFETY else 1
        for _ in range(attempts):
            outcomes = await self._channel.send(self._contact_id, messages)
            if outcomes[0].delivery is not Delivery.UNCERTAIN:
                break
        self._delay = FIRST_RETRY
        return outcomes


def _alone(message: Message) -> bool:
    return message.kind is Kind.SAFETY or message.attachment is not None
