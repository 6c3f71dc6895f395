"""Pipelines of Rasa's own components, its NLU alone."""

import asyncio
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from ruamel.yaml import YAML

from assistant.contenders.linear import Ranking
from assistant.rasa_import import import_rasa

Components: TypeAlias = list[dict[str, Any]]

_WORDS: Components = [
    {"name": "JiebaTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
#: `rasa init` writes 100 epochs.
EPOCHS = int(os.environ.get("STOCK_EPOCHS", "100"))
DIET: Components = [*_WORDS, {"name": "DIETClassifier", "epochs": EPOCHS, "constrain_similarities": True}]
LINEAR: Components = [*_WORDS, {"name": "LogisticRegressionClassifier"}]


class Pipeline:
    def __init__(self, components: Components, *, tensorflow: bool = False) -> None:
        self._components = components
        self._tensorflow = tensorflow

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        if self._tensorflow:
            os.environ["GASDESK_TENSORFLOW"] = "1"
        import_rasa()
        from rasa.core.agent import Agent
        from rasa.model_training import train_nlu

        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            os.environ["RASA_CACHE_DIRECTORY"] = str(folder / "cache")
            config = {"recipe": "default.v1", "language": "zh", "assistant_id": "x", "pipeline": self._components}
            YAML().dump(config, folder / "config.yml")
            blocks: dict[str, list[str]] = {}
            for text, intent in zip(texts, intents, strict=True):
                blocks.setdefault(intent, []).append(f"- {text}\n")
            nlu = [{"intent": intent, "examples": "".join(lines)} for intent, lines in blocks.items()]
            YAML().dump({"version": "3.1", "nlu": nlu}, folder / "nlu.yml")
            model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))
            self._agent = Agent.load(model)

    def rank(self, text: str) -> Ranking:
        parsed = asyncio.run(self._agent.parse_message(text))
        return [(scored["name"], scored["confidence"]) for scored in parsed["intent_ranking"]]
