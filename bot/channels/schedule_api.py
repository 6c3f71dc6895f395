"""The nightly training and the log of who did what to the models, over REST (docs/retraining.md)."""

from datetime import time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from bot.channels.auth import Dependency
from bot.channels.shapes import moment
from bot.clock import Clock
from bot.domain.staff import Staff
from bot.training.acts import TrainingLog
from bot.training.nightly import Nightly, Schedule

Json = dict[str, Any]

#: The log that is shown.
SHOWN = timedelta(days=90)


class ScheduleIn(BaseModel):
    enabled: bool
    at: Annotated[time, Field(description="公司当地时间，如 02:30")]
    may_release: Annotated[bool, Field(description="全部检查通过时自动发布")] = False


def schedule_routes(*, managing: Dependency, nightly: Nightly, acts: TrainingLog, clock: Clock) -> APIRouter:
    """`managing` is a dependency that returns the administrator who acts."""
    router = APIRouter(prefix="/api/training", tags=["重新训练"])
    Admin = Annotated[Staff, Depends(managing)]

    @router.get("/schedule", summary="定时训练，和上一次的结果")
    async def schedule(_: Admin) -> Json:
        return _schedule(await nightly.schedule())

    @router.put("/schedule", summary="设置定时训练")
    async def change(body: ScheduleIn, who: Admin) -> Json:
        at = body.at.replace(second=0, microsecond=0, tzinfo=None)
        changed = await nightly.set(enabled=body.enabled, at=at, may_release=body.may_release, staff_id=who.staff_id)
        return _schedule(changed)

    @router.get("/log", summary="操作记录：谁在什么时候训练、发布、回退、改了定时训练")
    async def log(_: Admin) -> Json:
        entries = await acts.since(clock.now() - SHOWN)
        return {"log": [{"at": moment(one.at), "staff_id": one.staff_id, "text": one.text} for one in entries[::-1]]}

    return router


def _schedule(schedule: Schedule) -> Json:
    return {
        "enabled": schedule.enabled,
        "at": f"{schedule.at:%H:%M}",
        "may_release": schedule.may_release,
        "changed_by": schedule.changed_by,
        "changed_at": moment(schedule.changed_at),
        "last_at": moment(schedule.last_at),
        "last_words": schedule.last_words,
    }
