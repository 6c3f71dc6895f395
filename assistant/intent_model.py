"""What a sentence asks for, judged from its characters: a linear model on single characters and pairs.

Characters beat words here (docs/nlu.md): residents write 煤汽, 露气 and half sentences, which a word list tears apart.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Vector: TypeAlias = npt.NDArray[np.float32]

#: A longer story says what it wants within this; the rest would only cost time.
READ_CHARACTERS = 500
#: What an unknown term weighs, of the rarest known one (docs/nlu.md).
UNKNOWN_SHARE = 0.5
#: Where to write to or to look: its letters are no words.
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[\w./?=&%#~:+-]+|www\.[\w./?=&%#~:+-]+", re.ASCII)
#: A mobile number asks to be called; any other number of eight digits and more may be an account's.
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")
_LONG_NUMBER = re.compile(r"\d{8,}")
_DIGIT = re.compile(r"\d")
_NOT_A_WORD = re.compile("[^\\w?⑧⑪✉\U0001f300-\U0001faff]+")  # the last range: pictures such as 👍


def normalised(text: str) -> str:
    """One spelling for width, case, punctuation and digits: numbers count by their length, not by their value.

    A mobile number is one symbol of its own, every other number of eight digits and more another one, an address of
    e-mail or of a page a third.
    """
    text = _ADDRESS.sub("✉", unicodedata.normalize("NFKC", text[:READ_CHARACTERS]).lower())
    text = _DIGIT.sub("0", _LONG_NUMBER.sub("⑧", _MOBILE.sub("⑪", text)))
    return f"^{_NOT_A_WORD.sub(' ', text).strip()}$"


def terms_in(text: str) -> Counter[str]:
    """The characters and pairs of neighbouring characters of the text, with how often each occurs."""
    characters = normalised(text)
    return Counter([*characters, *map("".join, pairwise(characters))])


class Terms:
    """The terms the model knows, and how much each says (inverse document frequency)."""

    def __init__(self, names: list[str], rarity: Vector) -> None:
        self.names = names
        self.rarity = rarity
        self._index = {name: index for index, name in enumerate(names)}

    @classmethod
    def learnt_from(cls, texts: Iterable[str]) -> "Terms":
        counted = [terms_in(text) for text in texts]
        documents = Counter(term for terms in counted for term in terms)
        names = sorted(documents)
        frequency = np.array([documents[name] for name in names], dtype=np.float32)
        return cls(names, np.log((1 + len(counted)) / (1 + frequency)) + 1)

    def weigh(self, text: str) -> tuple[npt.NDArray[np.int64], Vector]:
        """Indices and weights of the known terms in the text (sublinear tf-idf).

        Known and unknown terms together have length one, so that a few known ones in a strange text say little.
        """
        counts = terms_in(text)
        known = [(self._index[term], count) for term, count in counts.items() if term in self._index]
        if not known:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        found, times = (np.array(column) for column in zip(*known, strict=True))
        weights: Vector = _damped(times) * self.rarity[found]
        unknown = np.array([count for term, count in counts.items() if term not in self._index])
        strange = UNKNOWN_SHARE * self.rarity.max() * _damped(unknown)
        return found, weights / np.sqrt(np.square(weights).sum() + np.square(strange).sum())


def _damped(counts: npt.NDArray[np.int64]) -> Vector:
    """Twice the same word is less than two words."""
    damped: Vector = np.log(counts.astype(np.float32)) + np.float32(1)
    return damped


class IntentModel:
    """Names the intent of a text, with a confidence that means what it says (calibrated, 0 to 1)."""

    def __init__(self, terms: Terms, labels: list[str], weights: Vector, bias: Vector, temperature: float) -> None:
        """
        Args:
            weights: one row a term, one column a label.
            temperature: divides the scores before they become probabilities; found on texts held out in training.
        """
        self.terms = terms
        self.labels = labels
        self._weights = weights
        self._bias = bias
        self._temperature = temperature

    def rank(self, text: str) -> list[tuple[str, float]]:
        """All intents with their confidence, the likeliest first."""
        indices, weights = self.terms.weigh(text)
        chances = probabilities(weights @ self._weights[indices] + self._bias, self._temperature)
        return [(self.labels[index], float(chances[index])) for index in np.argsort(-chances)]

    def save(self, folder: Path) -> None:
        arrays = {"rarity": self.terms.rarity, "weights": self._weights, "bias": self._bias}
        np.savez(folder / "arrays.npz", **arrays)
        words = {"terms": self.terms.names, "labels": self.labels, "temperature": self._temperature}
        (folder / "words.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "IntentModel":
        words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
            terms = Terms(words["terms"], arrays["rarity"])
            return cls(terms, words["labels"], arrays["weights"], arrays["bias"], words["temperature"])


def probabilities(scores: Vector, temperature: float) -> Vector:
    """Softmax of the scores (last axis) at the temperature."""
    scaled = scores / temperature
    powers: Vector = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    chances: Vector = powers / powers.sum(axis=-1, keepdims=True)
    return chances
