"""Conversations as the desk's lists show them: with deadlines, last message and place in the queue."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.channels import shapes
from bot.clock import Clock
from bot.desk.groups import group_of
from bot.domain.company import SkillGroup
from bot.domain.conversations import Conversation, Owner
from bot.ports import Inbox, Timer, Transcripts

Json = dict[str, Any]

FRESH = timedelta(seconds=1)


class Summaries:
    def __init__(
        self,
        *,
        inbox: Inbox,
        transcripts: Transcripts,
        deadlines: Callable[[Conversation], Sequence[Timer]],
        clock: Clock,
        groups: Sequence[SkillGroup] = (),
    ) -> None:
        self._inbox = inbox
        self._transcripts = transcripts
        self._deadlines = deadlines
        self._clock = clock
        self._groups = groups
        self._places: Mapping[str, int] = {}
        self._places_at: datetime | None = None

    async def many(self, found: Sequence[Conversation]) -> list[Json]:
        return await self._shown(found, await self._inbox.positions())

    async def listed(self, found: Sequence[Conversation]) -> Json:
        """An answer that holds conversations."""
        return self.dated({"conversations": await self.many(found)})

    async def answer(self, c: Conversation) -> Json:
        """An answer, or a frame, that holds one conversation."""
        (shown,) = await self._shown([c], await self._recent_places(c))
        return self.dated({"conversation": shown})

    async def _shown(self, found: Sequence[Conversation], places: Mapping[str, int]) -> list[Json]:
        last = await self._transcripts.last_messages([c.id for c in found])
        return [
            shapes.summary(c, self._deadlines(c), last.get(c.id), places.get(c.id), group_of(c, self._groups))
            for c in found
        ]

    async def _recent_places(self, c: Conversation) -> Mapping[str, int]:
        """Places in the queue, looked up once a second: hundreds of frames may need them at the same moment."""
        if c.owner is not Owner.QUEUE or c.offline:
            return {}
        now = self._clock.now()
        if c.id not in self._places or self._places_at is None or now - self._places_at >= FRESH:
            self._places, self._places_at = await self._inbox.positions(), now
        return self._places

    def dated(self, answer: Json) -> Json:
        """Answers and frames overtake each other; by this time the page drops the older word."""
        return {**answer, "now": shapes.moment(self._clock.now())}
