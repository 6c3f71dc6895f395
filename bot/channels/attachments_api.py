"""Pictures and voice messages for staff, as the customer's platform keeps them."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from bot.channel import ChannelDown, FetchesAttachments, MediaGone
from bot.channels.auth import Dependency
from bot.channels.conversation_id import ConversationId
from bot.channels.desk_api import may_read
from bot.channels.errors import ApiError, not_found
from bot.domain.staff import Staff
from bot.ports import Transcripts

#: What a browser shows without running anything in it; the rest is only ever saved.
_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "audio/mpeg", "audio/ogg", "video/mp4"})


def attachment_routes(*, reading: Dependency, transcripts: Transcripts, channels: Mapping[str, object]) -> APIRouter:
    """`reading` is a dependency that returns the member of staff who may."""
    router = APIRouter(prefix="/api", tags=["坐席"])

    @router.get("/conversations/{conversation_id}/messages/{seq}/attachment", summary="用户发来的图片、语音等")
    async def attachment(
        conversation_id: ConversationId,
        seq: Annotated[int, Path(ge=1, le=2**31 - 1)],
        who: Annotated[Staff, Depends(reading)],
    ) -> Response:
        c = await transcripts.get(conversation_id)
        if c is None or not may_read(who, c):
            raise not_found("会话")
        message = next((m for m in await transcripts.messages(c.id, after=seq - 1) if m.seq == seq), None)
        channel = channels.get(c.channel)
        if message is None or not (message.attachment and message.attachment.reference):
            raise not_found("附件")
        if not isinstance(channel, FetchesAttachments):
            raise not_found("附件")
        try:
            media = await channel.fetch(message.attachment.reference)
        except MediaGone:
            raise ApiError(410, "attachment_gone", "附件已过期，用户的聊天软件不再保存。请用户重新发送。") from None
        except ChannelDown:
            raise ApiError(503, "attachment_unavailable", "暂时取不到附件，请稍后重试。") from None
        shown = media.content_type in _SHOWN
        return Response(
            media.content,
            media_type=media.content_type if shown else "application/octet-stream",
            headers={
                "Content-Disposition": f'{"inline" if shown else "attachment"}; filename="{seq}"',
                "Cache-Control": "private, max-age=3600",
                "X-Content-Type-Options": "nosniff",
            },
        )

    return router
