"""How satisfied customers were, for leads and inspectors: counted, and as a table (docs/desk.md)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends
from starlette.responses import Response

from bot.channels.auth import Dependency
from bot.channels.company_days import Day, local, span
from bot.channels.csv_answers import csv_answer
from bot.channels.errors import ApiError
from bot.clock import Clock
from bot.domain.staff import Staff
from bot.domain.survey_report import Figures, Judged, survey_report
from bot.masking import mask_text
from bot.training.exchange import neutral

Json = dict[str, Any]
Read = Callable[[datetime, datetime, int], Awaitable[Sequence[Judged]]]
#: Without dates.
USUAL_DAYS = 28
#: In one report: about a year of a city's service.
MOST = 20_000
_HEAD = ("询问时间", "会话", "工号", "报修类型", "分数", "原因", "评价时间")


def survey_routes(*, leading: Dependency, judged: Read, clock: Clock, zone: ZoneInfo) -> APIRouter:
    """`leading` is a dependency that returns the lead or inspector who reads; `judged` reads the surveys asked between
    two moments, the latest first.
    """
    router = APIRouter(prefix="/api/survey-report", tags=["班长"])
    Lead = Annotated[Staff, Depends(leading)]

    async def between(first: date | None, last: date | None) -> Sequence[Judged]:
        found = await judged(*span(first, last, clock.now(), zone, USUAL_DAYS), MOST + 1)
        if len(found) > MOST:
            raise ApiError(422, "too_many", f"这段时间的评价超过 {MOST} 条，请缩短日期范围。")
        return found

    @router.get("", summary="满意度：按坐席、类型、周", description="默认最近28天，按询问的日期。")
    async def report(_: Lead, first: Day = None, last: Day = None) -> Json:
        found = survey_report(await between(first, last), zone)
        return {
            "total": vars(found.total),
            "agents": _listed(found.agents),
            "categories": _listed(found.categories),
            "weeks": _listed(found.weeks),
            "reasons": [{"text": text, "count": count} for text, count in found.reasons],
        }

    @router.get("/table.csv", summary="满意度导出（CSV）：每次询问一行")
    async def table(_: Lead, first: Day = None, last: Day = None) -> Response:
        rows = [_row(each, zone) for each in await between(first, last)]
        return csv_answer(f"surveys-{first or last or 'latest'}.csv", _HEAD, rows)

    return router


def _listed(groups: Mapping[str, Figures]) -> list[Json]:
    return [{"name": name, **vars(figures)} for name, figures in groups.items()]


def _row(each: Judged, zone: ZoneInfo) -> Sequence[object]:
    s = each.survey
    reason = neutral(mask_text(s.reason))
    answered = local(s.answered_at, zone)
    return local(s.asked_at, zone), s.conversation_id, s.staff_id, each.category, s.score or "", reason, answered
