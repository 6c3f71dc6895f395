"""Seats over REST: what the lead sets for his agents, and the apology after a drop-out (docs/desk.md)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import AfterValidator, BaseModel, Field

from bot.channels import shapes
from bot.channels.auth import Dependency
from bot.channels.conversation_id import ConversationId
from bot.channels.desk_summaries import Summaries
from bot.channels.errors import ApiError, not_found
from bot.desk.accounts import BadAccount, NoSuchStaff
from bot.desk.apology import Apology
from bot.desk.seat_acts import SeatActs
from bot.domain.company import CompanyProfile
from bot.domain.staff import MOST_CHATS, Staff
from bot.domain.text import tidy

Json = dict[str, Any]
Name = Annotated[str, AfterValidator(tidy), Field(max_length=20)]


class SeatIn(BaseModel):
    #: Conversations at the same time.
    capacity: Annotated[int, Field(ge=1, le=MOST_CHATS)]
    #: Skill groups of company.yml, by name.
    groups: Annotated[list[Name], Field(max_length=20)] = Field(default_factory=list)


def seat_routes(
    *,
    serving: Dependency,
    leading: Dependency,
    colleague: Dependency,
    seats: SeatActs,
    apology: Apology,
    summaries: Summaries,
    company: CompanyProfile,
) -> APIRouter:
    """`serving`, `leading` and `colleague` are dependencies that return the member of staff who may."""
    router = APIRouter(prefix="/api", tags=["班长"])

    @router.get("/staffing", summary="技能组、离席时限、置忙原因")
    async def staffing(_: Annotated[Staff, Depends(colleague)]) -> Json:
        return {
            "skill_groups": list(company.staffing.group_names),
            "longest_absence_minutes": company.desk.longest_absence_minutes,
            "presence_reasons": list(company.desk.presence_reasons),
        }

    @router.put("/staff/{staff_id}/seat", summary="设置同时接待数和技能组")
    async def set_seat(staff_id: Name, body: SeatIn, who: Annotated[Staff, Depends(leading)]) -> Json:
        try:
            member = await seats.set_seat(staff_id, who, body.capacity, body.groups)
        except NoSuchStaff:
            raise not_found("工号") from None
        except BadAccount as problem:
            raise ApiError(422, "invalid", str(problem)) from None
        return summaries.dated({"staff": shapes.staff(member)})

    @router.post("/conversations/{conversation_id}/apology", summary="系统恢复后致歉")
    async def apologise(conversation_id: ConversationId, who: Annotated[Staff, Depends(serving)]) -> Json:
        return {"message": shapes.message(await apology(conversation_id, who))}

    return router
