"""A channel whose settings may change: whoever holds it need not know."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from bot.channel import Capabilities, Channel, ChannelDown, FetchesAttachments, Media, MediaGone, Outcome
from bot.clock import Clock
from bot.domain.conversations import Delivery, Message

#: Calls under way get so long to end before the old settings are taken from under them.
GOODBYE_SECONDS = 30


class LiveChannel:
    """Implements channel.Channel, by the one that is in force."""

    def __init__(self, channel: Channel, clock: Clock) -> None:
        self.name = channel.name
        self._clock = clock
        self._in_force: Channel | None = channel
        self._capabilities = channel.capabilities
        self._calls: dict[Channel, int] = {}
        self._ended = asyncio.Event()
        #: When it last could not send, and why, in Chinese; None when it could since.
        self.trouble: tuple[datetime, str] | None = None

    def use(self, channel: Channel | None) -> None:
        """From now on; None: nothing can be sent until there is one again."""
        self._in_force = channel
        self.trouble = None
        if channel:
            self._capabilities = channel.capabilities

    async def quiet(self, channel: Channel) -> None:
        """Wait until no call of `channel` is under way."""
        async with asyncio.timeout(GOODBYE_SECONDS):
            while channel in self._calls:
                self._ended.clear()
                await self._ended.wait()

    @property
    def capabilities(self) -> Capabilities:
        return self._capabilities

    async def send(self, contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        channel = self._in_force
        if channel is None:
            raise ChannelDown("the channel is switched off")
        self._calls[channel] = self._calls.get(channel, 0) + 1
        try:
            outcomes = await channel.send(contact_id, messages)
        except ChannelDown:
            self._note("平台没有接受消息，系统会自动重试。")
            raise
        finally:
            self._calls[channel] -= 1
            if not self._calls[channel]:
                del self._calls[channel]
            self._ended.set()
        self._look_at(outcomes[0])
        return outcomes

    async def typing(self, contact_id: str, on: bool, speaker: str) -> None:
        if self._in_force:
            await self._in_force.typing(contact_id, on, speaker)

    async def fetch(self, reference: str) -> Media:
        """See channel.FetchesAttachments."""
        if self._in_force is None:
            raise ChannelDown("the channel is switched off")
        if not isinstance(self._in_force, FetchesAttachments):
            raise MediaGone
        return await self._in_force.fetch(reference)

    def _look_at(self, outcome: Outcome) -> None:
        if outcome.delivery is Delivery.UNCERTAIN:
            self._note("平台没有及时回应，消息是否送达不能确定。")
        elif outcome.delivery is Delivery.SENT:
            self.trouble = None

    def _note(self, why: str) -> None:
        self.trouble = (self._clock.now(), why)
