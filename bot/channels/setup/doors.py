"""The addresses that platforms call, before the pages' and the API's: found at once, and changed while all runs."""

from fastapi import APIRouter, FastAPI
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.errors import install_error_handlers


class ChannelDoors:
    """An ASGI application in front of another."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        #: By path.
        self._doors: dict[str, ASGIApp] = {}
        self._paths: dict[str, list[str]] = {}

    def open(self, name: str, routes: APIRouter | None) -> None:
        """The addresses of the channel `name` from now on, in place of those it had; None closes them."""
        for path in self._paths.pop(name, ()):
            del self._doors[path]
        if routes is None:
            return
        room = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
        install_error_handlers(room)
        room.include_router(routes)
        self._paths[name] = list({route.path for route in routes.routes if isinstance(route, Route)})
        self._doors |= dict.fromkeys(self._paths[name], room)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = self._doors.get(scope["path"]) if scope["type"] == "http" else None
        await (door or self._app)(scope, receive, send)
