"""Requests are counted by their route's pattern, whatever becomes of them."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from bot.channels.request_metrics import RequestMetrics

served: list[tuple[str, str, int]] = []


def note(method: str, route: str, status: int, seconds: float) -> None:
    assert 0 <= seconds < 60
    served.append((method, route, status))


@pytest.fixture
def client() -> TestClient:
    served.clear()
    app = FastAPI()

    @app.get("/api/conversations/{conversation_id}")
    async def show(conversation_id: str) -> str:
        if conversation_id == "broken":
            raise RuntimeError("no")
        return conversation_id

    app.add_middleware(RequestMetrics, served=note)
    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("method", "path", "counted"),
    [
        ("GET", "/api/conversations/c-1", ("GET", "/api/conversations/{conversation_id}", 200)),
        ("POST", "/api/conversations/c-1", ("POST", "/api/conversations/{conversation_id}", 405)),
        ("GET", "/api/conversations/broken", ("GET", "/api/conversations/{conversation_id}", 500)),
        ("GET", "/wp-login.php", ("GET", "(none)", 404)),
        ("EVIL", "/wp-login.php", ("other", "(none)", 404)),
    ],
)
def test_a_request_is_counted(client: TestClient, method: str, path: str, counted: tuple[str, str, int]) -> None:
    client.request(method, path)
    assert served == [counted]
