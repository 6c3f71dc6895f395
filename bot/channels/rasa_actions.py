"""The action server: Rasa calls back here to run an action. On the loopback, with a key made at every start."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

PATH = "/internal/rasa/actions"

Handle = Callable[[dict[str, Any]], Awaitable[tuple[int, dict[str, Any]]]]


def action_routes(handle: Handle, key: str) -> APIRouter:
    router = APIRouter()

    @router.post(PATH + "/{given}", include_in_schema=False)
    async def run_action(given: str, request: Request) -> JSONResponse:
        if not secrets.compare_digest(given, key):
            return JSONResponse({"error": "wrong key"}, status_code=403)
        status, body = await handle(await request.json())
        return JSONResponse(body, status_code=status)

    return router
