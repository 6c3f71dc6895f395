"""Which unknown messages speak of the same thing in different words: many at once may be a matter nobody taught yet.

Sentences are compared by their characters and pairs of characters, each counting the more, the rarer it is among the
examples (tf-idf, cosine); 燃气 and 怎么 say little, 本子 says much. Clusters merge while the messages of both are, on
average, alike enough (average linkage), so that chains of neighbours do not grow into one.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from bot.training.likeness import shape

#: Mean likeness (cosine, 0 to 1). Measured on the open test sentences: docs/retraining.md.
ALIKE = 0.25
#: Fewer are looked at one by one.
FEWEST = 3

Vector = dict[str, float]


@dataclass(frozen=True)
class Rarity:
    """How much each term says, known from many sentences."""

    sentences: int
    holders: Mapping[str, int]

    @classmethod
    def learnt_from(cls, texts: Sequence[str]) -> "Rarity":
        return cls(len(texts), Counter(chain.from_iterable(set(_terms(text)) for text in texts)))

    def of(self, term: str) -> float:
        return math.log((1 + self.sentences) / (1 + self.holders.get(term, 0))) + 1


def clusters(texts: Sequence[str], rarity: Rarity) -> list[list[int]]:
    """Places of the texts that belong together, at least FEWEST each; the largest first."""
    vectors = [_vector(text, rarity) for text in texts]
    merging = _Merging(vectors)
    for _, one, other in sorted(_alike(vectors), key=lambda pair: (-pair[0], *pair[1:])):
        merging.join(one, other)
    found = [sorted(members) for members in merging.members.values() if len(members) >= FEWEST]
    return sorted(found, key=lambda members: (-len(members), members))


def _terms(text: str) -> list[str]:
    bare = shape(text)
    return [*bare, *map("".join, pairwise(bare))]


def _vector(text: str, rarity: Rarity) -> Vector:
    weights = {term: (1 + math.log(times)) * rarity.of(term) for term, times in Counter(_terms(text)).items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def _alike(vectors: Sequence[Vector]) -> list[tuple[float, int, int]]:
    """The pairs that are alike, without looking at those that share nothing."""
    holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    pairs = []
    for index, vector in enumerate(vectors):
        found: defaultdict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            for other, its in holders[term]:
                found[other] += weight * its
            holders[term].append((index, weight))
        pairs += [(likeness, other, index) for other, likeness in found.items() if likeness >= ALIKE]
    return pairs


class _Merging:
    """Clusters that grow; of each the sum of its members' vectors, whose product is the sum of all likenesses."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        self.members = {index: [index] for index in range(len(vectors))}
        self._home = list(range(len(vectors)))
        self._sums = [dict(vector) for vector in vectors]

    def join(self, one: int, other: int) -> None:
        """Merge the clusters of two members, if all of them are alike on average."""
        home, guest = sorted((self._home[one], self._home[other]), key=lambda place: -len(self._sums[place]))
        if home == guest:
            return
        total = sum(weight * self._sums[home].get(term, 0.0) for term, weight in self._sums[guest].items())
        if total < ALIKE * len(self.members[home]) * len(self.members[guest]):
            return
        for member in self.members[guest]:
            self._home[member] = home
        self.members[home] += self.members.pop(guest)
        for term, weight in self._sums[guest].items():
            self._sums[home][term] = self._sums[home].get(term, 0.0) + weight
