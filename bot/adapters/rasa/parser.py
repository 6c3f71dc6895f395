"""Asks the live Rasa what it takes a sentence for, outside of any conversation."""

import asyncio

import aiohttp
from pydantic import BaseModel, ValidationError

from bot.clock import stopwatch
from bot.ports import AssistantDown
from bot.training.judged import Parsed
from bot.training.review import FALLBACK

TIME_LIMIT_SECONDS = 5.0


class _Scored(BaseModel):
    name: str | None
    confidence: float


class _Body(BaseModel):
    intent: _Scored
    intent_ranking: list[_Scored]


class RasaParser:
    """Implements training.recorder.Parser with Rasa's own `POST /model/parse`."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")

    async def __call__(self, text: str) -> Parsed:
        begun = stopwatch()
        try:
            async with (
                asyncio.timeout(TIME_LIMIT_SECONDS),
                aiohttp.ClientSession(trust_env=False) as http,
                http.post(f"{self.base_url}/model/parse", json={"text": text}) as response,
            ):
                if not response.ok:
                    raise AssistantDown(f"status {response.status}")
                body = _Body.model_validate_json(await response.read())
        except (aiohttp.ClientError, TimeoutError, ValidationError) as problem:
            raise AssistantDown(f"no opinion on a sentence: {type(problem).__name__}") from problem
        ranking = tuple((one.name, one.confidence) for one in body.intent_ranking if one.name and one.name != FALLBACK)
        return Parsed(ranking, body.intent.name != FALLBACK, (stopwatch() - begun) * 1000)


async def no_opinion(text: str) -> Parsed:
    """Where no model can be asked."""
    raise AssistantDown("there is no model to ask")
