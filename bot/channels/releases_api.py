"""Putting a trained model into service, on trial or at once, and going back, over REST (docs/retraining.md)."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import Field

from bot.channels.auth import Dependency
from bot.channels.models_api import SHOWN, Id, ReasonIn
from bot.channels.shapes import moment
from bot.domain.staff import Staff
from bot.training.canary import Answered, AnswerStore
from bot.training.canary_figures import arms
from bot.training.release import Release, ReleaseRefused
from bot.training.releases import Releases
from bot.training.runs import TrainingRuns
from bot.training.shares import WHOLE

Json = dict[str, Any]


class ReleaseIn(ReasonIn):
    share: Annotated[int, Field(ge=1, le=WHOLE, description="新会话中由新模型回答的百分比；100 为全部切换")] = WHOLE


def releases_routes(*, managing: Dependency, runs: TrainingRuns, releases: Releases, canary: AnswerStore) -> APIRouter:
    """`managing` is a dependency that returns the administrator who acts."""
    router = APIRouter(prefix="/api/training", tags=["重新训练"])
    Admin = Annotated[Staff, Depends(managing)]

    @router.post("/runs/{run_id}/release", summary="发布这次训练的模型；share 小于 100 时先在部分新会话中试用")
    async def release(run_id: Id, body: ReleaseIn, who: Admin) -> Json:
        run, live = await runs.get(run_id), _live(releases)
        return {"release": _release(await releases.request(run, live, who.staff_id, body.reason, body.share))}

    @router.get("/releases", summary="发布记录；有模型在试用时，附新旧模型的实际表现")
    async def all_releases(_: Admin) -> Json:
        return {
            "releases": [_release(one) for one in await releases.all(SHOWN)],
            "live": runs.live_model(),
            "canary": await _canary(releases, canary),
        }

    @router.get("/releases/{release_id}/figures", summary="一次试用期间新旧模型的实际表现")
    async def figures(release_id: Id, _: Admin) -> Json:
        return _figures(await canary.of(release_id))

    @router.post("/releases/promote", summary="结束试用，全部切换到新模型")
    async def promote(body: ReasonIn, who: Admin) -> Json:
        return {"release": _release(await releases.promote(who.staff_id, body.reason))}

    @router.post("/releases/withdraw", summary="结束试用，仍使用原来的模型")
    async def withdraw(body: ReasonIn, who: Admin) -> Json:
        return {"release": _release(await releases.withdraw(who.staff_id, body.reason))}

    @router.post("/releases/rollback", summary="回退到上一个模型；有模型在试用时停止试用")
    async def roll_back(body: ReasonIn, who: Admin) -> Json:
        return {"release": _release(await releases.roll_back(_live(releases), who.staff_id, body.reason))}

    return router


def _live(releases: Releases) -> str:
    if releases.house is None:
        raise ReleaseRefused("智能助手不由这台服务器运行，请在运行它的服务器上发布。")
    return releases.house.live()


async def _canary(releases: Releases, canary: AnswerStore) -> Json | None:
    """`answers`: the model on trial runs; after a restart it takes its time, and the live one answers everybody."""
    release = await releases.on_trial()
    if release is None:
        return None
    up = releases.house is not None and releases.house.on_trial() == release.model
    return {"release": _release(release), "answers": up, **_figures(await canary.of(release.id))}


def _figures(answered: Sequence[Answered]) -> Json:
    live, candidate = arms(answered)
    return {"figures": {"live": asdict(live), "candidate": asdict(candidate)}}


def _release(release: Release) -> Json:
    return {
        "id": release.id,
        "state": release.state.value,
        "model": release.model,
        "before": release.before,
        "run_id": release.run_id,
        "rollback": release.rollback,
        "staff_id": release.staff_id,
        "share": release.share,
        "canary_at": moment(release.canary_at),
        "reason": release.reason,
        "at": moment(release.at),
        "ended_by": release.ended_by,
        "end_reason": release.end_reason,
        "ended_at": moment(release.ended_at),
        "problem": release.problem,
    }
