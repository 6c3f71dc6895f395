"""One contender, in a process of its own: `python -m assistant.contenders.trial NAME` prints its figures as JSON."""

import json
import resource
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from assistant.contenders import pipelines
from assistant.contenders.features import Characters, Dense, Features, Together, WordVectors, encoded
from assistant.contenders.linear import Cascade, Linear, Product, Ranking
from assistant.contenders.sentences import EMERGENCIES, Sentences, sentences

BINS = 10
SURE = 0.6
WARM_UP = 20
#: As bot/adapters/rasa believes an emergency.
BELIEVED = 0.5


class Contender(Protocol):
    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None: ...

    def rank(self, text: str) -> Ranking: ...


def _beside_characters(others: Features) -> Linear:
    characters = Characters()
    return Linear(Together(characters, others), characters)


CONTENDERS: dict[str, Callable[[], Contender]] = {
    "stock-diet": lambda: pipelines.Pipeline(pipelines.DIET, tensorflow=True),
    "stock-linear": lambda: pipelines.Pipeline(pipelines.LINEAR),
    "characters": Product,
    "encoder": lambda: Linear(Dense(encoded)),
    "characters+encoder": lambda: _beside_characters(Dense(encoded, 0.5)),
    "cascade": lambda: Cascade(Product(), _beside_characters(Dense(encoded, 0.5)), SURE),
    "words": lambda: Linear(Dense(WordVectors())),
    "characters+words": lambda: _beside_characters(Dense(WordVectors(), 0.5)),
}


def main(name: str) -> None:
    warnings.simplefilter("ignore")
    out, sys.stdout = sys.stdout, sys.stderr
    given, contender = sentences(), CONTENDERS[name]()
    began, used = time.perf_counter(), time.process_time()
    contender.fit([one.text for one in given.train], [one.intent for one in given.train])
    figures: dict[str, Any] = {
        "name": name,
        "examples": len(given.train),
        "training seconds": time.perf_counter() - began,
        "training cpu seconds": time.process_time() - used,
        **_tried(contender, given),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    if isinstance(contender, Cascade):
        figures["asked twice"] = contender.asked_twice / contender.asked
    print(json.dumps(figures), file=out)


def _tried(contender: Contender, given: Sentences) -> dict[str, Any]:
    for one in given.train[:WARM_UP]:
        contender.rank(one.text)
    messages = sum(map(len, given.sets.values())) + len(given.emergencies) + len(given.lookalikes)
    began = time.process_time()
    ranked = {name: [(one.intent, contender.rank(one.text)) for one in ones] for name, ones in given.sets.items()}
    recalled = [_alarms(contender.rank(text)) for text in given.emergencies]
    false = [_alarms(contender.rank(text)) for text in given.lookalikes]
    spent = (time.process_time() - began) * 1000 / messages
    accuracy = {name: sum(r[0][0] == intent for intent, r in tried) / len(tried) for name, tried in ranked.items()}
    return {
        "accuracy": accuracy,
        "emergency recall": sum(recalled) / len(recalled),
        "false alarms": sum(false) / len(false),
        "calibration error": _calibration_error([one for tried in ranked.values() for one in tried]),
        "cpu ms": spent,
    }


def _alarms(ranking: Ranking) -> bool:
    return any(name in EMERGENCIES and confidence >= BELIEVED for name, confidence in ranking[:3])


def _calibration_error(tried: Sequence[tuple[str, Ranking]]) -> float:
    """What sureness and truth differ by, in tenths of confidence, on average over all messages."""
    sums = [[0.0, 0.0] for _ in range(BINS)]
    for intent, ranking in tried:
        guess, confidence = ranking[0]
        tenth = sums[min(int(confidence * BINS), BINS - 1)]
        tenth[0] += confidence
        tenth[1] += guess == intent
    return sum(abs(sure - right) for sure, right in sums) / len(tried)


if __name__ == "__main__":
    main(sys.argv[1])
