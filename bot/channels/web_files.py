"""Pictures and files on the customer's page (docs/attachments.md): sent by the customer, seen by him alone.

The session id, the customer's only key, comes in a header: an address with it would be written into histories and logs.
"""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.channel import Incoming
from bot.channels.attachments_api import FileName, MessageId, body_of, kept
from bot.channels.errors import ApiError, not_found
from bot.channels.web_chat import HIGHEST, SESSION_ID, contact_of
from bot.domain.conversations import Message
from bot.domain.file_types import attachment_of
from bot.domain.files import FileRefused, StoredFile, Upload
from bot.files.ports import Messages
from bot.files.shelf import FileShelf
from bot.files.take_file import TakeFile
from bot.ports import Contact

#: How long the address lives under which a browser saves a file.
SAVING = timedelta(minutes=5)

Seq = Annotated[int, Path(ge=1, le=HIGHEST)]
TakeIn = Callable[[Incoming], Awaitable[Message]]


def _customer(x_chat_session: Annotated[str, Header(max_length=128)] = "") -> Contact:
    if not re.fullmatch(SESSION_ID, x_chat_session):
        raise ApiError(401, "no_session", "会话编号无效，请刷新页面后重试。")
    return contact_of(x_chat_session)


Customer = Annotated[Contact, Depends(_customer)]


def web_file_routes(*, take_file: TakeFile, take_in: TakeIn, messages: Messages, shelf: FileShelf) -> APIRouter:
    router = APIRouter(prefix="/api/chat/files", tags=["公开"])

    @router.post("", summary="用户发送图片或文件（请求体为文件内容）")
    async def send(request: Request, customer: Customer, message_id: MessageId, name: FileName = "") -> dict[str, Any]:
        """The same id twice is one message, however far the first upload came."""
        message = await messages.by_id(customer.id, message_id)
        if message is None:
            file = await _taken(take_file, customer, Upload(name, body_of(request)))
            incoming = Incoming(contact=customer, id=message_id, attachment=attachment_of(file))
            message = await take_in(incoming)
        return {"ok": True, "id": message.id, "seq": message.seq}

    @router.get("/{seq}", summary="对话中的图片、文件")
    async def content(request: Request, seq: Seq, customer: Customer) -> Response:
        return await kept(request, shelf, (await _file(messages, customer, seq)).id)

    @router.post("/{seq}/link", summary="保存文件用的临时地址")
    async def link(seq: Seq, customer: Customer) -> dict[str, str]:
        return {"url": await shelf.link((await _file(messages, customer, seq)).id, SAVING)}

    return router


async def _taken(take_file: TakeFile, customer: Contact, upload: Upload) -> StoredFile:
    try:
        return await take_file(upload, contact_id=customer.id)
    except FileRefused as problem:
        raise ApiError(422, "file_refused", str(problem)) from None
    except ClientDisconnect:  # nobody hears this answer
        raise ApiError(400, "broken_off", "文件没有传完，请重新发送。") from None


async def _file(messages: Messages, customer: Contact, seq: int) -> StoredFile:
    message = await messages.by_seq(customer.id, seq)
    if message is None or message.attachment is None or message.attachment.file is None:
        raise not_found("文件")
    return message.attachment.file
