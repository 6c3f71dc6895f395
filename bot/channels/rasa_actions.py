"""The action server: Rasa calls back here to run an action. On the loopback, with a key made at every start.

It stands before the web application: what guards and dresses pages for browsers would only slow a neighbour down.
"""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

PATH = "/internal/rasa/actions"

Handle = Callable[[dict[str, Any]], Awaitable[tuple[int, dict[str, Any]]]]


class RasaActions:
    """Answers what is posted to PATH/<key>; everything else goes on to `app`."""

    def __init__(self, app: ASGIApp, handle: Handle, key: str) -> None:
        self._app = app
        self._handle = handle
        self._path = f"{PATH}/{key}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PATH):
            await self._app(scope, receive, send)
            return
        answer = await self._answer(Request(scope, receive))
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> JSONResponse:
        if not secrets.compare_digest(request.scope["path"].encode(), self._path):
            return JSONResponse({"error": "wrong key"}, status_code=403)
        if request.method != "POST":
            return JSONResponse({"error": "post an action call"}, status_code=405)
        status, body = await self._handle(await request.json())
        return JSONResponse(body, status_code=status)
