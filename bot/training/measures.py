"""The figures of a classifier, from sentences whose intent is known. Shares are 0 to 1."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from bot.training.judged import Judged

#: Of the standard normal distribution: 95 % lie within this many standard deviations.
Z95 = 1.959964
CALIBRATION_BINS = 10


@dataclass(frozen=True)
class Share:
    """How many of how many, with the interval that holds the true share with 95 % certainty (Wilson)."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None


def share(hits: int, of: int) -> Share:
    if not of:
        return Share(0, 0, 0.0, 1.0)
    part, square = hits / of, Z95 * Z95
    centre = (part + square / (2 * of)) / (1 + square / of)
    half = Z95 * sqrt(part * (1 - part) / of + square / (4 * of * of)) / (1 + square / of)
    return Share(hits, of, max(0.0, centre - half), min(1.0, centre + half))


@dataclass(frozen=True)
class IntentFigures:
    intent: str
    #: Of the messages taken for this intent, how many are it.
    precision: Share
    #: Of the messages that are this intent, how many were taken for it.
    recall: Share


def by_intent(judged: Sequence[Judged]) -> list[IntentFigures]:
    """The least recognised first."""
    right = Counter(one.guess for one in judged if one.right)
    guessed = Counter(one.guess for one in judged)
    meant = Counter(one.labelled.intent for one in judged)
    figures = [
        IntentFigures(intent, share(right[intent], guessed[intent]), share(right[intent], meant[intent]))
        for intent in sorted(guessed | meant)
    ]
    return sorted(figures, key=lambda one: (one.recall.value if one.recall.value is not None else 2.0, one.intent))


def confusion(judged: Sequence[Judged]) -> dict[str, dict[str, int]]:
    """Right intent → what it was taken for → how often."""
    counts: dict[str, dict[str, int]] = {}
    for one in judged:
        row = counts.setdefault(one.labelled.intent, {})
        row[one.guess] = row.get(one.guess, 0) + 1
    return counts


@dataclass(frozen=True)
class CalibrationBin:
    """Messages whose confidence lies between `low` and `high`: how sure the assistant was, how often it was right."""

    low: float
    high: float
    messages: int
    confidence: float
    accuracy: float


def calibration(judged: Sequence[Judged]) -> tuple[list[CalibrationBin], float]:
    """The filled tenths of confidence, and the expected calibration error: what sureness and truth differ by, on
    average over all messages."""
    filled: dict[int, list[Judged]] = {}
    for one in judged:
        filled.setdefault(min(int(one.confidence * CALIBRATION_BINS), CALIBRATION_BINS - 1), []).append(one)
    bins = [_bin(index, members) for index, members in sorted(filled.items())]
    error = sum(bin_.messages * abs(bin_.accuracy - bin_.confidence) for bin_ in bins) / max(1, len(judged))
    return bins, error


def _bin(index: int, members: Sequence[Judged]) -> CalibrationBin:
    return CalibrationBin(
        low=index / CALIBRATION_BINS,
        high=(index + 1) / CALIBRATION_BINS,
        messages=len(members),
        confidence=sum(one.confidence for one in members) / len(members),
        accuracy=sum(one.right for one in members) / len(members),
    )


def worst(judged: Sequence[Judged], number: int) -> list[Judged]:
    """Mistakes the assistant was surest of: nothing in the dialogue catches these."""
    wrong = [one for one in judged if not one.right]
    return sorted(wrong, key=lambda one: (-one.confidence, one.labelled.text))[:number]


def percentile(values: Sequence[float], part: float) -> float:
    """The value that `part` (0 to 1) of all values do not exceed; 0 without any."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0
