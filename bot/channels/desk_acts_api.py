"""What agents and leads do over REST (docs/protocol.md 2)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI
from pydantic import AfterValidator, BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from bot.channels import shapes
from bot.channels.auth import Dependency
from bot.channels.conversation_id import ConversationId
from bot.channels.desk_summaries import Summaries
from bot.channels.errors import ApiError, error_response, not_found
from bot.desk.agent_acts import AgentActs
from bot.desk.draft_guard import Leave
from bot.desk.emergency_acts import EmergencyActs
from bot.desk.permission import NotAllowed
from bot.desk.presence import Seats
from bot.domain.emergencies import EmergencyKind
from bot.domain.staff import Presence, Staff
from bot.domain.text import BadText, tidy
from bot.ports import NoSuchConversation

Json = dict[str, Any]


Note = Annotated[str, AfterValidator(tidy)]


class PresenceIn(BaseModel):
    state: Presence
    reason: Annotated[Note, Field(max_length=100)] = ""


class ReplyIn(BaseModel):
    #: Made by the page, so that a resend is the same message.
    id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:\-]+$")]
    text: str
    #: The personal data in it is meant.
    confirmed: bool = False
    #: A lead sends it despite a forbidden expression; noted.
    override: bool = False


class TransferIn(BaseModel):
    #: A staff number, a skill group, "queue" or "assistant".
    to: Annotated[Note, Field(min_length=1, max_length=20)]
    note: Annotated[Note, Field(max_length=500)] = ""


class CloseIn(BaseModel):
    summary: Annotated[Note, Field(max_length=2000)] = ""
    type: Annotated[Note, Field(max_length=50)] = ""


class DispatchIn(BaseModel):
    address: Annotated[str, Field(min_length=2, max_length=120)]
    kind: EmergencyKind | None = None


class DismissIn(BaseModel):
    reason: Annotated[str, Field(min_length=2, max_length=500)]


def conversation_routes(*, serving: Dependency, acts: AgentActs, seats: Seats, summaries: Summaries) -> APIRouter:
    """`serving` is a dependency that returns the agent or lead who acts."""
    router = APIRouter(prefix="/api", tags=["坐席"])
    Agent = Annotated[Staff, Depends(serving)]

    @router.put("/presence", summary="上线、置忙、离开、下线")
    async def set_presence(body: PresenceIn, who: Agent) -> Json:
        member = await seats.set_presence(who.staff_id, body.state, body.reason)
        return summaries.dated({"staff": shapes.staff(member)})

    @router.post("/conversations/{conversation_id}/take", summary="接入")
    async def take(conversation_id: ConversationId, who: Agent) -> Json:
        return await summaries.answer(await acts.take(conversation_id, who))

    @router.post("/conversations/{conversation_id}/messages", summary="回复用户")
    async def reply(conversation_id: ConversationId, body: ReplyIn, who: Agent) -> Json:
        leave = Leave(confirmed=body.confirmed, override=body.override)
        return {"message": shapes.message(await acts.reply(conversation_id, who, body.id, body.text, leave))}

    @router.post("/conversations/{conversation_id}/transfer", summary="转给同事、队列或智能助手")
    async def transfer(conversation_id: ConversationId, body: TransferIn, who: Agent) -> Json:
        return await summaries.answer(await acts.transfer(conversation_id, who, body.to, body.note))

    @router.post("/conversations/{conversation_id}/close", summary="结束会话")
    async def close(conversation_id: ConversationId, who: Agent, body: CloseIn | None = None) -> Json:
        said = body or CloseIn()
        return await summaries.answer(await acts.close(conversation_id, who, said.summary, said.type))

    return router


def emergency_routes(*, serving: Dependency, acts: EmergencyActs, summaries: Summaries) -> APIRouter:
    router = APIRouter(prefix="/api/conversations/{conversation_id}/emergency", tags=["险情"])
    Agent = Annotated[Staff, Depends(serving)]

    @router.post("/accept", summary="接警")
    async def accept(conversation_id: ConversationId, who: Agent) -> Json:
        return await summaries.answer(await acts.accept(conversation_id, who))

    @router.post("/dispatch", summary="派单")
    async def dispatch(conversation_id: ConversationId, body: DispatchIn, who: Agent) -> Json:
        order = await acts.dispatch(conversation_id, who, body.address, body.kind)
        return summaries.dated({"order": shapes.order(order)})

    @router.post("/dismiss", summary="判定为误报")
    async def dismiss(conversation_id: ConversationId, body: DismissIn, who: Agent) -> Json:
        return await summaries.answer(await acts.dismiss(conversation_id, who, body.reason))

    return router


def install_refusals(app: FastAPI) -> None:
    """What the core refuses, as HTTP answers."""

    async def refuse(_: Request, problem: Exception) -> Response:
        if isinstance(problem, NoSuchConversation):
            return error_response(not_found("会话"))
        status, code = (422, "invalid") if isinstance(problem, BadText) else (409, "refused")
        return error_response(ApiError(status, code, str(problem)))

    for kind in (NoSuchConversation, BadText, NotAllowed):
        app.add_exception_handler(kind, refuse)
