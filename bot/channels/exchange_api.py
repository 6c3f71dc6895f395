"""Examples in and out as files (docs/retraining.md): CSV, XLSX, Rasa's YAML."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, FastAPI, Query
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.auth import Dependency
from bot.channels.bodies import body_of
from bot.channels.errors import ApiError, error_response
from bot.domain import intents
from bot.domain.staff import Staff
from bot.training.exchange import MOST_BYTES, MOST_PROBLEMS, Remark, UnreadableSheet
from bot.training.exporting import Exporting
from bot.training.importing import Importing, ImportRefused

Json = dict[str, Any]
#: Rows of a preview; the file itself is at hand.
_SHOWN = 100
_TOO_LARGE = f"文件太大，最多 {MOST_BYTES // 1_000_000} MB，请分成几个文件。"
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yml": "application/yaml; charset=utf-8",
}
FileName = Annotated[str, Query(min_length=1, max_length=200)]


def exchange_routes(*, managing: Dependency, importing: Importing, exporting: Exporting) -> APIRouter:
    """`managing` is a dependency that returns the administrator who acts."""
    router = APIRouter(prefix="/api/training", tags=["重新训练"])
    Admin = Annotated[Staff, Depends(managing)]

    @router.post(
        "/import/check",
        summary="检查要导入的文件",
        description="正文是文件本身（.csv、.xlsx、.yml）。逐行检查，什么都不会改动。",
    )
    async def look(request: Request, _: Admin, name: FileName) -> Json:
        looked = await importing.look(name, await body_of(request, MOST_BYTES, _TOO_LARGE))
        reading = looked.reading
        shown = [{"text": one.text, "label": intents.label(one.intent)} for one in reading.examples[:_SHOWN]]
        return {
            "token": looked.token,
            "examples": shown,
            "count": len(reading.examples),
            "problems": [_remark(one) for one in reading.problems[:MOST_PROBLEMS]],
            "problem_count": len(reading.problems),
            "notices": [_remark(one) for one in reading.notices[:MOST_PROBLEMS]],
        }

    @router.post(
        "/import",
        summary="导入文件",
        description="有一处问题就一句也不导入。导入的句子等同于已标注，写入训练数据前还要看差异。",
    )
    async def take(request: Request, who: Admin, name: FileName, token: Annotated[str, Query(max_length=40)]) -> Json:
        content = await body_of(request, MOST_BYTES, _TOO_LARGE)
        return {"taken": await importing.take(name, content, token, who.staff_id)}

    @router.get("/export", summary="导出训练数据", description="单元格里的公式符号已中和。")
    async def export(
        _: Admin, kind: Literal["csv", "xlsx", "yml"] = "xlsx", intent: Annotated[str, Query(max_length=60)] = ""
    ) -> Response:
        content = await exporting(kind, intent)
        headers = {"Content-Disposition": f'attachment; filename="gasdesk-examples.{kind}"'}
        return Response(content, media_type=_TYPES[kind], headers=headers)

    return router


def _remark(one: Remark) -> Json:
    return {"line": one.line, "column": one.column.value, "text": one.text, "words": one.words}


def install_exchange_refusals(app: FastAPI) -> None:
    async def refuse(_: Request, problem: Exception) -> Response:
        if isinstance(problem, UnreadableSheet):
            return error_response(ApiError(422, "unreadable", str(problem)))
        return error_response(ApiError(409, "refused", str(problem)))

    for kind in (UnreadableSheet, ImportRefused):
        app.add_exception_handler(kind, refuse)
