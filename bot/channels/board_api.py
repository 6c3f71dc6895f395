"""The board over REST: what a page shows before the first live frame, and what a program reads."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends

from bot.channels.auth import Dependency
from bot.channels.live_board import LiveBoard
from bot.domain.staff import Staff


def board_routes(*, leading: Dependency, board: LiveBoard) -> APIRouter:
    """`leading` is a dependency that returns the lead or inspector who reads."""
    router = APIRouter(prefix="/api", tags=["班长"])

    @router.get("/board", summary="实时看板")
    async def show(_: Annotated[Staff, Depends(leading)]) -> dict[str, Any]:
        return await board.answer()

    return router
