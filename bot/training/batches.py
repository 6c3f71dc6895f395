"""Messages of the inbox that speak of the same thing, to be labelled at once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.training.clusters import Rarity, clusters
from bot.training.judged import Labelled
from bot.training.labelling import MOST, ReviewStore
from bot.training.review import Group, Reason, State, grouped

#: An emergency that was nearly missed is looked at by itself.
_ALONE = frozenset({Reason.SCREEN_ONLY, Reason.MODEL_ONLY})


class Batches:
    def __init__(
        self, store: ReviewStore, known: Callable[[], Awaitable[list[Labelled]]], stamp: Callable[[], Awaitable[str]]
    ) -> None:
        """`known`: the assistant's examples; `stamp` changes when they do."""
        self._store = store
        self._known = known
        self._stamp = stamp
        self._rarity: tuple[str, Rarity] | None = None
        self._seen: tuple[object, list[list[Group]]] | None = None

    async def look(self) -> list[list[Group]]:
        """The largest first."""
        groups = [one for one in grouped(await self._store.items(State.OPEN, MOST)) if not _ALONE & set(one.reasons)]
        rarity = await self._rarities()
        subject = (self._rarity and self._rarity[0], [group.head.id for group in groups])
        if self._seen is None or self._seen[0] != subject:
            # In a thread: thousands of sentences are compared, and customers wait for nobody.
            found = await asyncio.to_thread(clusters, [group.head.text for group in groups], rarity)
            self._seen = (subject, [[groups[place] for place in places] for places in found])
            return self._seen[1]
        return _refreshed(self._seen[1], groups)

    async def _rarities(self) -> Rarity:
        stamp = await self._stamp()
        if self._rarity is None or self._rarity[0] != stamp:
            texts = [one.text for one in await self._known()]
            self._rarity = (stamp, await asyncio.to_thread(Rarity.learnt_from, texts))
        return self._rarity[1]


def _refreshed(batches: Sequence[Sequence[Group]], groups: Sequence[Group]) -> list[list[Group]]:
    """The same batches with the groups as they are now: versions, counts, who has one open."""
    now = {group.head.id: group for group in groups}
    return [[now[group.head.id] for group in batch] for batch in batches]
