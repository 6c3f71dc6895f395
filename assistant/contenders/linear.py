"""Linear models on any features: fitted and made honest as the product's own."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from assistant.contenders.features import Features
from assistant.intent_model import IntentModel, Vector, probabilities
from assistant.intent_training import fitted, honest_temperature, train_intent_model

Ranking = list[tuple[str, float]]


class Product:
    """What assistant/intent_classifier.py runs."""

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        self._model: IntentModel = train_intent_model(texts, intents)

    def rank(self, text: str) -> Ranking:
        return self._model.rank(text)


class Linear:
    """Logistic regression and a share of naive Bayes; the latter only where features count something."""

    def __init__(self, features: Features, frequency_columns: Features | None = None) -> None:
        self._features = features
        self._counted = frequency_columns

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        targets = np.array(intents)
        self.labels = [str(label) for label in np.unique(targets)]
        self._features.fit(texts)
        features = self._features.matrix(texts)
        counted = self._share(texts, features)
        self._temperature = honest_temperature(features, targets, counted)
        self._weights, self._bias = fitted(features, targets, counted)

    def _share(self, texts: Sequence[str], features: csr_matrix) -> int:
        """How many columns, from the left, count something."""
        if self._counted is None:
            return 0
        return int(self._counted.matrix(texts[:1]).shape[1])

    def chances(self, text: str) -> Vector:
        scores: npt.NDArray[np.float32] = self._features.matrix([text]) @ self._weights + self._bias
        return probabilities(scores[0], self._temperature)

    def rank(self, text: str) -> Ranking:
        chances = self.chances(text)
        return [(self.labels[index], float(chances[index])) for index in np.argsort(-chances)]


class Cascade:
    """The second one is asked only where the first is unsure."""

    def __init__(self, quick: Product, thorough: Linear, sure: float) -> None:
        self._quick, self._thorough, self._sure = quick, thorough, sure
        self.asked, self.asked_twice = 0, 0

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        self._quick.fit(texts, intents)
        self._thorough.fit(texts, intents)

    def rank(self, text: str) -> Ranking:
        ranking = self._quick.rank(text)
        self.asked += 1
        if ranking[0][1] >= self._sure:
            return ranking
        self.asked_twice += 1
        return self._thorough.rank(text)
