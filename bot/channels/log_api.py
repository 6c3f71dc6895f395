"""The desk's log over REST, for leads and inspectors (docs/desk.md)."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query

from bot.channels import shapes
from bot.channels.auth import Dependency
from bot.channels.company_days import Day, span
from bot.clock import Clock
from bot.desk.log_book import LogBook, Numbered, Wanted
from bot.domain.desk_log import DID_NAMES, Did
from bot.domain.staff import Staff

Json = dict[str, Any]


def log_routes(*, leading: Dependency, book: LogBook, clock: Clock, zone: ZoneInfo) -> APIRouter:
    """`leading` is a dependency that returns the lead or inspector who reads."""
    router = APIRouter(prefix="/api", tags=["班长"])

    @router.get("/desk-log", summary="值班日志，可按人员、事项、日期", description="最新的在前；before 翻到更早的。")
    async def entries(
        _: Annotated[Staff, Depends(leading)],
        staff_id: Annotated[str, Query(max_length=20)] = "",
        did: Did | None = None,
        first: Day = None,
        last: Day = None,
        before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Json:
        since, until = span(first, last, clock.now(), zone) if first or last else (None, None)
        wanted = Wanted(staff_id=staff_id or None, did=did, since=since, until=until)
        found = await book.page(wanted, before, limit + 1)
        return {
            "entries": [_shape(each) for each in found[:limit]],
            "before": found[limit - 1].number if len(found) > limit else None,
            "names": {each.value: name for each, name in DID_NAMES.items()},
        }

    return router


def _shape(numbered: Numbered) -> Json:
    e = numbered.entry
    return {
        "number": numbered.number,
        "at": shapes.moment(e.at),
        "did": e.did.value,
        "staff_id": e.staff_id,
        "about": e.about,
        "conversation_id": e.conversation_id,
        "text": e.text,
    }
