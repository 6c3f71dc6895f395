"""The staff's REST calls (docs/protocol.md 2)."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, FastAPI, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from bot.channels import shapes
from bot.channels.errors import ApiError, error_response, not_found
from bot.clock import Clock
from bot.desk.agent_acts import AgentActs, NotAllowed
from bot.desk.presence import Seats
from bot.domain.conversations import Conversation, Owner
from bot.domain.emergencies import EmergencyKind
from bot.domain.staff import Presence, Role, Staff
from bot.domain.text import BadText
from bot.ports import Casework, Inbox, NoSuchConversation, StaffDirectory, Timer, Transcripts

Json = dict[str, Any]


class PresenceIn(BaseModel):
    state: Presence
    reason: Annotated[str, Field(max_length=100)] = ""


class ReplyIn(BaseModel):
    id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:\-]+$")]
    text: str


class TransferIn(BaseModel):
    to: Annotated[str, Field(min_length=1, max_length=20)]
    note: Annotated[str, Field(max_length=500)] = ""


class CloseIn(BaseModel):
    summary: Annotated[str, Field(max_length=2000)] = ""
    type: Annotated[str, Field(max_length=50)] = ""


class DispatchIn(BaseModel):
    address: Annotated[str, Field(min_length=2, max_length=200)]
    kind: EmergencyKind | None = None


class DismissIn(BaseModel):
    reason: Annotated[str, Field(min_length=2, max_length=500)]


State = Literal["", "bot", "queue", "agent", "closed", "mine", "offline", "open"]


def desk_routes(
    *,
    serving: Callable[..., Any],
    reading: Callable[..., Any],
    leading: Callable[..., Any],
    acts: AgentActs,
    seats: Seats,
    staff: StaffDirectory,
    inbox: Inbox,
    transcripts: Transcripts,
    casework: Casework,
    deadlines: Callable[[Conversation], Sequence[Timer]],
    clock: Clock,
) -> APIRouter:
    """The router. `serving`, `reading` and `leading` are dependencies that return the Staff who may do so."""
    router = APIRouter(prefix="/api", tags=["desk"])
    Serving = Annotated[Staff, Depends(serving)]
    Reading = Annotated[Staff, Depends(reading)]

    async def summaries(found: list[Conversation]) -> Json:
        last = await transcripts.last_messages([c.id for c in found])
        places = await inbox.positions()
        shown = [shapes.summary(c, deadlines(c), last.get(c.id), places.get(c.id)) for c in found]
        return {"conversations": shown, "now": shapes.moment(clock.now())}

    async def one(c: Conversation) -> Json:
        return {"conversation": (await summaries([c]))["conversations"][0]}

    async def visible(conversation_id: str, who: Staff) -> Conversation:
        c = await transcripts.get(conversation_id)
        if c is None or not _may_read(who, c):
            raise not_found("会话")
        return c

    @router.put("/presence")
    async def set_presence(body: PresenceIn, who: Serving) -> Json:
        return {"staff": shapes.staff(await seats.set_presence(who.staff_id, body.state, body.reason))}

    @router.get("/queue")
    async def queue(who: Reading) -> Json:
        return await summaries(await inbox.waiting())

    @router.get("/conversations")
    async def conversations(
        who: Reading,
        state: State = "",
        q: Annotated[str, Query(max_length=100)] = "",
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> Json:
        found = await inbox.search(state, q.strip(), who.staff_id, limit)
        return await summaries([c for c in found if _may_read(who, c)])

    @router.get("/conversations/{conversation_id}")
    async def conversation(conversation_id: str, who: Reading) -> Json:
        c = await visible(conversation_id, who)
        return {
            **await one(c),
            "messages": [shapes.message(m) for m in await transcripts.messages(c.id)],
            "handoff": shapes.handoff(c),
            "timeline": [shapes.fact(f) for f in await transcripts.facts(c.id)],
            "orders": [shapes.order(o) for o in await casework.orders_of(c.id)],
            "now": shapes.moment(clock.now()),
        }

    @router.post("/conversations/{conversation_id}/take")
    async def take(conversation_id: str, who: Serving) -> Json:
        return await one(await acts.take(conversation_id, who))

    @router.post("/conversations/{conversation_id}/messages")
    async def reply(conversation_id: str, body: ReplyIn, who: Serving) -> Json:
        return {"message": shapes.message(await acts.reply(conversation_id, who, body.id, body.text))}

    @router.post("/conversations/{conversation_id}/transfer")
    async def transfer(conversation_id: str, body: TransferIn, who: Serving) -> Json:
        return await one(await acts.transfer(conversation_id, who, body.to, body.note))

    @router.post("/conversations/{conversation_id}/close")
    async def close(conversation_id: str, who: Serving, body: CloseIn | None = None) -> Json:
        said = body or CloseIn()
        return await one(await acts.close(conversation_id, who, said.summary, said.type))

    @router.post("/conversations/{conversation_id}/emergency/accept")
    async def accept(conversation_id: str, who: Serving) -> Json:
        return await one(await acts.accept_emergency(conversation_id, who))

    @router.post("/conversations/{conversation_id}/emergency/dispatch")
    async def dispatch(conversation_id: str, body: DispatchIn, who: Serving) -> Json:
        return {"order": shapes.order(await acts.dispatch(conversation_id, who, body.address, body.kind))}

    @router.post("/conversations/{conversation_id}/emergency/dismiss")
    async def dismiss(conversation_id: str, body: DismissIn, who: Serving) -> Json:
        return await one(await acts.dismiss(conversation_id, who, body.reason))

    @router.get("/staff")
    async def colleagues(who: Reading) -> Json:
        return {"staff": [shapes.staff(member) for member in await staff.all()], "now": shapes.moment(clock.now())}

    @router.get("/breaches")
    async def breaches(who: Annotated[Staff, Depends(leading)], since: datetime | None = None) -> Json:
        start = since or clock.now() - timedelta(days=1)
        return {"breaches": [shapes.breach(b) for b in await inbox.breaches(start)]}

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


def _may_read(who: Staff, c: Conversation) -> bool:
    """Agents read what waits and what is or was theirs; leads and inspectors read all; admins none (least privilege)."""
    if who.role in (Role.LEAD, Role.INSPECTOR):
        return True
    waiting = c.owner is Owner.QUEUE or (c.emergency is not None and c.emergency.alarming)
    return who.role is Role.AGENT and (waiting or c.staff_id == who.staff_id)
