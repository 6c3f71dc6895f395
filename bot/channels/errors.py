"""Refusals and failures as JSON: `{error: {code, message, fields?}}`, with messages a member of staff can use."""

import math
import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.field_messages import field_message, field_name

log = structlog.get_logger()

#: What Starlette itself answers with.
_BY_STATUS = {
    HTTPStatus.NOT_FOUND: ("not_found", "您要找的内容不存在。"),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method_not_allowed", "这个地址不支持这种请求方式。"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("too_large", "提交的内容过大。"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: (
        "unsupported_media_type",
        "请以 JSON 格式提交（Content-Type: application/json）。",
    ),
}


class ApiError(Exception):
    """An answer other than the one asked for. `message` is Chinese and tells what to do."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        fields: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.fields = fields
        self.headers = headers
        #: Further keys of `error`, for a page that can use them.
        self.more = more or {}


def not_signed_in() -> ApiError:
    return ApiError(401, "not_signed_in", "请先登录。", headers={"WWW-Authenticate": "Bearer"})


def not_allowed() -> ApiError:
    return ApiError(403, "not_allowed", "您的岗位没有此权限，如有需要请联系管理员。")


def not_found(what: str) -> ApiError:
    """`what`: Chinese, e.g. "会话"."""
    return ApiError(404, "not_found", f"{what}不存在。")


def too_often(code: str, message: str, seconds: float) -> ApiError:
    return ApiError(429, code, message, headers={"Retry-After": str(math.ceil(seconds))})


def install_error_handlers(app: FastAPI) -> None:
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _failure)


def error_response(error: ApiError) -> Response:
    body: dict[str, Any] = {"code": error.code, "message": error.message, **error.more}
    if error.fields:
        body["fields"] = dict(error.fields)
    return JSONResponse({"error": body}, status_code=error.status, headers=error.headers)


async def _api_error(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, ApiError)
    return error_response(problem)


async def _invalid(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, RequestValidationError)
    errors = problem.errors()
    if any(error["type"] == "json_invalid" for error in errors):
        return error_response(ApiError(400, "invalid_json", "请求内容不是有效的 JSON。"))
    fields = {field_name(error["loc"]): field_message(error) for error in errors}
    if "" in fields:
        return error_response(
            ApiError(422, "invalid", "请求内容不完整：须为 JSON 对象（Content-Type: application/json）。")
        )
    return error_response(ApiError(422, "invalid", "填写的内容有误，请检查后重试。", fields))


async def _http_error(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    default = ("refused" if problem.status_code < 500 else "failed", "请求无法处理。")
    code, message = _BY_STATUS.get(HTTPStatus(problem.status_code), default)
    return error_response(ApiError(problem.status_code, code, message, headers=problem.headers))


async def _failure(request: Request, problem: Exception) -> Response:
    reference = uuid.uuid4().hex[:8]
    log.error(
        "request failed",
        action="request_failed",
        reference=reference,
        method=request.method,
        path=request.url.path,
        exc_info=problem,
    )
    message = f"系统出现故障，请稍后重试；如仍不成功，请把编号 {reference} 告诉管理员。"
    return error_response(ApiError(500, "failed", message))
