"""Finds an intent model's weights from labelled sentences. Imported for training only: scikit-learn takes seconds."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import MultinomialNB

from assistant.intent_model import IntentModel, Terms, Vector, probabilities

#: How closely the boundaries follow the examples, and how much the intents' plain word frequencies count beside them.
#: Frequencies carry over better to phrasings nobody wrote down (docs/nlu.md has the figures for all three).
CLOSENESS = 30.0
FREQUENCY_SHARE = 0.3
FREQUENCY_SMOOTHING = 0.01
FOLDS = 5

Linear: TypeAlias = tuple[Vector, Vector]


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
    counted = features.shape[1]
    temperature = honest_temperature(features, targets, counted)
    weights, bias = fitted(features, targets, counted)
    return IntentModel(terms, [str(label) for label in np.unique(targets)], weights, bias, temperature)


def as_matrix(terms: Terms, texts: Sequence[str]) -> csr_matrix:
    rows = [terms.weigh(text) for text in texts]
    ends = np.cumsum([0, *(len(indices) for indices, _ in rows)])
    columns = np.concatenate([indices for indices, _ in rows])
    values = np.concatenate([weights for _, weights in rows])
    return csr_matrix((values, columns, ends), shape=(len(texts), len(terms.names)))


def honest_temperature(features: csr_matrix, targets: npt.NDArray[np.str_], counted: int) -> float:
    """What makes the confidence honest: the best fit on sentences the weights were not learnt from."""
    labels = np.unique(targets)
    scores = np.zeros((len(targets), len(labels)), dtype=np.float32)
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(features, targets):
        weights, bias = fitted(features[train], targets[train], counted)
        scores[test] = features[test] @ weights + bias
    right = np.searchsorted(labels, targets)

    def surprise(temperature: float) -> float:
        chances = probabilities(scores, temperature)[np.arange(len(right)), right]
        return float(-np.log(chances + 1e-12).mean())

    return float(minimize_scalar(surprise, bounds=(0.05, 20.0), method="bounded").x)


def fitted(features: csr_matrix, targets: npt.NDArray[np.str_], counted: int) -> Linear:
    """Weights and bias of both models added up: both are linear, so two cost no more than one.

    Naive Bayes knows only the first `counted` columns, those that count something.
    """
    # One yes-or-no model a label: twenty times as quick to train as the joint one, and as good.
    boundaries = LogisticRegression(C=CLOSENESS, solver="liblinear", class_weight="balanced", random_state=1)
    boundaries.fit(features, targets)
    weights = boundaries.coef_
    if counted:
        frequencies = MultinomialNB(alpha=FREQUENCY_SMOOTHING, fit_prior=False).fit(features[:, :counted], targets)
        weights[:, :counted] += FREQUENCY_SHARE * frequencies.feature_log_prob_
    return np.ascontiguousarray(weights.T, dtype=np.float32), np.asarray(boundaries.intercept_, dtype=np.float32)


def _check_enough(intents: Sequence[str]) -> None:
    counts = Counter(intents)
    if len(counts) < 3:
        raise TooFewExamples(f"there must be at least three intents, found {sorted(counts)}")
    scarce = sorted(f"{intent} ({count})" for intent, count in counts.items() if count < FOLDS)
    if scarce:
        raise TooFewExamples(f"every intent needs at least {FOLDS} examples: {', '.join(scarce)}")
