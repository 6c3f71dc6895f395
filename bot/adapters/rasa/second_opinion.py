"""Who is not the live model never hears less danger than it: each message he answers is shown to that one too."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import structlog

from bot.adapters.rasa.answers import EMERGENCY_INTENTS
from bot.ports import Assistant, AssistantAnswer, AssistantDown, Waited
from bot.training.judged import Parsed
from bot.training.recorder import Parser

log = structlog.get_logger()

#: So long, in seconds, the answer waits for the live model's opinion.
PATIENCE = 1.0


class SecondOpinion:
    """Implements ports.Assistant."""

    def __init__(self, assistant: Assistant, live: Parser, confidence: float = 0.5) -> None:
        """`confidence`: from here on (0 to 1) the live model's report of an emergency is believed."""
        self._assistant = assistant
        self._live = live
        self._confidence = confidence

    @property
    def ready(self) -> bool:
        return self._assistant.ready

    async def reply(
        self, conversation_id: str, text: str, message_id: str, before: Sequence[Waited] = (), unfinished: str = ""
    ) -> AssistantAnswer:
        asked = [asyncio.create_task(self._live(each)) for each in (*(one.text for one in before), text)]
        try:
            answer = await self._assistant.reply(conversation_id, text, message_id, before, unfinished)
            heard = await self._heard(asked)
        finally:
            for task in asked:
                task.cancel()
        # What answers the dialogue's own question is no report, whatever its words are like.
        return answer if answer.no_emergency else louder(answer, heard, self._confidence)

    async def _heard(self, asked: Sequence[asyncio.Task[Parsed]]) -> list[Parsed]:
        done, late = await asyncio.wait(asked, timeout=PATIENCE)
        opinions = []
        for task in done:
            with suppress(AssistantDown):
                opinions.append(task.result())
        if late or len(opinions) < len(asked):
            log.warning("the live model has no opinion", action="second_opinion_missing")
        return opinions


def louder(answer: AssistantAnswer, opinions: Sequence[Parsed], confidence: float) -> AssistantAnswer:
    """The answer with the greatest chance of an emergency that either model sees."""
    for opinion in opinions:
        scores = {EMERGENCY_INTENTS[name]: sure for name, sure in opinion.ranking if name in EMERGENCY_INTENTS}
        chance = min(1.0, sum(scores.values()))
        if not scores or chance <= (answer.emergency_chance or 0.0):
            continue
        suspected = max(scores, key=scores.__getitem__)
        answer = replace(
            answer,
            emergency_chance=chance,
            emergency_suspected=suspected,
            emergency=answer.emergency or (suspected if chance >= confidence else None),
        )
    return answer
