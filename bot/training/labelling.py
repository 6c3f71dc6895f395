"""Deciding what a message of the inbox means: accept with an intent, reject, take back. Who and when are kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.training.review import Find, Group, Item, State, grouped

#: Who has more than this to look at begins with what teaches most.
MOST = 2000


class NoSuchItem(LookupError):
    """The inbox has no item with this id."""


class DecidedMeanwhile(Exception):
    """Somebody else decided the item first; `item` is what it has become."""

    def __init__(self, item: Item) -> None:
        super().__init__(item.id)
        self.item = item


class AlreadyInExamples(Exception):
    """The item is part of a change set that was applied; the text (Chinese) says what to do."""


class UnknownIntent(ValueError):
    """The assistant has no such intent."""


class ReviewStore(Protocol):
    async def add(self, find: Find, now: datetime) -> None:
        """A new item, or one more message of the item that has its shape."""
        ...

    async def items(self, state: State, limit: int) -> list[Item]:
        """Open ones: the latest first; decided ones: the last decided first."""
        ...

    async def counts(self) -> Mapping[State, int]: ...

    async def decide(
        self,
        seen: Mapping[str, int],
        head: str,
        state: State,
        intent: str | None,
        staff_id: str,
        note: str,
        now: datetime,
    ) -> Item:
        """Decide items together, all or none. `seen`: by id the version that was looked at; `head` speaks for them.

        Raises NoSuchItem, DecidedMeanwhile.
        """
        ...

    async def reopen(self, item_id: str, version: int, staff_id: str, now: datetime) -> Item:
        """Take back the decision on the item and on those decided with it.

        Raises NoSuchItem, DecidedMeanwhile, AlreadyInExamples.
        """
        ...


class Labelling:
    def __init__(self, store: ReviewStore, clock: Clock, intents: Sequence[str]) -> None:
        """`intents`: those the assistant can learn."""
        self._store = store
        self._clock = clock
        self._intents = frozenset(intents)

    async def inbox(self, limit: int) -> list[Group]:
        return grouped(await self._store.items(State.OPEN, MOST))[:limit]

    async def decided(self, state: State, limit: int) -> list[Item]:
        return await self._store.items(state, limit)

    async def counts(self) -> Mapping[State, int]:
        return await self._store.counts()

    async def accept(self, head: str, seen: Mapping[str, int], intent: str, staff_id: str, note: str) -> Item:
        """Raises UnknownIntent, NoSuchItem, DecidedMeanwhile."""
        if intent not in self._intents:
            raise UnknownIntent(intent)
        return await self._store.decide(seen, head, State.ACCEPTED, intent, staff_id, note, self._clock.now())

    async def reject(self, head: str, seen: Mapping[str, int], staff_id: str, note: str) -> Item:
        """Raises NoSuchItem, DecidedMeanwhile."""
        return await self._store.decide(seen, head, State.REJECTED, None, staff_id, note, self._clock.now())

    async def undo(self, item_id: str, version: int, staff_id: str) -> Item:
        """Raises NoSuchItem, DecidedMeanwhile, AlreadyInExamples."""
        return await self._store.reopen(item_id, version, staff_id, self._clock.now())
