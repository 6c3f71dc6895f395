"""The pages and their files, with the headers that keep other people's scripts out of them."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.auth import Dependency
from bot.channels.embedding import embedding_routes, framed_by
from bot.channels.page_files import PageFiles
from bot.channels.web_tree import WebTree
from bot.domain.company import CompanyProfile
from bot.domain.staff import Staff

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self' ws: wss:; font-src 'self'; media-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
#: For pages; their files need less, and a slow telephone loads forty of them.
_PAGE_HEADERS = {
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def page_routes(
    app: FastAPI,
    web: Path,
    company: CompanyProfile,
    managing: Dependency,
    status: Callable[[], Awaitable[dict[str, Any]]],
    file_mb: int,
    embed_sites: Sequence[str],
) -> None:
    """`/`, `/desk`, `/admin`, their files under `/static`, and what everybody may know of the company."""
    router = APIRouter()

    files = PageFiles(WebTree(web))

    @router.get("/", include_in_schema=False)
    async def chat(request: Request) -> Response:
        answer = files.page("chat", request)
        answer.headers["Content-Security-Policy"] = framed_by(CSP, embed_sites)
        return answer

    @router.get("/desk", include_in_schema=False)
    async def desk(request: Request) -> Response:
        return files.page("desk", request)

    @router.get("/admin", include_in_schema=False)
    async def admin(request: Request) -> Response:
        return files.page("admin", request)

    @router.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> Response:
        return files.page("docs", request)

    @router.get("/api/public/company", tags=["公开"], summary="公司名称、热线、在线时间")
    async def public_company() -> dict[str, Any]:
        return {
            "name": company.company.name,
            "hotline": company.company.hotline,
            "hours": str(company.service.online_hours),
            "file_mb": file_mb,
        }

    @router.get("/api/status", tags=["管理"], summary="系统状态")
    async def system_status(_: Annotated[Staff, Depends(managing)]) -> dict[str, Any]:
        return await status()

    app.include_router(router)
    app.include_router(embedding_routes(web))
    app.include_router(files.routes())
    app.mount("/static/swagger", StaticFiles(packages=[("fastapi_offline", "static")]), name="swagger")
    app.mount("/static", StaticFiles(directory=web), name="static")


class SecurityHeaders:
    """Adds the headers to every HTTP answer that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                if scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-cache")
                else:
                    for name, value in _PAGE_HEADERS.items():
                        headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)
