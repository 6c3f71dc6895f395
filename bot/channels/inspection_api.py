"""The inspector's work over REST: what is to be inspected, one conversation, its sheet (docs/desk.md)."""

import calendar
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, FastAPI, Path, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from bot.channels import inspection_shapes as to_page
from bot.channels.auth import Dependency
from bot.channels.company_days import Day, Span, span
from bot.channels.conversation_id import ConversationId
from bot.channels.errors import ApiError, error_response, not_found
from bot.clock import Clock
from bot.desk.notes import NoteStore
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Conversation
from bot.domain.inspections import OPEN_TO_AGENT, BadSheet, Inspection
from bot.domain.staff import Role, Staff
from bot.ports import Casework, Transcripts
from bot.quality.inspecting import Inspecting, NoSuchInspection
from bot.quality.inspection_rights import InspectionRefused, may_read
from bot.quality.ports import Case, Cases, Inspections, Wanted
from bot.quality.record import record

Json = dict[str, Any]
InspectionId = Annotated[str, Path(max_length=40)]
#: Days of the list, without dates.
USUAL_DAYS = 31
#: Conversations in one list.
MOST = 300
_NOT_THERE = "这个会话还没有结束，或者没有坐席接待过，不能质检。"


class MonthIn(BaseModel):
    month: Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]


class VersionIn(BaseModel):
    version: Annotated[int, Field(ge=1, le=2**31 - 2)]


class InspectionRecord:
    """One conversation as it is inspected, and who may see it."""

    def __init__(
        self,
        *,
        cases: Cases,
        store: Inspections,
        transcripts: Transcripts,
        notes: NoteStore,
        casework: Casework,
        read: Callable[[Conversation, Staff], Awaitable[None]],
    ) -> None:
        self._cases = cases
        self._store = store
        self._transcripts = transcripts
        self._notes = notes
        self._casework = casework
        #: Is told who reads which conversation.
        self._read = read

    async def __call__(self, conversation_id: str, who: Staff) -> Json:
        """Raises ApiError."""
        case, c = await self._cases.one(conversation_id), await self._transcripts.get(conversation_id)
        if case is None or c is None or not self._shown(who, case):
            raise not_found("质检会话")
        await self._read(c, who)
        messages, facts = await self._transcripts.messages(c.id), await self._transcripts.facts(c.id)
        return {
            "case": to_page.case(case),
            "lines": [to_page.line(each) for each in record(messages, facts, await self._notes.of(c.id))],
            "orders": [to_page.order(each) for each in await self._casework.orders_of(c.id)],
            "inspection": case.inspection and to_page.inspection(case.inspection),
            "history": await self._history(case.inspection, who),
        }

    def _shown(self, who: Staff, case: Case) -> bool:
        return who.role is Role.INSPECTOR or (case.inspection is not None and may_read(who, case.inspection))

    async def _history(self, i: Inspection | None, who: Staff) -> list[Json]:
        """What it was before it was published is the inspectors' alone."""
        if i is None:
            return []
        everything = who.role is Role.INSPECTOR
        versions = await self._store.history(i.id)
        return [to_page.version(v) for v in versions if everything or v.stage in OPEN_TO_AGENT]


def inspection_routes(
    *,
    inspecting: Dependency,
    colleague: Dependency,
    acts: Inspecting,
    cases: Cases,
    show: InspectionRecord,
    company: CompanyProfile,
    clock: Clock,
) -> APIRouter:
    """`inspecting` and `colleague` return the inspector, or the inspector, lead or agent, who acts."""
    router = APIRouter(prefix="/api/inspections", tags=["质检"])
    Inspector = Annotated[Staff, Depends(inspecting)]
    zone = company.company.zone

    @router.get("/rules", summary="评分项与抽样规则")
    async def rules(_: Annotated[Staff, Depends(colleague)]) -> Json:
        return to_page.rules(company.inspection)

    @router.get("/cases", summary="可质检的会话", description="已结束、由坐席接待的会话，默认最近31天，最新的在前。")
    async def listed(
        _: Inspector,
        pool: Literal["sample", "focus", "all"] = "all",
        staff_id: Annotated[str, Query(max_length=20)] = "",
        category: Annotated[str, Query(max_length=50)] = "",
        done: bool | None = None,
        score_up_to: Annotated[int | None, Query(ge=0, le=1000)] = None,
        first: Day = None,
        last: Day = None,
    ) -> Json:
        since, until = span(first, last, clock.now(), zone, USUAL_DAYS)
        wanted = Wanted(
            since=since,
            until=until,
            staff_id=staff_id or None,
            category=category or None,
            sampled=pool == "sample",
            focus=pool == "focus",
            done=done,
            score_up_to=score_up_to,
        )
        found = await cases.listed(wanted, MOST + 1)
        return {"cases": [to_page.case(each) for each in found[:MOST]], "more": len(found) > MOST}

    @router.post("/draw", summary="抽取一个月的样本", description="每人每月的数量由公司资料规定，按已过天数抽取。")
    async def draw(body: MonthIn, who: Inspector) -> Json:
        since, until = _month(body.month, clock, zone)
        return {"drawn": await acts.draw(who, body.month, since, until)}

    @router.get("/cases/{conversation_id}", summary="质检一个会话：经过和评分表")
    async def one(conversation_id: ConversationId, who: Annotated[Staff, Depends(colleague)]) -> Json:
        return await show(conversation_id, who)

    @router.put("/cases/{conversation_id}", summary="保存或更正评分")
    async def save(conversation_id: ConversationId, body: to_page.SheetIn, who: Inspector) -> Json:
        return {"inspection": to_page.inspection(await acts.save(who, conversation_id, body.given()))}

    @router.post("/{inspection_id}/publish", summary="发布给坐席")
    async def publish(inspection_id: InspectionId, body: VersionIn, who: Inspector) -> Json:
        return {"inspection": to_page.inspection(await acts.publish(who, inspection_id, body.version))}

    return router


def install_inspection_refusals(app: FastAPI) -> None:
    async def refuse(_: Request, problem: Exception) -> Response:
        if isinstance(problem, NoSuchInspection):
            return error_response(ApiError(404, "not_found", _NOT_THERE))
        status, code = (422, "invalid") if isinstance(problem, BadSheet) else (409, "refused")
        return error_response(ApiError(status, code, str(problem)))

    for kind in (NoSuchInspection, BadSheet, InspectionRefused):
        app.add_exception_handler(kind, refuse)


def _month(month: str, clock: Clock, zone: ZoneInfo) -> Span:
    year, number = map(int, month.split("-"))
    last = calendar.monthrange(year, number)[1]
    return span(date(year, number, 1), date(year, number, last), clock.now(), zone)
