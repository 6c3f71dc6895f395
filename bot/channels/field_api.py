"""A field worker's page: one order by a key, that he is there, and how it ended. The key comes in the header."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI
from pydantic import AfterValidator, BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from bot.casework.field_reports import FieldReports, LinkExpired
from bot.channels.errors import ApiError, error_response
from bot.channels.order_shapes import for_field_worker
from bot.domain.company import CompanyProfile
from bot.domain.text import tidy

Json = dict[str, Any]


class ResultIn(BaseModel):
    result: Annotated[str, AfterValidator(tidy), Field(min_length=2, max_length=1000)]
    solved: bool


def _key(request: Request) -> str:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip()[:100] if scheme.lower() == "bearer" else ""


def field_routes(*, reports: FieldReports, company: CompanyProfile) -> APIRouter:
    """For people without an account: the key of a report link (`Authorization: Bearer …`) is all they have."""
    router = APIRouter(prefix="/api/field", tags=["维修反馈"])
    Key = Annotated[str, Depends(_key)]

    @router.get("/order", summary="链接对应的工单")
    async def order(key: Key) -> Json:
        return {"order": for_field_worker(await reports.order(key), company)}

    @router.post("/on-site", summary="已到现场")
    async def on_site(key: Key) -> Json:
        return {"order": for_field_worker(await reports.on_site(key), company)}

    @router.post("/result", summary="反馈处理结果")
    async def result(key: Key, body: ResultIn) -> Json:
        return {"order": for_field_worker(await reports.report(key, body.result, solved=body.solved), company)}

    return router


def install_link_refusals(app: FastAPI) -> None:
    async def refuse(_: Request, __: Exception) -> Response:
        text = "链接已失效，请打电话告诉客服处理结果，或请客服重新发送链接。"
        return error_response(ApiError(410, "link_expired", text))

    app.add_exception_handler(LinkExpired, refuse)
