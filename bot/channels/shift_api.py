"""Roster and shift hand-over over REST (docs/desk.md)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Path, Query
from pydantic import AfterValidator, BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from bot.channels import shapes
from bot.channels.auth import Dependency
from bot.channels.errors import ApiError, error_response, not_found
from bot.clock import Clock
from bot.desk.accounts import BadAccount
from bot.desk.shift_acts import NoSuchHandover, ShiftActs
from bot.desk.shifts import Duty, HandoverBook, Roster, ShiftHandover
from bot.domain.company import CompanyProfile
from bot.domain.staff import Staff
from bot.domain.text import tidy

Json = dict[str, Any]
Name = Annotated[str, AfterValidator(tidy), Field(max_length=20)]
HandoverId = Annotated[str, Path(max_length=40)]
WEEK = 7
#: Forms in the list.
LATEST = 30


class DutyIn(BaseModel):
    day: date
    shift: Name
    staff_ids: Annotated[list[Name], Field(max_length=100)]


class HandoverIn(BaseModel):
    #: Of the shift that ends; today when left out.
    day: date | None = None
    shift: Name


class WrittenIn(BaseModel):
    equipment: Annotated[str, AfterValidator(tidy), Field(max_length=500)] = ""
    remarks: Annotated[str, Field(max_length=2000)] = ""


def roster_routes(
    *,
    serving: Dependency,
    leading: Dependency,
    acts: ShiftActs,
    roster: Roster,
    company: CompanyProfile,
    clock: Clock,
) -> APIRouter:
    """`serving` and `leading` are dependencies that return the agent or lead, or the lead, who acts."""
    router = APIRouter(prefix="/api/roster", tags=["班务"])

    @router.get("", summary="排班表")
    async def week(
        _: Annotated[Staff, Depends(serving)],
        first: date | None = None,
        days: Annotated[int, Query(ge=1, le=31)] = WEEK,
    ) -> Json:
        begin = first or clock.now().astimezone(company.company.zone).date()
        planned = await roster.between(begin, begin + timedelta(days=days - 1))
        return {
            "first": begin.isoformat(),
            "days": days,
            "shifts": [{"name": each.name, "hours": str(each.hours)} for each in company.staffing.shifts],
            "duties": [_duty(duty) for duty in planned],
        }

    @router.put("", summary="安排一个班次")
    async def plan(body: DutyIn, who: Annotated[Staff, Depends(leading)]) -> Json:
        return {"duty": _duty(await acts.plan(who, body.day, body.shift, body.staff_ids))}

    return router


def handover_routes(
    *, serving: Dependency, acts: ShiftActs, book: HandoverBook, company: CompanyProfile, clock: Clock
) -> APIRouter:
    router = APIRouter(prefix="/api/shift-handovers", tags=["班务"])
    Agent = Annotated[Staff, Depends(serving)]

    @router.get("", summary="最近的交接班记录")
    async def latest(_: Agent) -> Json:
        return {"handovers": _forms(await book.latest(LATEST))}

    @router.post("", summary="填一张交接班记录")
    async def make(body: HandoverIn, who: Agent) -> Json:
        day = body.day or clock.now().astimezone(company.company.zone).date()
        return {"handover": _form(await acts.make(who, day, body.shift))}

    @router.put("/{handover_id}", summary="写设备状态和备注，签字前")
    async def write(handover_id: HandoverId, body: WrittenIn, _: Agent) -> Json:
        return {"handover": _form(await acts.write(handover_id, body.equipment, body.remarks))}

    @router.post("/{handover_id}/sign", summary="签字：先交班人，后接班人")
    async def sign(handover_id: HandoverId, who: Agent) -> Json:
        return {"handover": _form(await acts.sign(handover_id, who))}

    return router


def install_shift_refusals(app: FastAPI) -> None:
    async def refuse(_: Request, problem: Exception) -> Response:
        if isinstance(problem, NoSuchHandover):
            return error_response(not_found("交接班记录"))
        return error_response(ApiError(422, "invalid", str(problem)))

    for kind in (NoSuchHandover, BadAccount):
        app.add_exception_handler(kind, refuse)


def _duty(duty: Duty) -> Json:
    return {"day": duty.day.isoformat(), "shift": duty.shift, "staff_ids": list(duty.staff_ids)}


def _forms(forms: Sequence[ShiftHandover]) -> list[Json]:
    return [_form(form) for form in forms]


def _form(form: ShiftHandover) -> Json:
    return {
        "id": form.id,
        "day": form.day.isoformat(),
        "shift": form.shift,
        "made_by": form.made_by,
        "made_at": shapes.moment(form.made_at),
        "equipment": form.equipment,
        "remarks": form.remarks,
        "cases": [asdict(case) for case in form.cases],
        "given_by": form.given_by,
        "given_at": shapes.moment(form.given_at),
        "taken_by": form.taken_by,
        "taken_at": shapes.moment(form.taken_at),
    }
