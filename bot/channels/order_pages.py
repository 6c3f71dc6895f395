"""The pages around work orders: the sheet to print, and the field worker's page."""

from pathlib import Path

from fastapi import APIRouter
from starlette.responses import FileResponse


def order_page_routes(web: Path) -> APIRouter:
    """Both are empty shells: what they show they ask the API for, with a session or with a link's key."""
    router = APIRouter()

    def page(name: str) -> FileResponse:
        return FileResponse(web / name / "index.html", headers={"Cache-Control": "no-cache"})

    @router.get("/orders/sheet", include_in_schema=False)
    async def sheet() -> FileResponse:
        return page("sheet")

    @router.get("/report", include_in_schema=False)
    async def report() -> FileResponse:
        return page("report")

    return router
