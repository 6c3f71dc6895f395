"""Change sets over REST (docs/retraining.md): what labelled messages would change in the examples, and doing it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI
from fastapi.responses import PlainTextResponse
from pydantic import AfterValidator, BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.auth import Dependency
from bot.channels.errors import ApiError, error_response, not_found
from bot.channels.shapes import moment
from bot.domain import intents
from bot.domain.staff import Staff
from bot.domain.text import tidy
from bot.training.change import Change, ChangeRefused, NoSuchChange, Preview
from bot.training.changes import Changes
from bot.training.edits import Edit, Kind

Json = dict[str, Any]
SHOWN = 50
_KINDS = {Kind.RESPONSE: "话术", Kind.ARTICLE: "知识文章", Kind.INTENT: "意图"}

Reason = Annotated[str, AfterValidator(tidy), Field(max_length=500)]
Id = Annotated[str, Field(min_length=1, max_length=40)]


class ApplyIn(BaseModel):
    #: Of the preview that was looked at.
    token: Annotated[str, Field(min_length=1, max_length=40)]
    reason: Reason = ""


def changes_routes(*, managing: Dependency, changes: Changes) -> APIRouter:
    """`managing` is a dependency that returns the administrator who acts."""
    router = APIRouter(prefix="/api/training", tags=["重新训练"])
    Admin = Annotated[Staff, Depends(managing)]

    @router.get("/change", summary="将要写入的变更", description="新标注的例句、检查结果和文件差异；什么都不会改动。")
    async def preview(_: Admin) -> Json:
        return _preview(await changes.preview())

    @router.post("/change", summary="写入训练数据")
    async def apply(body: ApplyIn, who: Admin) -> Json:
        return {"change": change_shape(await changes.apply(body.token, who.staff_id, body.reason))}

    @router.get("/changes", summary="变更记录")
    async def all_changes(_: Admin) -> Json:
        return {"changes": [change_shape(change) for change in await changes.all(SHOWN)]}

    @router.post("/changes/{change_id}/revert", summary="撤回一次变更")
    async def revert(change_id: Id, who: Admin) -> Json:
        return {"change": change_shape(await changes.revert(change_id, who.staff_id))}

    @router.get("/changes/{change_id}/patch", summary="变更的补丁文件", response_class=PlainTextResponse)
    async def patch(change_id: Id, _: Admin) -> PlainTextResponse:
        return PlainTextResponse((await changes.get(change_id)).diff + "\n")

    return router


def install_change_refusals(app: FastAPI) -> None:
    async def refuse(_: Request, problem: Exception) -> Response:
        if isinstance(problem, NoSuchChange):
            return error_response(not_found("这次变更"))
        return error_response(ApiError(409, "refused", str(problem)))

    for kind in (ChangeRefused, NoSuchChange):
        app.add_exception_handler(kind, refuse)


def _preview(found: Preview) -> Json:
    return {
        "token": found.token,
        "additions": [_addition(one.intent, one.text) for one in found.additions],
        "findings": [{"level": one.level.value, "text": one.text, "words": one.words} for one in found.findings],
        "needs_reason": found.needs_reason,
        "stopped": bool(found.stopped),
        "diff": found.diff,
    }


def change_shape(change: Change) -> Json:
    return {
        "id": change.id,
        "state": change.state.value,
        "additions": [_addition(one.intent, one.text) for one in change.additions],
        "edits": [_edit(edit) for edit in change.edits],
        "diff": change.diff,
        "staff_id": change.staff_id,
        "at": moment(change.at),
        "reason": change.reason,
        "reverted_by": change.reverted_by,
        "reverted_at": moment(change.reverted_at),
    }


def _edit(edit: Edit) -> Json:
    """What was changed, in a few words; the diff says the rest."""
    value = edit.after or edit.before or {}
    name = value.get("question") or value.get("label") or edit.key
    done = "新增" if edit.before is None else "删除" if edit.after is None else "修改"
    return {"kind": edit.kind.value, "key": edit.key, "words": f"{done}{_KINDS[edit.kind]}“{name}”"}


def _addition(intent: str, text: str) -> Json:
    return {"intent": intent, "label": intents.label(intent), "text": text}
