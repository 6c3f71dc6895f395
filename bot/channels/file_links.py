"""Files by link: for customers whose platform could not be given the file itself."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.errors import ApiError
from bot.channels.file_answers import file_answer
from bot.domain.files import FileGone
from bot.files.shelf import FileShelf


def link_routes(shelf: FileShelf) -> APIRouter:
    router = APIRouter(tags=["公开"])

    @router.get("/files/{token}", summary="凭链接打开文件")
    async def linked(request: Request, token: str, save: bool = False) -> Response:
        try:
            found = await shelf.linked(token)
            return file_answer(request, found, await shelf.at(found), save=save)
        except FileGone:
            raise ApiError(404, "link_over", "链接已失效，请联系客服重新发送。") from None

    return router
