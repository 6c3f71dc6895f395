"""The list of breaches with evidence, as JSON and as a table for a spreadsheet (docs/desk.md)."""

from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from bot.channels import shapes
from bot.channels.auth import Dependency
from bot.channels.company_days import Day, local, span
from bot.channels.csv_answers import csv_answer
from bot.channels.errors import not_found
from bot.clock import Clock
from bot.domain.conversations import Breach
from bot.domain.staff import Staff
from bot.ports import Transcripts
from bot.sla.breach_book import BreachBook, Numbered
from bot.sla.breaches import QUEUE
from bot.sla.evidence import Evidence, evidence

Json = dict[str, Any]
#: In one list or file.
MOST = 1000
_HEAD = (
    "编号", "时间", "会话", "类型", "工号", "等待秒数", "转给", "首条未答消息", "等待提示次数", "超时预警", "人工答复",
)  # fmt: skip


class BreachList:
    def __init__(self, book: BreachBook, transcripts: Transcripts, clock: Clock, zone: ZoneInfo) -> None:
        self._book = book
        self._transcripts = transcripts
        self._clock = clock
        self._zone = zone

    async def between(self, first: date | None, last: date | None) -> list[Numbered]:
        """Of the days from `first` to `last`, both included; today when neither is given."""
        return await self._book.between(*span(first, last, self._clock.now(), self._zone), MOST)

    async def one(self, number: int) -> tuple[Breach, Evidence]:
        """Raises ApiError."""
        found = await self._book.one(number)
        if found is None:
            raise not_found("超时记录")
        return found, await self.evidence(found)

    async def evidence(self, breach: Breach) -> Evidence:
        messages = await self._transcripts.messages(breach.conversation_id)
        return evidence(breach, messages, await self._transcripts.facts(breach.conversation_id))

    async def rows(self, found: list[Numbered]) -> list[tuple[object, ...]]:
        """Times are the company's. What customers wrote is not in them."""
        return [self._row(number, breach, await self.evidence(breach)) for number, breach in found]

    def _row(self, number: int, b: Breach, e: Evidence) -> tuple[object, ...]:
        promise = "排队超时" if b.promise == QUEUE else "回复超时"
        times = [local(moment, self._zone) for moment in (b.at, e.since, e.warned_at, e.answered_at)]
        at, since, warned, answered = times
        waited = round(b.waited_seconds)
        moved = b.moved_to or ""
        return (
            number, at, b.conversation_id, promise, b.staff_id or "", waited, moved, since, e.prompts, warned, answered,
        )  # fmt: skip


def breach_routes(*, leading: Dependency, breaches: BreachList) -> APIRouter:
    """`leading` is a dependency that returns the lead or inspector who reads."""
    router = APIRouter(prefix="/api/breach-book", tags=["班长"])
    Lead = Annotated[Staff, Depends(leading)]

    @router.get("", summary="超时记录，可按日期", description="默认今天。")
    async def listed(_: Lead, first: Day = None, last: Day = None) -> Json:
        found = await breaches.between(first, last)
        return {"breaches": [{"number": each.number, **shapes.breach(each.breach)} for each in found]}

    @router.get("/table.csv", summary="超时记录导出（CSV）")
    async def table(_: Lead, first: Day = None, last: Day = None) -> Response:
        rows = await breaches.rows(await breaches.between(first, last))
        return csv_answer(f"breaches-{first or last or 'today'}.csv", _HEAD, rows)

    @router.get("/{number}", summary="一次超时的经过")
    async def one(number: Annotated[int, Path(ge=1, le=2**31 - 1)], _: Lead) -> Json:
        breach, found = await breaches.one(number)
        return {
            "breach": {"number": number, **shapes.breach(breach)},
            "since": shapes.moment(found.since),
            "prompts": found.prompts,
            "warned_at": shapes.moment(found.warned_at),
            "answered_at": shapes.moment(found.answered_at),
            "lines": [
                {"at": shapes.moment(line.at), "kind": line.kind, "who": line.who, "text": line.text}
                for line in found.lines
            ],
        }

    return router
