"""The review inbox over REST (docs/retraining.md): what to look at, and what each message means."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, FastAPI, Query
from pydantic import AfterValidator, BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from bot.channels import training_shapes as shapes
from bot.channels.auth import Dependency
from bot.channels.errors import ApiError, error_response, not_found
from bot.domain import intents
from bot.domain.staff import Staff
from bot.domain.text import tidy
from bot.training.labelling import AlreadyInExamples, DecidedMeanwhile, Labelling, NoSuchItem, UnknownIntent
from bot.training.review import State

Json = dict[str, Any]
#: More than anybody labels at a sitting.
MOST = 500

Id = Annotated[str, Field(min_length=1, max_length=40)]
Version = Annotated[int, Field(ge=1)]
Note = Annotated[str, AfterValidator(tidy), Field(max_length=500)]


class Seen(BaseModel):
    #: By id the version that was on the page: the message itself, and those folded with it.
    seen: Annotated[dict[Id, Version], Field(min_length=1, max_length=200)]
    note: Note = ""


class AcceptIn(Seen):
    intent: Annotated[str, Field(min_length=1, max_length=60)]


class UndoIn(BaseModel):
    version: Version


def review_routes(*, managing: Dependency, labelling: Labelling, known_intents: list[str]) -> APIRouter:
    """`managing` is a dependency that returns the administrator who acts."""
    router = APIRouter(prefix="/api/training", tags=["重新训练"])
    Admin = Annotated[Staff, Depends(managing)]

    @router.get(
        "/review", summary="待标注的消息", description="真实消息，个人信息已替换；相近的已合并，最值得看的在前。"
    )
    async def inbox(_: Admin, limit: Annotated[int, Query(ge=1, le=MOST)] = 100) -> Json:
        groups = await labelling.inbox(limit)
        return {"items": [shapes.group(group) for group in groups], "counts": await labelling.counts()}

    @router.get("/review/decided", summary="已处理的消息")
    async def decided(
        _: Admin,
        state: Literal["accepted", "rejected"] = "accepted",
        limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    ) -> Json:
        return {"items": [shapes.item(item) for item in await labelling.decided(State(state), limit)]}

    @router.get("/intents", summary="可选的意图")
    async def all_intents(_: Admin) -> Json:
        return {"intents": [{"name": name, "label": intents.label(name)} for name in known_intents]}

    @router.post("/review/{item_id}/accept", summary="标注为某个意图")
    async def accept(item_id: Id, body: AcceptIn, who: Admin) -> Json:
        _must_be_seen(item_id, body)
        return {"item": shapes.item(await labelling.accept(item_id, body.seen, body.intent, who.staff_id, body.note))}

    @router.post("/review/{item_id}/reject", summary="不用于训练")
    async def reject(item_id: Id, body: Seen, who: Admin) -> Json:
        _must_be_seen(item_id, body)
        return {"item": shapes.item(await labelling.reject(item_id, body.seen, who.staff_id, body.note))}

    @router.post("/review/{item_id}/undo", summary="撤销处理")
    async def undo(item_id: Id, body: UndoIn, who: Admin) -> Json:
        return {"item": shapes.item(await labelling.undo(item_id, body.version, who.staff_id))}

    return router


def _must_be_seen(item_id: str, body: Seen) -> None:
    if item_id not in body.seen:
        raise ApiError(422, "invalid", "填写的内容有误，请检查后重试。", {"seen": "须包含这条消息自己的编号和版本。"})


def install_review_refusals(app: FastAPI) -> None:
    async def refuse(_: Request, problem: Exception) -> Response:
        return error_response(_refusal(problem))

    for kind in (NoSuchItem, DecidedMeanwhile, AlreadyInExamples, UnknownIntent):
        app.add_exception_handler(kind, refuse)


def _refusal(problem: Exception) -> ApiError:
    match problem:
        case DecidedMeanwhile():
            return ApiError(409, "decided_meanwhile", _who_did(problem))
        case UnknownIntent():
            return ApiError(422, "unknown_intent", f"没有“{problem}”这个意图，请从列表里选择。")
        case AlreadyInExamples():
            return ApiError(409, "refused", str(problem))
        case _:
            return not_found("这条消息")


def _who_did(problem: DecidedMeanwhile) -> str:
    item = problem.item
    if item.state is State.ACCEPTED and item.intent:
        return f"工号 {item.decided_by} 刚刚已把这条标注为“{intents.label(item.intent)}”，列表已更新。"
    if item.state is State.REJECTED:
        return f"工号 {item.decided_by} 刚刚已把这条设为“不用于训练”，列表已更新。"
    return "这条刚刚有同事处理过又撤销了，请看一下最新内容再处理。"
