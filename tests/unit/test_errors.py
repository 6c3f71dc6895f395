"""Every refusal and failure has the one shape, in Chinese."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

import pytest
from fastapi import FastAPI, HTTPException
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from bot.channels.errors import ApiError, install_error_handlers, not_found, too_often
from bot.domain.staff import Presence


class Everything(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: UUID
    state: Presence = Presence.ONLINE
    mode: Literal["a", "b"] = "a"
    count: int = Field(default=1, ge=1, le=9)
    amount: Decimal = Decimal(1)
    on: bool = True
    at: AwareDatetime | None = None
    names: list[str] = Field(default_factory=list, max_length=1)
    reason: str = Field(default="", pattern="^[a-z]*$")

    @field_validator("reason")
    @classmethod
    def polite(cls, value: str) -> str:
        if value == "rude":
            raise ValueError("请文明用语")
        return value


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = FastAPI()
    install_error_handlers(app)

    @app.post("/everything")
    async def everything(body: Everything) -> datetime | None:
        return body.at

    @app.get("/page")
    async def page(limit: int) -> int:
        return limit

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("the database password is 123")

    @app.get("/refused")
    async def refused() -> None:
        raise ApiError(409, "taken", "该会话已由工号 102 接待。", {"to": "请另选"})

    @app.get("/missing")
    async def missing() -> None:
        raise not_found("会话")

    @app.get("/slow")
    async def slow() -> None:
        raise too_often("slow_down", "请稍后再试。", 1.2)

    @app.get("/http/{status}")
    async def http(status: int) -> None:
        raise HTTPException(status, "English")

    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


ID = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"id": "必填"}),
        ({"id": "x"}, {"id": "必须是 UUID"}),
        ({"id": ID, "colour": 1}, {"colour": "不认识的字段"}),
        ({"id": ID, "state": "asleep"}, {"state": "只能是：online、busy、away、offline"}),
        ({"id": ID, "mode": "c"}, {"mode": "只能是：a、b"}),
        ({"id": ID, "count": "many"}, {"count": "必须是整数"}),
        ({"id": ID, "count": 1.5}, {"count": "必须是整数"}),
        ({"id": ID, "count": 0}, {"count": "不能小于 1"}),
        ({"id": ID, "count": 10}, {"count": "不能大于 9"}),
        ({"id": ID, "amount": "x"}, {"amount": "必须是数字"}),
        ({"id": ID, "on": "perhaps"}, {"on": "必须是 true 或 false"}),
        ({"id": ID, "at": "now"}, {"at": "必须是带时区的时间，例如 2026-01-05T09:00:00Z"}),
        ({"id": ID, "at": "2026-01-05T09:00:00"}, {"at": "必须是带时区的时间，例如 2026-01-05T09:00:00Z"}),
        ({"id": ID, "names": "a"}, {"names": "必须是列表"}),
        ({"id": ID, "names": ["a", "b"]}, {"names": "最多 1 项"}),
        ({"id": ID, "names": [1]}, {"names.0": "必须是文字"}),
        ({"id": ID, "reason": "RUDE"}, {"reason": "格式不正确"}),
        ({"id": ID, "reason": "rude"}, {"reason": "请文明用语"}),
        ({"id": "x", "count": 0}, {"id": "必须是 UUID", "count": "不能小于 1"}),
    ],
)
def test_wrong_fields_are_named(client: TestClient, body: dict[str, Any], fields: dict[str, str]) -> None:
    answer = client.post("/everything", json=body)
    assert answer.status_code == 422
    assert answer.json() == {
        "error": {"code": "invalid", "message": "填写的内容有误，请检查后重试。", "fields": fields}
    }


def test_a_wrong_parameter_of_the_address_is_named(client: TestClient) -> None:
    assert client.get("/page?limit=x").json()["error"]["fields"] == {"limit": "必须是整数"}


def test_a_refusal_says_what_to_do(client: TestClient) -> None:
    answer = client.get("/refused")
    assert answer.status_code == 409
    assert answer.json() == {
        "error": {"code": "taken", "message": "该会话已由工号 102 接待。", "fields": {"to": "请另选"}}
    }
    assert client.get("/missing").json() == {"error": {"code": "not_found", "message": "会话不存在。"}}
    slow = client.get("/slow")
    assert (slow.status_code, slow.headers["retry-after"]) == (429, "2")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/nowhere", 404, "not_found"),
        ("/everything", 405, "method_not_allowed"),
        ("/http/413", 413, "too_large"),
        ("/http/418", 418, "refused"),
        ("/http/503", 503, "failed"),
    ],
)
def test_what_the_framework_refuses_has_the_same_shape(client: TestClient, path: str, status: int, code: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert "English" not in answer.text
    assert "Not Found" not in answer.text


def test_a_failure_gives_a_number_to_find_it_by_and_nothing_else(client: TestClient) -> None:
    with capture_logs() as logs:
        answer = client.get("/broken")
    assert answer.status_code == 500
    assert "password" not in answer.text
    (line,) = logs
    assert line["reference"] in answer.json()["error"]["message"]
    assert (line["path"], line["method"], str(line["exc_info"])) == ("/broken", "GET", "the database password is 123")
