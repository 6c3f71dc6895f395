"""Hands out the pages and their files (`web_tree.py`): the page itself is asked for again, its files never."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web_tree import PREFIX, WebFile, WebTree

#: The address names the version.
_FOR_EVER = "public, max-age=31536000, immutable"


class PageFiles:
    def __init__(self, tree: WebTree) -> None:
        self._tree = tree

    def page(self, name: str, request: Request) -> Response:
        """The page of this folder; 304 to a browser that has it."""
        self._tree.look()
        headers = {"ETag": f'"{self._tree.version}"', "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return _sent(self._tree.page(name), request, headers)

    def routes(self) -> APIRouter:
        router = APIRouter()

        @router.get(PREFIX + "{version}/{path:path}", include_in_schema=False)
        async def file(version: str, path: str, request: Request) -> Response:
            """A page of another version, from a newer or older replica, gets what there is, but not for long."""
            found = self._tree.get(path)
            if found is None:
                raise HTTPException(404)
            lasting = _FOR_EVER if version == self._tree.version else "no-cache"
            return _sent(found, request, {"Cache-Control": lasting})

        return router


def _sent(file: WebFile, request: Request, headers: dict[str, str]) -> Response:
    packed = "gzip" in request.headers.get("accept-encoding", "")
    encoding = {"Content-Encoding": "gzip"} if packed else {}
    return Response(
        file.packed if packed else file.content,
        media_type=file.content_type,
        headers={**headers, **encoding, "Vary": "Accept-Encoding"},
    )
