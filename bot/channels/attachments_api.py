"""Pictures and files at the desk: what customers sent, as gasdesk or their platform keeps it, and what agents send."""

from collections.abc import AsyncIterator, Mapping
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.channel import ChannelDown, FetchesAttachments, Media, MediaGone, MediaTooLarge
from bot.channels import shapes
from bot.channels.auth import Dependency
from bot.channels.conversation_id import ConversationId
from bot.channels.customer_api import readable
from bot.channels.errors import ApiError, not_found
from bot.channels.file_answers import file_answer, media_answer
from bot.customers.history import History
from bot.desk.send_file import SendFile
from bot.domain.conversations import Conversation, Message
from bot.domain.files import FileGone, FileRefused, Upload
from bot.domain.staff import Staff
from bot.files.platform_media import Fetched, PlatformMedia
from bot.files.shelf import FileShelf
from bot.ports import Transcripts

MessageId = Annotated[str, Query(alias="id", min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:\-]+$")]
PastId = Annotated[str, Path(max_length=64, pattern=r"^[A-Za-z0-9_.:\-]+$")]
Seq = Annotated[int, Path(ge=1, le=2**31 - 1)]
FileName = Annotated[str, Query(max_length=255)]


def attachment_routes(
    *,
    reading: Dependency,
    transcripts: Transcripts,
    history: History,
    channels: Mapping[str, object],
    shelf: FileShelf,
    media: PlatformMedia,
) -> APIRouter:
    """`reading` is a dependency that returns the member of staff who may."""
    router = APIRouter(prefix="/api", tags=["坐席"])

    Read = Annotated[tuple[Conversation, Staff], Depends(readable(transcripts, reading))]
    of = "/conversations/{conversation_id}"

    @router.get(f"{of}/messages/{{seq}}/attachment", summary="会话中的图片、语音、文件")
    async def attachment(request: Request, asked: Read, seq: Seq) -> Response:
        return await sent(request, asked[0], seq)

    @router.get(f"{of}/history/{{past_id}}/messages/{{seq}}/attachment", summary="客户以前会话中的图片、语音、文件")
    async def past_attachment(request: Request, asked: Read, past_id: PastId, seq: Seq) -> Response:
        return await sent(request, await history.piece(*asked, past_id), seq)

    async def sent(request: Request, c: Conversation, seq: int) -> Response:
        message = next((m for m in await transcripts.messages(c.id, after=seq - 1) if m.seq == seq), None)
        if message is None or message.attachment is None:
            raise not_found("附件")
        if message.attachment.file:
            return await kept(request, shelf, message.attachment.file.id)
        found = await _of_platform(channels.get(c.channel), c.contact_id, message, media)
        return media_answer(request, found, str(seq))

    return router


def sending_routes(*, serving: Dependency, send: SendFile) -> APIRouter:
    """`serving` is a dependency that returns the agent or lead who acts."""
    router = APIRouter(prefix="/api", tags=["坐席"])

    @router.post("/conversations/{conversation_id}/files", summary="给用户发送图片或文件（请求体为文件内容）")
    async def send_file(
        conversation_id: ConversationId,
        request: Request,
        who: Annotated[Staff, Depends(serving)],
        message_id: MessageId,
        name: FileName = "",
    ) -> dict[str, Any]:
        try:
            message = await send(conversation_id, who, message_id, Upload(name, body_of(request)))
        except FileRefused as problem:
            raise ApiError(422, "file_refused", str(problem)) from None
        except ClientDisconnect:  # nobody hears this answer
            raise ApiError(400, "broken_off", "文件没有传完，请重新发送。") from None
        return {"message": shapes.message(message)}

    return router


async def kept(request: Request, shelf: FileShelf, file_id: str) -> Response:
    """A file of ours. Raises ApiError."""
    try:
        found = await shelf.kept(file_id)
        return file_answer(request, found, await shelf.at(found))
    except FileGone:
        raise ApiError(410, "attachment_gone", "文件已不在，请对方重新发送。") from None


def body_of(request: Request) -> AsyncIterator[bytes]:
    """The request's body as it comes."""
    return request.stream()


async def _of_platform(channel: object, contact_id: str, message: Message, media: PlatformMedia) -> Fetched | Media:
    attachment = message.attachment
    if attachment is None or not attachment.reference or not isinstance(channel, FetchesAttachments):
        raise not_found("附件")
    try:
        fetch = partial(channel.fetch, attachment.reference)
        return await media.get(f"{contact_id} {message.seq}", fetch)
    except MediaTooLarge:
        words = "附件太大，聊天软件不向客服系统提供。请用户压缩或分段后重新发送。"
        raise ApiError(413, "attachment_too_large", words) from None
    except MediaGone:
        raise ApiError(410, "attachment_gone", "附件已过期，用户的聊天软件不再保存。请用户重新发送。") from None
    except ChannelDown:
        raise ApiError(503, "attachment_unavailable", "暂时取不到附件，请稍后重试。") from None
