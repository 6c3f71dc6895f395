"""Published inspections over REST: one's own and the objection, the leads' scores, the table (docs/desk.md)."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel
from starlette.responses import Response

from bot.channels import inspection_shapes as to_page
from bot.channels.auth import Dependency
from bot.channels.company_days import Day, local, span
from bot.channels.csv_answers import csv_answer
from bot.channels.errors import ApiError
from bot.channels.inspection_api import InspectionId, VersionIn
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.inspection_scores import score_report
from bot.domain.inspections import Inspection, Origin, Stage
from bot.domain.staff import Staff
from bot.quality.inspecting import Inspecting
from bot.quality.ports import Inspections
from bot.training.exchange import neutral

Json = dict[str, Any]
#: Without dates.
USUAL_DAYS = 31
#: In one report, and in one list.
MOST, MOST_LISTED = 20_000, 300
_ORIGINS = {Origin.SAMPLE: "抽样", Origin.FOCUS: "重点", Origin.CHOSEN: "自选"}
_STAGES = {Stage.PUBLISHED: "已发布", Stage.OBJECTED: "申诉中", Stage.DECIDED: "申诉已处理"}
_HEAD = (
    "会话", "结束时间", "工号", "报修类型", "来源", "质检员", "得分", "扣分项", "评语", "状态", "申诉", "处理人",
    "处理结果",
)  # fmt: skip


class ObjectionIn(BaseModel):
    reason: to_page.Reason


class DecisionIn(VersionIn):
    reason: to_page.Reason
    #: The corrected sheet; without it the score stands.
    sheet: to_page.SheetIn | None = None


def inspection_result_routes(
    *,
    serving: Dependency,
    judging: Dependency,
    acts: Inspecting,
    store: Inspections,
    company: CompanyProfile,
    clock: Clock,
) -> APIRouter:
    """`serving` and `judging` return the agent or lead, or the lead or inspector, who acts."""
    router = APIRouter(prefix="/api/inspections", tags=["质检"])
    Judge = Annotated[Staff, Depends(judging)]
    Served = Annotated[Staff, Depends(serving)]
    zone = company.company.zone

    async def between(first: date | None, last: date | None, staff_id: str | None = None) -> Sequence[Inspection]:
        found = await store.published(*span(first, last, clock.now(), zone, USUAL_DAYS), MOST + 1, staff_id)
        if len(found) > MOST:
            raise ApiError(422, "too_many", f"这段时间的质检超过 {MOST} 条，请缩短日期范围。")
        return found

    @router.get("/own", summary="我的质检", description="默认最近31天，按会话结束的日期。")
    async def own(who: Served, first: Day = None, last: Day = None) -> Json:
        found = await between(first, last, who.staff_id)
        return {"inspections": [to_page.inspection(i) for i in found[:MOST_LISTED]]}

    @router.get("/published", summary="已发布的质检，可按坐席、状态")
    async def published(
        _: Judge,
        staff_id: Annotated[str, Query(max_length=20)] = "",
        stage: Stage | None = None,
        first: Day = None,
        last: Day = None,
    ) -> Json:
        days = span(first, last, clock.now(), zone, USUAL_DAYS)
        found = await store.published(*days, MOST_LISTED, staff_id or None, stage)
        return {"inspections": [to_page.brief(i) for i in found]}

    @router.get("/scores", summary="质检成绩：按坐席、按周", description="默认最近31天，按会话结束的日期。")
    async def scores(_: Judge, first: Day = None, last: Day = None) -> Json:
        return to_page.scores(score_report(await between(first, last), company.inspection, zone))

    @router.get("/table.csv", summary="质检导出（CSV）：每次质检一行")
    async def table(_: Judge, first: Day = None, last: Day = None) -> Response:
        rows = [_row(i, zone) for i in await between(first, last)]
        return csv_answer(f"inspections-{first or last or 'latest'}.csv", _HEAD, rows)

    @router.post("/{inspection_id}/objection", summary="申诉（每次质检一次）")
    async def objection(inspection_id: InspectionId, body: ObjectionIn, who: Served) -> Json:
        return {"inspection": to_page.inspection(await acts.object_(who, inspection_id, body.reason))}

    @router.post("/{inspection_id}/decision", summary="处理申诉：维持，或更正评分")
    async def decision(inspection_id: InspectionId, body: DecisionIn, who: Judge) -> Json:
        given = body.sheet.given() if body.sheet else None
        decided = await acts.decide(who, inspection_id, body.reason, body.version, given)
        return {"inspection": to_page.inspection(decided)}

    return router


def _row(i: Inspection, zone: ZoneInfo) -> Sequence[object]:
    deductions = "；".join(f"{each.name} {each.points}×{each.times}" for each in i.sheet.deductions)
    words = [neutral(text) for text in (deductions, i.sheet.comment, i.objection, i.decision)]
    faults, comment, objection, decision = words
    return (
        i.conversation_id, local(i.closed_at, zone), i.staff_id, i.category, _ORIGINS[i.origin], i.inspector or "",
        "" if i.score is None else i.score, faults, comment, _STAGES[i.stage], objection, i.decided_by or "", decision,
    )  # fmt: skip
