"""Counts sentences that say the same in nearly the same characters: `python -m tests.nlu.near_duplicates`.

Two are near duplicates when three quarters of their characters and character pairs are common (Jaccard). Punctuation,
case and the values of digits do not count.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, pairwise
from math import ceil
from unicodedata import category

from tests.nlu.utterances import TEST_SETS, Utterance, examples, to_try

NEAR = 0.75
#: To the model these are symbols of their own (assistant/intent_model.py).
MOBILE = re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")
LONG_NUMBER = re.compile(r"\d{8,}")
Pair = tuple[Utterance, Utterance]


def shape(text: str) -> str:
    """The characters that say something, without punctuation and spaces; digits alike, save in long numbers."""
    bare = LONG_NUMBER.sub("⑧", MOBILE.sub("⑪", text.lower()))
    return "".join("0" if c.isdecimal() else c for c in bare if category(c)[0] not in "PZ")


def terms(text: str) -> frozenset[str]:
    bare = shape(text)
    return frozenset([*bare, *map("".join, pairwise(bare))])


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """0 (nothing in common) to 1 (the same)."""
    return len(one & other) / len(one | other) if one or other else 1.0


def near_duplicates_within(utterances: Sequence[Utterance]) -> list[Pair]:
    """In the order of the utterances."""
    return [(utterances[i], utterances[j]) for i, j in _near_pairs([terms(text) for _, text in utterances])]


def near_duplicates_between(some: Sequence[Utterance], others: Sequence[Utterance]) -> list[Pair]:
    """Test sentences that the training examples give away."""
    both = [*some, *others]
    pairs = _near_pairs([terms(text) for _, text in both])
    return [(both[i], both[j]) for i, j in pairs if i < len(some) <= j]


def _near_pairs(sets: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    """Indices of the pairs that are near, without looking at all of them.

    Two sets as alike as NEAR share at least one of their rarest terms: of a set of n, one of the first
    n - ceil(NEAR * n) + 1 (the prefix filter of set-similarity joins).
    """
    known = Counter(chain.from_iterable(sets))
    holders: defaultdict[str, list[int]] = defaultdict(list)
    pairs = []
    for index, its in enumerate(sets):
        rarest = sorted(its, key=lambda term: (known[term], term))[: len(its) - ceil(NEAR * len(its)) + 1]
        candidates = {other for term in rarest for other in holders[term]}
        pairs += [(other, index) for other in sorted(candidates) if likeness(its, sets[other]) >= NEAR]
        for term in rarest:
            holders[term].append(index)
    return sorted(pairs)


def main() -> None:
    trained = examples()
    twins = near_duplicates_within(trained)
    crossing = [(one, other) for one, other in twins if one.intent != other.intent]
    print(f"{len(trained)} examples, {len(twins)} near duplicates among them, {len(crossing)} of these across intents:")
    _show(crossing)
    for name in TEST_SETS:
        tried = to_try(name)
        leaks = near_duplicates_between(tried, trained)
        print(f"{len(tried)} sentences of the {name} set, {len(leaks)} of them nearly in the examples:")
        _show(leaks)


def _show(pairs: Sequence[Pair]) -> None:
    for one, other in pairs:
        print(f"  {one.intent}: {one.text} = {other.intent}: {other.text}")


if __name__ == "__main__":
    main()
