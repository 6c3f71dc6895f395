"""Whisper and broadcast over REST (docs/desk.md). Watching is reading; taking over and reassigning are acts of all."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import AfterValidator, BaseModel, Field

from bot.channels.auth import Dependency
from bot.channels.conversation_id import ConversationId
from bot.channels.desk_summaries import Summaries
from bot.channels.errors import ApiError
from bot.channels.lead_frames import broadcast as shape
from bot.channels.live_board import start_of_day
from bot.clock import Clock
from bot.desk.accounts import BadAccount
from bot.desk.lead_acts import LeadActs
from bot.desk.log import DeskLog
from bot.domain.company import CompanyProfile
from bot.domain.desk_log import Did
from bot.domain.staff import Role, Staff
from bot.domain.text import tidy

Json = dict[str, Any]


class WhisperIn(BaseModel):
    text: Annotated[str, Field(max_length=500)]


class BroadcastIn(BaseModel):
    text: Annotated[str, Field(max_length=500)]
    #: A skill group's name; "" is everybody.
    group: Annotated[str, AfterValidator(tidy), Field(max_length=20)] = ""


def lead_acts_routes(
    *,
    leading: Dependency,
    serving: Dependency,
    acts: LeadActs,
    log: DeskLog,
    summaries: Summaries,
    company: CompanyProfile,
    clock: Clock,
) -> APIRouter:
    """`leading` and `serving` are dependencies that return the lead, or the agent or lead, who acts."""
    router = APIRouter(prefix="/api", tags=["班长"])
    Lead = Annotated[Staff, Depends(leading)]

    @router.post("/conversations/{conversation_id}/whisper", summary="悄悄话：只有坐席看得到")
    async def whisper(conversation_id: ConversationId, body: WhisperIn, who: Lead) -> Json:
        return await summaries.answer(await acts.whisper(conversation_id, who, body.text))

    @router.post("/broadcasts", summary="广播给坐席")
    async def broadcast(body: BroadcastIn, who: Lead) -> Json:
        try:
            return summaries.dated({"broadcast": shape(await acts.broadcast(who, body.text, body.group))})
        except BadAccount as problem:
            raise ApiError(422, "invalid", str(problem), {"group": str(problem)}) from None

    @router.get("/broadcasts", summary="今天的广播")
    async def broadcasts(who: Annotated[Staff, Depends(serving)]) -> Json:
        said = await log.since(start_of_day(clock.now(), company.company.zone), [Did.BROADCAST])
        meant = [entry for entry in said if not entry.about or who.role is Role.LEAD or entry.about in who.groups]
        return summaries.dated({"broadcasts": [shape(entry) for entry in meant]})

    return router
