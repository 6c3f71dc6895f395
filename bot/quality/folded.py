"""A text as rules compare it: without spaces, punctuation and tricks of spelling, knowing where each letter stood."""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

#: One word for both: "您不知道" and "你不知道" are the same to a rule.
_SAME = {"您": "你", "妳": "你", "祢": "你"}

SENTENCE_ENDS = frozenset("。！？!?；;\n")
CLAUSE_ENDS = SENTENCE_ENDS | frozenset("，,、：:…—~～.")
#: A space may divide clauses or hide a word ("不 行"); rules look at both.
CLAUSE_ENDS_AND_SPACE = CLAUSE_ENDS | frozenset(" \u3000\t")


class Folded(NamedTuple):
    """A stretch of a text: its letters and digits, and the place in the text of each."""

    text: str
    places: tuple[int, ...]


def fold(text: str) -> str:
    """Letters, digits and characters only, in one spelling."""
    return _fold(enumerate(text)).text


def stretches(text: str, ends: frozenset[str]) -> list[Folded]:
    """The text divided at `ends`. Single characters in a row stay together: "不。知。道" is one word."""
    found: list[Folded] = []
    lone = False
    for piece in _divided(text, ends):
        if not piece.text:
            continue
        short = len(piece.text) == 1
        if short and lone:
            found[-1] = Folded(found[-1].text + piece.text, found[-1].places + piece.places)
        else:
            found.append(piece)
        lone = short
    return found


def _divided(text: str, ends: frozenset[str]) -> Iterator[Folded]:
    piece: list[tuple[int, str]] = []
    for place, char in enumerate(text):
        if char not in ends:
            piece.append((place, char))
            continue
        yield _fold(iter(piece))
        piece = []
    yield _fold(iter(piece))


def _fold(numbered: Iterator[tuple[int, str]]) -> Folded:
    kept = [
        (_SAME.get(plain, plain), place)
        for place, char in numbered
        for plain in unicodedata.normalize("NFKC", char).casefold()
        if unicodedata.category(plain)[0] in "LN"
    ]
    return Folded("".join(char for char, _ in kept), tuple(place for _, place in kept))
