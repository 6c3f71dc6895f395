"""The review inbox over REST (docs/retraining.md): what to look at, and what each message means."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, FastAPI, Query
from pydantic import AfterValidator, BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from bot.channels import training_shapes as shapes
from bot.channels.auth import Dependency
from bot.channels.errors import ApiError, error_response, not_found
from bot.channels.shapes import moment
from bot.clock import Clock
from bot.domain import intents
from bot.domain.staff import Staff
from bot.domain.text import tidy
from bot.training.batches import Batches
from bot.training.examples import ENTITY_LABELS, BadExample, Entity, Example
from bot.training.labelling import (
    AlreadyInExamples,
    DecidedMeanwhile,
    HeldByOther,
    Labelling,
    NoSuchItem,
    UnknownIntent,
)
from bot.training.review import Item, State

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


Intent = Annotated[str, Field(min_length=1, max_length=60)]
Place = Annotated[int, Field(ge=0, le=1000)]


class EntityIn(BaseModel):
    start: Place
    end: Place
    entity: Annotated[str, Field(max_length=40)]


class ExampleIn(BaseModel):
    text: Annotated[str, Field(max_length=1000)]
    intent: Intent
    entities: Annotated[list[EntityIn], Field(max_length=20)] = []

    def example(self) -> Example:
        return Example(self.text, self.intent, tuple(Entity(e.start, e.end, e.entity) for e in self.entities))


class AcceptIn(Seen):
    intent: Intent
    #: The parts of a message that says several things, or what is marked in it; none: the message itself.
    examples: Annotated[list[ExampleIn], Field(max_length=10)] = []


class AcceptAllIn(BaseModel):
    #: By id of each message what was seen of it and of those folded with it.
    items: Annotated[dict[Id, dict[Id, Version]], Field(min_length=1, max_length=200)]
    intent: Intent
    note: Note = ""


class ClaimIn(BaseModel):
    ids: Annotated[list[Id], Field(max_length=200)]


class UndoIn(BaseModel):
    version: Version


class UndoAllIn(BaseModel):
    seen: Annotated[dict[Id, Version], Field(min_length=1, max_length=200)]


def review_routes(
    *,
    managing: Dependency,
    labelling: Labelling,
    batches: Batches,
    known_intents: Callable[[], Sequence[str]],
    clock: Clock,
) -> APIRouter:
    """`managing` is a dependency that returns the administrator who acts."""
    router = APIRouter(prefix="/api/training", tags=["重新训练"])
    Admin = Annotated[Staff, Depends(managing)]

    @router.get(
        "/review", summary="待标注的消息", description="真实消息，个人信息已替换；相近的已合并，最值得看的在前。"
    )
    async def inbox(who: Admin, limit: Annotated[int, Query(ge=1, le=MOST)] = 100) -> Json:
        groups, now = await labelling.inbox(limit), clock.now()
        items = [shapes.group(group, held_by=_holder(group.head, who, now)) for group in groups]
        return {"items": items, "counts": await labelling.counts()}

    @router.get(
        "/review/batches",
        summary="说同一件事的消息",
        description="没听懂的消息里说法不同、但像是同一件事的，至少三句；可以一次标注。",
    )
    async def batched(who: Admin) -> Json:
        now = clock.now()
        found = [[shapes.group(g, held_by=_holder(g.head, who, now)) for g in batch] for batch in await batches.look()]
        return {"batches": [{"items": batch, "count": sum(item["count"] for item in batch)} for batch in found]}

    @router.post(
        "/review/claim",
        summary="打开消息（占住，避免两人同时标注）",
        description="几分钟内别人不能处理；再次打开会延长，打开别的就放开。空列表放开全部。",
    )
    async def claim(body: ClaimIn, who: Admin) -> Json:
        return {"until": moment(await labelling.claim(body.ids, who.staff_id))}

    @router.get("/review/decided", summary="已处理的消息")
    async def decided(
        _: Admin,
        state: Literal["accepted", "rejected"] = "accepted",
        limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    ) -> Json:
        return {"items": [shapes.item(item) for item in await labelling.decided(State(state), limit)]}

    @router.get("/intents", summary="可选的意图")
    async def all_intents(_: Admin) -> Json:
        return {
            "intents": [{"name": name, "label": intents.label(name)} for name in known_intents()],
            "entities": [{"name": name, "label": label} for name, label in ENTITY_LABELS.items()],
        }

    return router


def decision_routes(*, managing: Dependency, labelling: Labelling) -> APIRouter:
    router = APIRouter(prefix="/api/training", tags=["重新训练"])
    Admin = Annotated[Staff, Depends(managing)]

    @router.post("/review/{item_id}/accept", summary="标注为某个意图")
    async def accept(item_id: Id, body: AcceptIn, who: Admin) -> Json:
        _must_be_seen(item_id, body.seen)
        examples = [one.example() for one in body.examples]
        accepted = await labelling.accept(item_id, body.seen, body.intent, who.staff_id, body.note, examples)
        return {"item": shapes.item(accepted)}

    @router.post("/review/accept", summary="一批消息标注为同一个意图", description="全部成功或全部不变。")
    async def accept_all(body: AcceptAllIn, who: Admin) -> Json:
        for item_id, seen in body.items.items():
            _must_be_seen(item_id, seen)
        items = await labelling.accept_all(body.items, body.intent, who.staff_id, body.note)
        return {"items": [shapes.item(item) for item in items]}

    @router.post("/review/{item_id}/reject", summary="不用于训练")
    async def reject(item_id: Id, body: Seen, who: Admin) -> Json:
        _must_be_seen(item_id, body.seen)
        return {"item": shapes.item(await labelling.reject(item_id, body.seen, who.staff_id, body.note))}

    @router.post("/review/{item_id}/undo", summary="撤销处理")
    async def undo(item_id: Id, body: UndoIn, who: Admin) -> Json:
        (item,) = await labelling.undo({item_id: body.version}, who.staff_id)
        return {"item": shapes.item(item)}

    @router.post("/review/undo", summary="撤销一批处理", description="全部成功或全部不变。")
    async def undo_all(body: UndoAllIn, who: Admin) -> Json:
        return {"items": [shapes.item(item) for item in await labelling.undo(body.seen, who.staff_id)]}

    return router


def _holder(item: Item, who: Staff, now: datetime) -> str | None:
    return item.claimed_by if item.held_by_other(who.staff_id, now) else None


def _must_be_seen(item_id: str, seen: Mapping[str, int]) -> None:
    if item_id not in seen:
        raise ApiError(422, "invalid", "填写的内容有误，请检查后重试。", {"seen": "须包含这条消息自己的编号和版本。"})


def install_review_refusals(app: FastAPI) -> None:
    async def refuse(_: Request, problem: Exception) -> Response:
        return error_response(_refusal(problem))

    for kind in (NoSuchItem, DecidedMeanwhile, HeldByOther, AlreadyInExamples, UnknownIntent, BadExample):
        app.add_exception_handler(kind, refuse)


def _refusal(problem: Exception) -> ApiError:
    match problem:
        case DecidedMeanwhile():
            return ApiError(409, "decided_meanwhile", _who_did(problem))
        case HeldByOther():
            words = f"工号 {problem.item.claimed_by} 正在处理这条，请先看别的；对方几分钟不操作会自动放开。"
            return ApiError(409, "held", words)
        case BadExample():
            return ApiError(422, "bad_example", str(problem))
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
