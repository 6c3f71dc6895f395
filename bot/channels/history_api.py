"""A customer's earlier conversations, and searching, over REST (docs/desk.md)."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from bot.channels import customer_shapes, shapes
from bot.channels.auth import Dependency
from bot.channels.customer_api import readable
from bot.channels.desk_summaries import Summaries
from bot.channels.errors import ApiError
from bot.channels.inspector_view import as_seen_by
from bot.customers.history import History, Page
from bot.customers.ports import Archive
from bot.customers.search import Found, Hit, Search
from bot.domain.conversations import Conversation, Message
from bot.domain.search_terms import excerpt
from bot.domain.staff import Staff
from bot.domain.text import tidy
from bot.ports import Transcripts

Json = dict[str, Any]
_CURSOR = re.compile(r"([\w.:\-]{1,64})~(\d{1,9})")


def history_routes(
    *, reading: Dependency, transcripts: Transcripts, history: History, summaries: Summaries
) -> APIRouter:
    """`reading` is a dependency that returns the member of staff who may."""
    router = APIRouter(prefix="/api", tags=["客户"])
    Read = Annotated[tuple[Conversation, Staff], Depends(readable(transcripts, reading))]

    @router.get("/conversations/{conversation_id}/history", summary="客户以前的会话")
    async def earlier(asked: Read, before: str = "", limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Json:
        page = await history(*asked, _cursor(before), limit)
        return as_seen_by(asked[1], summaries.dated(_page(asked[0], page)))

    return router


def search_routes(*, serving: Dependency, search: Search, archive: Archive, summaries: Summaries) -> APIRouter:
    """`serving` is a dependency that returns the agent or lead who may."""
    router = APIRouter(prefix="/api", tags=["客户"])

    @router.get("/search", summary="查找会话：内容、户主、电话或户号末四位、工单号、标签")
    async def find(
        who: Annotated[Staff, Depends(serving)],
        q: Annotated[str, Query(max_length=100)],
        before: Annotated[int | None, Query(ge=1)] = None,
    ) -> Json:
        found = await search(who, tidy(q), before)
        return summaries.dated(await _found(found, archive, summaries))

    return router


def _cursor(text: str) -> tuple[str, int] | None:
    if not text:
        return None
    found = _CURSOR.fullmatch(text)
    if found is None:
        raise ApiError(422, "invalid", "翻页位置无效，请重新打开会话。", {"before": "翻页位置无效"})
    return found[1], int(found[2])


def _page(c: Conversation, page: Page) -> Json:
    return {
        "conversations": [
            {**customer_shapes.past(piece.conversation), "messages": [_past(c, m) for m in piece.messages]}
            for piece in page.pieces
        ],
        "before": f"{page.before.conversation.id}~{page.before.seq}" if page.before else None,
    }


def _past(c: Conversation, m: Message) -> Json:
    """What was sent is opened as a part of the history of `c`: who may read that need not have served the other."""
    shape = shapes.message(m)
    if "attachment_url" in shape:
        shape["attachment_url"] = f"/api/conversations/{c.id}/history/{m.conversation_id}/messages/{m.seq}/attachment"
    return shape


async def _found(found: Found, archive: Archive, summaries: Summaries) -> Json:
    known = await archive.get_all(list({hit.conversation_id for hit in found.hits}))
    shown = {each["id"]: each for each in await summaries.many(list(known.values()))}
    return {
        "results": [_hit(hit, shown[hit.conversation_id], list(found.words)) for hit in found.hits],
        "words": list(found.words),
        "before": found.before,
    }


def _hit(hit: Hit, conversation: Json, words: list[str]) -> Json:
    m = hit.message
    said = None if m is None else {**shapes.said(m), "text": excerpt(m.text, words)}
    return {"why": hit.why.value, "conversation": conversation, "message": said}
