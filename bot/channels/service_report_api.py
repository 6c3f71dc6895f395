"""Reports over days and weeks, for leads and inspectors: counted, and as a table (docs/desk.md)."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends
from starlette.responses import Response

from bot.channels.auth import Dependency
from bot.channels.company_days import Day, span
from bot.channels.csv_answers import csv_answer
from bot.channels.errors import ApiError
from bot.clock import Clock
from bot.domain.company import Sla
from bot.domain.service_report import By, Line, Period, ServiceReport, periods
from bot.domain.staff import Staff
from bot.training.exchange import neutral

Json = dict[str, Any]
Count = Callable[[By, Sequence[Period], datetime], Awaitable[ServiceReport]]
#: Without dates.
USUAL_DAYS = 28
#: Lines of a report by days, and of one by weeks: three months, two years.
MOST_DAYS, MOST_WEEKS = 93, 106
_HEAD = (
    "会话", "助手独立办结", "转人工", "首次回复中位数（秒）", "首次回复P95（秒）", "{quick}秒内回复（%）",
    "{limit}秒内回复（%）", "超时", "工单", "评价数", "满意度", "险情", "时长中位数（秒）", "时长P95（秒）",
)  # fmt: skip
#: What the lines of a table are.
_NAMES = {
    By.DAY: "日期",
    By.WEEK: "周（周一）",
    By.AGENT: "工号",
    By.GROUP: "技能组",
    By.CATEGORY: "报修类型",
    By.CHANNEL: "渠道",
}
#: And those of none of them.
_NOBODY = {By.AGENT: "没有坐席接待", By.GROUP: "不分组", By.CATEGORY: "未填"}


def service_report_routes(*, leading: Dependency, count: Count, clock: Clock, zone: ZoneInfo, sla: Sla) -> APIRouter:
    """`leading` is a dependency that returns the lead or inspector who reads."""
    router = APIRouter(prefix="/api/service-report", tags=["班长"])
    Lead = Annotated[Staff, Depends(leading)]
    targets = {"quick": f"{sla.first_reply_seconds:g}", "limit": f"{sla.reply_limit_seconds:g}"}

    async def of(by: By, first: date | None, last: date | None) -> ServiceReport:
        now = clock.now()
        since, until = span(first, last, now, zone, USUAL_DAYS)
        if until <= since:
            raise ApiError(422, "invalid", "开始日期晚于结束日期。")
        if (until - since).days > MOST_WEEKS * 7:
            raise ApiError(422, "too_many", "一次最多统计两年，请缩短日期范围。")
        days = periods(by if by is By.DAY else By.WEEK, since, until, zone)
        if by is By.DAY and len(days) > MOST_DAYS:
            raise ApiError(422, "too_many", f"按天统计一次最多 {MOST_DAYS} 天，请缩短日期范围或按周统计。")
        return await count(by, days, now)

    @router.get("", summary="报表：按天、周、坐席、技能组、类型、渠道", description="默认最近28天，按会话开始的日期。")
    async def report(_: Lead, by: By = By.DAY, first: Day = None, last: Day = None) -> Json:
        found = await of(by, first, last)
        return {
            "by": by.value,
            "rows": [_shape(line) for line in found.lines],
            "total": _shape(found.total),
            "quick_seconds": sla.first_reply_seconds,
            "limit_seconds": sla.reply_limit_seconds,
        }

    @router.get("/table.csv", summary="报表导出（CSV）")
    async def table(_: Lead, by: By = By.DAY, first: Day = None, last: Day = None) -> Response:
        found = await of(by, first, last)
        head = [_NAMES[by], *(text.format(**targets) for text in _HEAD)]
        rows = [[neutral(line.name) or _NOBODY.get(by, ""), *_cells(line)] for line in found.lines]
        return csv_answer(f"report-{by.value}.csv", head, [*rows, ["合计", *_cells(found.total)]])

    return router


def _shape(line: Line) -> Json:
    c = line.counts
    return {
        "name": line.name,
        "conversations": c.conversations,
        "by_assistant": c.by_assistant,
        "handed_over": c.handed_over,
        "reply_median": line.reply.median,
        "reply_p95": line.reply.p95,
        "quick_percent": c.quick_percent,
        "limit_percent": c.limit_percent,
        "breaches": c.breaches,
        "orders": c.orders,
        "graded": c.graded,
        "satisfaction": c.satisfaction,
        "emergencies": c.emergencies,
        "length_median": line.length.median,
        "length_p95": line.length.p95,
    }


def _cells(line: Line) -> list[object]:
    return ["" if value is None else value for name, value in _shape(line).items() if name != "name"]
