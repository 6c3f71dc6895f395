"""The assistant's draft for the agent over REST (docs/protocol.md 2)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path

from bot.channels.auth import Dependency
from bot.channels.customer_api import readable
from bot.channels.errors import ApiError, not_found
from bot.desk.suggestion import SuggestReply
from bot.domain import intents
from bot.domain.conversations import Conversation
from bot.domain.staff import Staff
from bot.ports import AssistantDown, Transcripts

Json = dict[str, Any]


def suggestion_routes(*, serving: Dependency, transcripts: Transcripts, suggest: SuggestReply) -> APIRouter:
    """`serving` is a dependency that returns the agent or lead who acts."""
    router = APIRouter(prefix="/api/conversations/{conversation_id}", tags=["坐席"])
    Read = Annotated[tuple[Conversation, Staff], Depends(readable(transcripts, serving))]

    @router.get(
        "/messages/{seq}/suggestion",
        summary="助手建议的回复",
        description="助手对用户这句话的理解和建议的回复；建议为空表示没有合适的。不会自动发出，也不会登记任何业务。",
    )
    async def suggestion(asked: Read, seq: Annotated[int, Path(ge=1, le=2**31 - 1)]) -> Json:
        try:
            found = await suggest(asked[0], seq)
        except AssistantDown as reason:
            raise ApiError(503, "assistant_down", "智能助手暂时没有回应，请自行回复，或查知识库。") from reason
        if found is None:
            raise not_found("用户的这句话")
        intent = found.intent and {
            "name": found.intent.name,
            "label": intents.label(found.intent.name),
            "confidence": round(found.intent.confidence, 3),
        }
        return {"seq": found.seq, "intent": intent, "text": found.text}

    return router
