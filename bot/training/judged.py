"""A sentence whose intent is known, and what the assistant took it for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Labelled:
    """`name` of the set it belongs to, the right intent, the text."""

    name: str
    intent: str
    text: str


@dataclass(frozen=True)
class Parsed:
    """`ranking`: the likeliest intents with their confidence (0 to 1), best first, never the fallback."""

    ranking: tuple[tuple[str, float], ...]
    #: False if the assistant would rather ask again (nlu_fallback).
    understood: bool
    milliseconds: float


@dataclass(frozen=True)
class Judged:
    labelled: Labelled
    parsed: Parsed

    @property
    def guess(self) -> str:
        return self.parsed.ranking[0][0] if self.parsed.ranking else ""

    @property
    def confidence(self) -> float:
        return self.parsed.ranking[0][1] if self.parsed.ranking else 0.0

    @property
    def right(self) -> bool:
        return self.guess == self.labelled.intent
