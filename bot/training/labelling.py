"""Deciding what a message of the inbox means: accept with an intent, reject, take back. Who and when are kept."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.training.examples import Example, checked
from bot.training.review import Find, Group, Item, State, grouped

#: Who has more than this to look at begins with what teaches most.
MOST = 2000
#: So long nobody else decides what somebody has open; looking at it goes on renews it.
CLAIM = timedelta(minutes=3)


class NoSuchItem(LookupError):
    """The inbox has no item with this id."""


class DecidedMeanwhile(Exception):
    """Somebody else decided the item first; `item` is what it has become."""

    def __init__(self, item: Item) -> None:
        super().__init__(item.id)
        self.item = item


class HeldByOther(Exception):
    """Somebody else is looking at the item."""

    def __init__(self, item: Item) -> None:
        super().__init__(item.id)
        self.item = item


class AlreadyInExamples(Exception):
    """The item is part of a change set that was applied; the text (Chinese) says what to do."""


class UnknownIntent(ValueError):
    """The assistant has no such intent."""


@dataclass(frozen=True)
class Decision:
    """What a message is: `head` speaks for those in `seen`, by id the version that was looked at."""

    head: str
    seen: Mapping[str, int]
    state: State
    intent: str | None = None
    #: Unless it is just the message with the intent.
    examples: tuple[Example, ...] = ()


class ReviewStore(Protocol):
    async def add(self, find: Find, now: datetime) -> State:
        """A new item, or one more message of the item that has its shape; what has become of it already."""
        ...

    async def items(self, state: State, limit: int) -> list[Item]:
        """Open ones: the latest first; decided ones: the last decided first."""
        ...

    async def get(self, item_id: str) -> Item:
        """Raises NoSuchItem."""
        ...

    async def counts(self) -> Mapping[State, int]: ...

    async def claim(self, ids: Collection[str], staff_id: str, now: datetime, until: datetime) -> None:
        """Hold these and let go of everything else this person held. Raises NoSuchItem, HeldByOther."""
        ...

    async def decide(self, decisions: Sequence[Decision], staff_id: str, note: str, now: datetime) -> list[Item]:
        """Decide items, all or none; the heads as they are then.

        Raises NoSuchItem, DecidedMeanwhile, HeldByOther.
        """
        ...

    async def reopen(self, seen: Mapping[str, int], staff_id: str, now: datetime) -> list[Item]:
        """Take back the decisions on these items and on those decided with them, all or none.

        Raises NoSuchItem, DecidedMeanwhile, AlreadyInExamples.
        """
        ...


class Labelling:
    def __init__(self, store: ReviewStore, clock: Clock, intents: Callable[[], Collection[str]]) -> None:
        """`intents`: those the assistant can learn, now."""
        self._store = store
        self._clock = clock
        self._intents = intents

    async def inbox(self, limit: int) -> list[Group]:
        return grouped(await self._store.items(State.OPEN, MOST))[:limit]

    async def decided(self, state: State, limit: int) -> list[Item]:
        return await self._store.items(state, limit)

    async def counts(self) -> Mapping[State, int]:
        return await self._store.counts()

    async def claim(self, ids: Collection[str], staff_id: str) -> datetime:
        """Until when these are this person's to decide. Raises NoSuchItem, HeldByOther."""
        now = self._clock.now()
        await self._store.claim(ids, staff_id, now, now + CLAIM)
        return now + CLAIM

    async def accept(
        self,
        head: str,
        seen: Mapping[str, int],
        intent: str,
        staff_id: str,
        note: str,
        examples: Sequence[Example] = (),
    ) -> Item:
        """`examples`: the parts of a message that says several things, or what is marked in it.

        Raises UnknownIntent, BadExample, NoSuchItem, DecidedMeanwhile, HeldByOther.
        """
        self._must_be_known([intent, *(one.intent for one in examples)])
        item = await self._store.get(head)
        parts = checked(item.text, examples or [Example(item.text, intent)])
        plain = len(parts) == 1 and parts[0] == Example(item.text, intent)
        decision = Decision(head, seen, State.ACCEPTED, intent, () if plain else parts)
        (decided,) = await self._store.decide([decision], staff_id, note, self._clock.now())
        return decided

    async def accept_all(
        self, seen: Mapping[str, Mapping[str, int]], intent: str, staff_id: str, note: str
    ) -> list[Item]:
        """Several messages that mean the same, all or none; by id what was seen of each.

        Raises UnknownIntent, BadExample, NoSuchItem, DecidedMeanwhile, HeldByOther.
        """
        self._must_be_known([intent])
        for head in seen:
            checked(text := (await self._store.get(head)).text, [Example(text, intent)])
        decisions = [Decision(head, its, State.ACCEPTED, intent) for head, its in seen.items()]
        return await self._store.decide(decisions, staff_id, note, self._clock.now())

    async def reject(self, head: str, seen: Mapping[str, int], staff_id: str, note: str) -> Item:
        """Raises NoSuchItem, DecidedMeanwhile, HeldByOther."""
        decision = Decision(head, seen, State.REJECTED)
        (decided,) = await self._store.decide([decision], staff_id, note, self._clock.now())
        return decided

    async def undo(self, seen: Mapping[str, int], staff_id: str) -> list[Item]:
        """Raises NoSuchItem, DecidedMeanwhile, AlreadyInExamples."""
        return await self._store.reopen(seen, staff_id, self._clock.now())

    def _must_be_known(self, intents: Sequence[str]) -> None:
        """Raises UnknownIntent."""
        known = self._intents()
        for intent in intents:
            if intent not in known:
                raise UnknownIntent(intent)
