"""Finds the articles that answer a short question. Why so, and how good: docs/decisions/0008-knowledge-search.md."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.knowledge.terms import terms

#: Share of the likeness to the nearest wording; the rest is how much of the question the whole article knows.
WORDING_SHARE = 0.3
#: What a term of a keyword counts for, when one of any wording counts 1.
KEYWORD_WORTH = 1.6
#: Weight of a term that no article uses: it makes every article less likely.
UNHEARD_OF = 1.0
#: Weight of the terms that question and article share, from which on it is evidence enough.
ENOUGH = 3.0
#: Articles that share nothing but a rare particle with the question are not worth showing.
LEAST = 0.08


@dataclass(frozen=True)
class Entry:
    """One article as the index sees it."""

    ways_to_ask: Sequence[str]
    keywords: Sequence[str] = ()


class Index:
    """Terms weighted by how few articles use them. Built once, then only read."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        #: How much each article knows of a term: 1, or more for its keywords.
        self._knows: defaultdict[str, dict[int, float]] = defaultdict(dict)
        #: Per term: (wording, weight there); a wording's weights have length 1.
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        self._article_of: list[int] = []
        for place, entry in enumerate(entries):
            self._learn(place, entry)
        self._rarity = {term: _rarity(len(entries), len(known)) for term, known in self._knows.items()}
        for place, entry in enumerate(entries):
            self._post(place, entry)

    def search(self, question: str) -> list[tuple[int, float]]:
        """Places of entries with their score (0 to 1), the best first."""
        asked = {term: self._rarity.get(term, UNHEARD_OF) for term in terms(question)}
        if not any(term in self._rarity for term in asked):
            return []
        near, known = self._nearest_wordings(asked), self._known_shares(asked)
        total = sum(asked.values())
        scores = {
            place: min(1.0, share * total / ENOUGH)
            * min(1.0, WORDING_SHARE * near.get(place, 0.0) + (1 - WORDING_SHARE) * share)
            for place, share in known.items()
        }
        found = [(place, score) for place, score in scores.items() if score >= LEAST]
        return sorted(found, key=lambda each: (-each[1], each[0]))

    def _learn(self, place: int, entry: Entry) -> None:
        for term in _all_terms(entry.ways_to_ask):
            self._knows[term][place] = 1.0
        for term in _all_terms(entry.keywords):
            self._knows[term][place] = KEYWORD_WORTH

    def _post(self, place: int, entry: Entry) -> None:
        for wording in entry.ways_to_ask:
            weights = {term: self._rarity[term] for term in terms(wording)}
            length = math.hypot(*weights.values()) or 1.0
            for term, weight in weights.items():
                self._postings[term].append((len(self._article_of), weight / length))
            self._article_of.append(place)

    def _nearest_wordings(self, asked: dict[str, float]) -> dict[int, float]:
        """Cosine of the question and each article's nearest wording."""
        length = math.hypot(*asked.values())
        likeness: defaultdict[int, float] = defaultdict(float)
        for term, weight in asked.items():
            for wording, there in self._postings.get(term, ()):
                likeness[wording] += weight / length * there
        best: dict[int, float] = {}
        for wording, value in likeness.items():
            place = self._article_of[wording]
            best[place] = max(best.get(place, 0.0), value)
        return best

    def _known_shares(self, asked: dict[str, float]) -> dict[int, float]:
        """How much of the question's weight each article knows."""
        total = sum(asked.values())
        shares: defaultdict[int, float] = defaultdict(float)
        for term, weight in asked.items():
            for place, worth in self._knows.get(term, {}).items():
                shares[place] += weight / total * worth
        return shares


def _rarity(articles: int, users: int) -> float:
    """The weight of a term that `users` of all articles use, between 0 and UNHEARD_OF."""
    return math.log((articles + 1) / (users + 0.5)) / math.log((articles + 1) / 0.5)


def _all_terms(texts: Iterable[str]) -> set[str]:
    return {term for text in texts for term in terms(text)}
