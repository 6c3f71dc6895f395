"""Which sentences say the same in nearly the same characters.

Two are near duplicates when three quarters of their characters and character pairs are common (Jaccard). Punctuation,
case and the values of digits do not count.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, pairwise
from math import ceil
from unicodedata import category

NEAR = 0.75
#: To the model these are symbols of their own (assistant/intent_model.py).
MOBILE = re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")
LONG_NUMBER = re.compile(r"\d{8,}")


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


def near_pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Indices of the pairs that are near duplicates, in order, without looking at all pairs.

    Two sets of terms as alike as NEAR share at least one of their rarest: of a set of n, one of the first
    n - ceil(NEAR * n) + 1 (the prefix filter of set-similarity joins).
    """
    sets = [terms(text) for text in texts]
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


def near_between(some: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """Indices of those of `some` and of `others` that are near duplicates of each other; quick when `some` are few.

    Who shares three quarters of a set of n shares one of any n - ceil(NEAR * n) + 1 of its terms.
    """
    sets = [terms(text) for text in some]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, its in enumerate(sets):
        for term in sorted(its, key=lambda term: (-len(term), term))[: len(its) - ceil(NEAR * len(its)) + 1]:
            holders[term].append(index)
    pairs = []
    for place, text in enumerate(others):
        its = terms(text)
        candidates = {index for term in its if term in holders for index in holders[term]}
        pairs += [(index, place) for index in candidates if likeness(sets[index], its) >= NEAR]
    return sorted(pairs)
