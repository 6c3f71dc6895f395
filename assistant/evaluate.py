"""Parses texts with a trained model, one at a time: `python -m assistant.evaluate --model M --out O < texts.json`.

Texts are a JSON list. `O` becomes a JSON list of `{"ranking": [["ask_gas_price", 0.98], …], "understood": true,
"milliseconds": 0.6}`: the ranking without nlu_fallback, best first. The whole pipeline of config.yml runs, as for a
customer's message.
"""

import argparse
import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from assistant.rasa_import import import_rasa

FALLBACK = "nlu_fallback"
#: Parsed before the clock runs: the first messages fill caches.
WARM_UP = 20


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m assistant.evaluate")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    texts = json.load(sys.stdin)
    os.environ["LOG_LEVEL"] = "ERROR"
    import_rasa()
    answers = asyncio.run(parse_all(options.model, texts))
    options.out.write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
    return 0


async def parse_all(model: Path, texts: list[str]) -> list[dict[str, Any]]:
    """Raises rasa.exceptions.ModelNotFound."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    for text in texts[:WARM_UP]:
        await agent.parse_message(text)
    answers = []
    for text in texts:
        began = time.perf_counter()
        parsed = await agent.parse_message(text)
        spent = (time.perf_counter() - began) * 1000
        ranking = [(scored["name"], scored["confidence"]) for scored in parsed["intent_ranking"]]
        answers.append(
            {
                "ranking": [(name, confidence) for name, confidence in ranking if name != FALLBACK],
                "understood": parsed["intent"]["name"] != FALLBACK,
                "milliseconds": spent,
            }
        )
    return answers


if __name__ == "__main__":
    sys.exit(main())
