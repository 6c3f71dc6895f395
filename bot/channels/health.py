"""For machines that watch: alive, ready, and the figures."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from bot.metrics import CONTENT_TYPE, Metrics, render


def health_routes(
    metrics: Metrics, refresh: Callable[[], Awaitable[None]], readiness: Callable[[], Awaitable[dict[str, Any]]]
) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok"}

    @router.get("/readyz")
    async def readyz() -> JSONResponse:
        """200 when customers can be served, 503 before; the body tells the state of each part."""
        state = await readiness()
        return JSONResponse(state, status_code=200 if state["ready"] else 503)

    @router.get("/metrics", include_in_schema=False)
    async def figures() -> Response:
        await refresh()
        return Response(render(metrics), media_type=CONTENT_TYPE)

    return router
