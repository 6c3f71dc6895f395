"""Conversations as the desk's lists show them: with deadlines, last message and place in the queue."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.channels import shapes
from bot.clock import Clock
from bot.domain.conversations import Conversation
from bot.ports import Inbox, Timer, Transcripts

Json = dict[str, Any]


class Summaries:
    def __init__(
        self,
        *,
        inbox: Inbox,
        transcripts: Transcripts,
        deadlines: Callable[[Conversation], Sequence[Timer]],
        clock: Clock,
    ) -> None:
        self._inbox = inbox
        self._transcripts = transcripts
        self._deadlines = deadlines
        self._clock = clock

    async def many(self, found: Sequence[Conversation]) -> list[Json]:
        last = await self._transcripts.last_messages([c.id for c in found])
        places = await self._inbox.positions()
        return [shapes.summary(c, self._deadlines(c), last.get(c.id), places.get(c.id)) for c in found]

    async def listed(self, found: Sequence[Conversation]) -> Json:
        """An answer that holds conversations."""
        return self.dated({"conversations": await self.many(found)})

    async def answer(self, c: Conversation) -> Json:
        """An answer, or a frame, that holds one conversation."""
        return self.dated({"conversation": (await self.many([c]))[0]})

    def dated(self, answer: Json) -> Json:
        """Answers and frames overtake each other; by this time the page drops the older word."""
        return {**answer, "now": shapes.moment(self._clock.now())}
