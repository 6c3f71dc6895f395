"""Finds an intent model's weights from labelled sentences. Imported for training only: scikit-learn takes seconds."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from assistant.intent_model import IntentModel, Terms, Vector, probabilities

#: How closely the weights follow the examples: cross-validation is flat from 20 to 50 (docs/nlu.md).
CLOSENESS = 30.0
FOLDS = 5


class TooFewExamples(ValueError):
    """An intent cannot be learnt; the text names it."""


def train_intent_model(texts: Sequence[str], intents: Sequence[str]) -> IntentModel:
    """
    Raises:
        TooFewExamples: fewer than two intents, or an intent with fewer examples than there are folds.
    """
    _check_enough(intents)
    terms = Terms.learnt_from(texts)
    features, targets = as_matrix(terms, texts), np.array(intents)
    temperature = _temperature(features, targets)
    classifier = _fitted(features, targets)
    labels = [str(label) for label in classifier.classes_]
    return IntentModel(terms, labels, _weights(classifier), _bias(classifier), temperature)


def as_matrix(terms: Terms, texts: Sequence[str]) -> csr_matrix:
    rows = [terms.weigh(text) for text in texts]
    ends = np.cumsum([0, *(len(indices) for indices, _ in rows)])
    columns = np.concatenate([indices for indices, _ in rows])
    values = np.concatenate([weights for _, weights in rows])
    return csr_matrix((values, columns, ends), shape=(len(texts), len(terms.names)))


def _temperature(features: csr_matrix, targets: npt.NDArray[np.str_]) -> float:
    """What makes the confidence honest: the best fit on sentences the weights were not learnt from."""
    labels = np.unique(targets)
    scores = np.zeros((len(targets), len(labels)), dtype=np.float32)
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(features, targets):
        classifier = _fitted(features[train], targets[train])
        scores[test] = features[test] @ _weights(classifier) + _bias(classifier)
    right = np.searchsorted(labels, targets)

    def surprise(temperature: float) -> float:
        chances = probabilities(scores, temperature)[np.arange(len(right)), right]
        return float(-np.log(chances + 1e-12).mean())

    return float(minimize_scalar(surprise, bounds=(0.05, 20.0), method="bounded").x)


def _fitted(features: csr_matrix, targets: npt.NDArray[np.str_]) -> LogisticRegression:
    """One yes-or-no model a label: twenty times as quick as the joint one, and as good."""
    classifier = LogisticRegression(C=CLOSENESS, solver="liblinear", class_weight="balanced", random_state=1)
    return classifier.fit(features, targets)


def _weights(classifier: LogisticRegression) -> Vector:
    return np.ascontiguousarray(classifier.coef_.T, dtype=np.float32)


def _bias(classifier: LogisticRegression) -> Vector:
    return np.asarray(classifier.intercept_, dtype=np.float32)


def _check_enough(intents: Sequence[str]) -> None:
    counts = Counter(intents)
    if len(counts) < 3:
        raise TooFewExamples(f"there must be at least three intents, found {sorted(counts)}")
    scarce = sorted(f"{intent} ({count})" for intent, count in counts.items() if count < FOLDS)
    if scarce:
        raise TooFewExamples(f"every intent needs at least {FOLDS} examples: {', '.join(scarce)}")
