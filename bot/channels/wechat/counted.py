"""Counted messages, part by part: a long one is gone on with, not begun again, after a break or on another replica."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from bot.channel import MediaRefused, Outcome, gone
from bot.channels.wechat.allowance import Allowance
from bot.channels.wechat.files import OutgoingFiles, why_not
from bot.channels.wechat.packing import Choice, Package
from bot.channels.wechat.windows import ReplyWindows
from bot.domain.conversations import Message
from bot.domain.files import FileGone
from bot.domain.reply_windows import Answer

type Json = Mapping[str, Any]

#: Hands one over to the platform. Raises ChannelDown.
HandOver = Callable[[Json], Awaitable[Answer]]
AsMessage = Callable[[str, Sequence[Choice]], Json]


class CountedParts:
    """`as_message`: a text with its choices as the platform's message."""

    def __init__(
        self, allowance: Allowance, windows: ReplyWindows, files: OutgoingFiles, as_message: AsMessage
    ) -> None:
        self._allowance = allowance
        self._windows = windows
        self._files = files
        self._as_message = as_message
        #: How many parts have left, by contact, whether they were counted or not.
        self._begun: dict[str, tuple[int, int]] = {}

    async def still_to_send(self, contact_id: str, head: Message, package: Package) -> range:
        """The places of the parts that have not left."""
        if package.number_of_parts == 1:
            return range(1)
        seq, done = self._begun.get(contact_id) or await self._windows.begun(contact_id)
        return range(done if seq == head.seq else 0, package.number_of_parts)

    def has_left(self, contact_id: str, head: Message, place: int) -> None:
        self._begun[contact_id] = (head.seq, place + 1)

    def all_left(self, contact_id: str) -> None:
        self._begun.pop(contact_id, None)

    async def send(self, contact_id: str, head: Message, package: Package, place: int, hand_over: HandOver) -> Outcome:
        """Send it if it is worth what it costs. Raises ChannelDown."""
        if refusal := await self._allowance.refusal(contact_id, head):
            return refusal
        try:
            message = await self._message(contact_id, head, package, place)
        except (FileGone, MediaRefused) as problem:
            return gone(why_not(problem))
        return await self._allowance.outcome(await hand_over(message), contact_id, head, place + 1)

    async def _message(self, contact_id: str, head: Message, package: Package, place: int) -> Json:
        """Raises FileGone, MediaRefused and ChannelDown."""
        if place == len(package.parts):
            return await self._files.as_message(contact_id, head)
        return self._as_message(package.parts[place], package.choices_at(place))
