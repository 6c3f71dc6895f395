"""How text is searched: by pairs of neighbouring characters, because Chinese has no blanks between words.

A pair finds two-character words (漏气, 欠费), of which most words are made; tokenizers of three characters (trigram,
pg_trgm) find none of them by their index. Latin letters and figures are searched the same way, so the end of a number
finds it.
"""

import unicodedata
from itertools import pairwise

#: Of a very long message more would not be looked for.
MOST_PAIRS = 2_000


def folded(text: str) -> str:
    """One spelling for all: half-width, no capitals."""
    return unicodedata.normalize("NFKC", text).casefold()


def pairs(text: str) -> list[str]:
    """Every two neighbouring letters, figures or characters of the text, each once, in their order."""
    found: dict[str, None] = {}
    plain = folded(text)
    for first, second in pairwise(plain):
        if first.isalnum() and second.isalnum():
            found[first + second] = None
            if len(found) == MOST_PAIRS:
                break
    return list(found)


def words_of(query: str) -> list[str]:
    """What has to be in a text, each; words are divided by blanks."""
    return folded(query).split()


def holds(text: str, words: list[str]) -> bool:
    plain = folded(text)
    return all(word in plain for word in words)


def excerpt(text: str, words: list[str], around: int = 24) -> str:
    """A line of the text with the first of the words in it."""
    line = " ".join(text.split())
    at = max(folded(line).find(words[0]), 0) if words else 0
    start, end = max(at - around, 0), at + len(words[0] if words else "") + around
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
