"""Training and comparing over REST (docs/retraining.md)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI
from pydantic import AfterValidator, BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.auth import Dependency
from bot.channels.errors import ApiError, error_response, not_found
from bot.channels.shapes import moment
from bot.domain import intents
from bot.domain.staff import Staff
from bot.domain.text import tidy
from bot.training.release import ReleaseRefused
from bot.training.run import NoSuchRun, Run, TrainingRefused
from bot.training.runs import TrainingRuns

Json = dict[str, Any]
SHOWN = 30

Id = Annotated[str, Field(min_length=1, max_length=40)]


class ReasonIn(BaseModel):
    reason: Annotated[str, AfterValidator(tidy), Field(max_length=500)] = ""


def models_routes(*, managing: Dependency, runs: TrainingRuns) -> APIRouter:
    """`managing` is a dependency that returns the administrator who acts."""
    router = APIRouter(prefix="/api/training", tags=["重新训练"])
    Admin = Annotated[Staff, Depends(managing)]

    @router.get("/runs", summary="训练记录")
    async def all_runs(_: Admin) -> Json:
        return {"runs": [_run(run, runs) for run in await runs.all(SHOWN)], "live": runs.live_model()}

    @router.get("/runs/{run_id}", summary="一次训练：进度、日志、比较结果")
    async def one_run(run_id: Id, _: Admin) -> Json:
        run = await runs.get(run_id)
        return {"run": _run(run, runs), "comparison": _comparison(run), "log": runs.log(run)}

    @router.get("/runs/{run_id}/confusion.png", summary="新模型把什么听成了什么（图）", response_class=Response)
    async def confusion(run_id: Id, _: Admin) -> Response:
        picture = runs.picture(await runs.get(run_id))
        if picture is None:
            raise not_found("这张图")
        return Response(picture, media_type="image/png")

    @router.post("/runs", summary="开始训练")
    async def start(body: ReasonIn, who: Admin) -> Json:
        return {"run": _run(await runs.start(who.staff_id, body.reason), runs)}

    @router.post("/runs/{run_id}/cancel", summary="取消训练")
    async def cancel(run_id: Id, who: Admin) -> Json:
        return {"run": _run(await runs.cancel(run_id, who.staff_id), runs)}

    return router


def install_model_refusals(app: FastAPI) -> None:
    async def refuse(_: Request, problem: Exception) -> Response:
        if isinstance(problem, NoSuchRun):
            return error_response(not_found("这次训练"))
        return error_response(ApiError(409, "refused", str(problem)))

    for kind in (NoSuchRun, TrainingRefused, ReleaseRefused):
        app.add_exception_handler(kind, refuse)


def _run(run: Run, runs: TrainingRuns) -> Json:
    progress = runs.progress(run)
    return {
        "id": run.id,
        "state": run.state.value,
        "staff_id": run.staff_id,
        "reason": run.reason,
        "at": moment(run.at),
        "ended_at": moment(run.ended_at),
        "model": run.model,
        "live_model": run.live_model,
        "problem": run.problem,
        "progress": progress and {"step": progress.step, "steps": progress.steps, "doing": progress.doing},
        "gates": list(run.comparison["gates"]) if run.comparison else [],
    }


def _comparison(run: Run) -> Json | None:
    """With the intents' Chinese names beside their own."""
    if run.comparison is None:
        return None
    told = dict(run.comparison)
    told["intents"] = [{**one, "label": intents.label(one["name"])} for one in told["intents"]]
    told["changed"] = [_labelled(one, "intent", "live", "candidate") for one in told["changed"]]
    if shadow := told.get("shadow"):
        told["shadow"] = {**shadow, "changed": [_labelled(one, "live", "candidate") for one in shadow["changed"]]}
    return told


def _labelled(one: Json, *names: str) -> Json:
    return {**one, **{f"{name}_label": intents.label(one[name]) for name in names}}
