"""Measures every HTTP request."""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.clock import stopwatch

#: Method, path pattern, status, seconds (bot.metrics.Metrics.request_served).
Served = Callable[[str, str, int, float], None]

#: Everything that has no route of its own shares one label, so that strangers cannot fill the memory with labels.
NO_ROUTE = "(none)"
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class RequestMetrics:
    def __init__(self, app: ASGIApp, served: Served) -> None:
        self._app = app
        self._served = served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, begun = 500, stopwatch()

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self._served(method, _pattern(scope), status, stopwatch() - begun)


def _pattern(scope: Scope) -> str:
    return getattr(scope.get("route"), "path", NO_ROUTE)
