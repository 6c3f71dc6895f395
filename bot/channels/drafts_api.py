"""Replies that must not go out as they are: how a page asks before, and how a refusal looks (docs/protocol.md 2)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.auth import Dependency
from bot.channels.conversation_id import ConversationId
from bot.channels.errors import ApiError, error_response, not_found
from bot.desk.draft_guard import Review
from bot.desk.permission import must_own
from bot.domain.drafts import DraftStopped, Finding, ToConfirm
from bot.domain.staff import Staff
from bot.domain.text import LONGEST, tidy
from bot.ports import Transcripts

Json = dict[str, Any]


class DraftIn(BaseModel):
    text: Annotated[str, Field(max_length=LONGEST)]


def draft_routes(*, serving: Dependency, review: Review, transcripts: Transcripts) -> APIRouter:
    """`serving` is a dependency that returns the agent or lead who writes."""
    router = APIRouter(prefix="/api", tags=["坐席"])

    @router.post(
        "/conversations/{conversation_id}/draft",
        summary="检查未发送的回复",
        description="服务忌语、没填的空、用户个人信息。只有正在接待的人可以查；不保存任何内容。",
    )
    async def check(conversation_id: ConversationId, body: DraftIn, who: Annotated[Staff, Depends(serving)]) -> Json:
        c = await transcripts.get(conversation_id)
        if c is None:
            raise not_found("会话")
        must_own(c, who)  # what is flagged as personal data would tell others what it is
        return {"findings": [finding(each) for each in await review(conversation_id, tidy(body.text))]}

    return router


def install_draft_refusals(app: FastAPI) -> None:
    async def refuse(_: Request, problem: Exception) -> Response:
        assert isinstance(problem, DraftStopped)
        more = {"findings": [finding(each) for each in problem.findings]}
        return error_response(ApiError(422, problem.concern.value, str(problem), more=more))

    for kind in (DraftStopped, ToConfirm):
        app.add_exception_handler(kind, refuse)


def finding(f: Finding) -> Json:
    return {
        "concern": f.concern.value,
        "found": f.found,
        "start": f.start,
        "end": f.end,
        "why": f.why,
        "better": f.better,
    }
