"""Closing over REST: what will be said at the end, and what customers answered (docs/protocol.md 2)."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime

from bot.channels import shapes
from bot.channels.auth import Dependency
from bot.clock import Clock
from bot.domain.closings import closing_script
from bot.domain.company import CompanyProfile
from bot.domain.staff import Staff
from bot.domain.surveys import Survey
from bot.domain.work_orders import OrderType

Json = dict[str, Any]
MOST = 1_000


def closing_routes(
    *,
    serving: Dependency,
    leading: Dependency,
    surveys: Callable[[datetime, int], Awaitable[Sequence[Survey]]],
    company: CompanyProfile,
    clock: Clock,
) -> APIRouter:
    """`serving` and `leading` are dependencies that return the member of staff who may."""
    router = APIRouter(prefix="/api", tags=["坐席"])
    scripts = {kind.value: company.fill(closing_script(kind, company.scripts)) for kind in OrderType}

    @router.get("/closing-scripts", summary="各类型的结束语")
    async def closing_scripts(_: Annotated[Staff, Depends(serving)]) -> Json:
        return {"scripts": scripts}

    @router.get("/surveys", summary="满意度评价", description="默认最近7天。")
    async def answers(_: Annotated[Staff, Depends(leading)], since: AwareDatetime | None = None) -> Json:
        found = await surveys(since or clock.now() - timedelta(days=7), MOST)
        scores = [each.score for each in found if each.score]
        average = round(sum(scores) / len(scores), 2) if scores else None
        return {"surveys": [_shape(each) for each in found], "answered": len(scores), "average": average}

    return router


def _shape(s: Survey) -> Json:
    return {
        "conversation_id": s.conversation_id,
        "staff_id": s.staff_id,
        "asked_at": shapes.moment(s.asked_at),
        "score": s.score,
        "reason": s.reason,
        "answered_at": shapes.moment(s.answered_at),
    }
