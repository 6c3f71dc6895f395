"""What staff may read over REST (docs/protocol.md 2)."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime

from bot.channels import shapes
from bot.channels.auth import Dependency
from bot.channels.conversation_id import ConversationId
from bot.channels.desk_summaries import Summaries
from bot.channels.errors import not_found
from bot.channels.inspector_view import as_seen_by
from bot.clock import Clock
from bot.desk.notes import NoteStore
from bot.domain.conversations import Conversation, Owner
from bot.domain.staff import Role, Staff
from bot.domain.text import tidy
from bot.ports import Casework, Inbox, StaffDirectory, Transcripts

Json = dict[str, Any]
State = Literal["", "bot", "queue", "agent", "closed", "mine", "offline", "open"]


def reading_routes(
    *,
    reading: Dependency,
    leading: Dependency,
    colleague: Dependency,
    summaries: Summaries,
    staff: StaffDirectory,
    inbox: Inbox,
    transcripts: Transcripts,
    casework: Casework,
    notes: NoteStore,
    clock: Clock,
    watched: Sequence[Callable[[Conversation, Staff], Awaitable[None]]],
) -> APIRouter:
    """`reading`, `leading` and `colleague` are dependencies that return the member of staff who may.
    Each of `watched` is told who reads which conversation.
    """
    router = APIRouter(prefix="/api", tags=["坐席"])
    Reader = Annotated[Staff, Depends(reading)]

    @router.get("/queue", summary="等待人工的会话")
    async def queue(who: Reader) -> Json:
        return as_seen_by(who, await summaries.listed(await inbox.waiting()))

    @router.get("/conversations", summary="查找会话")
    async def conversations(
        who: Reader,
        state: State = "",
        q: Annotated[str, Query(max_length=100)] = "",
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> Json:
        found = await inbox.search(state, tidy(q), who.staff_id, limit, readable=who.role is Role.AGENT)
        return as_seen_by(who, await summaries.listed([c for c in found if may_read(who, c)]))

    @router.get("/conversations/{conversation_id}", summary="一个会话的全部内容")
    async def conversation(conversation_id: ConversationId, who: Reader) -> Json:
        c = await transcripts.get(conversation_id)
        if c is None or not may_read(who, c):
            raise not_found("会话")
        for note in watched:
            await note(c, who)
        whole = {
            **await summaries.answer(c),
            "messages": [shapes.message(m) for m in await transcripts.messages(c.id)],
            "handoff": shapes.handoff(c),
            "notes": [shapes.note(n) for n in await notes.of(c.id)],
            "timeline": [shapes.fact(f) for f in await transcripts.facts(c.id)],
            "orders": [shapes.order(o) for o in await casework.orders_of(c.id)],
        }
        return as_seen_by(who, whole)

    @router.get("/staff", summary="人员与负荷")
    async def colleagues(_: Annotated[Staff, Depends(colleague)]) -> Json:
        return summaries.dated({"staff": [shapes.staff(member) for member in await staff.all()]})

    @router.get("/breaches", summary="超时记录")
    async def breaches(_: Annotated[Staff, Depends(leading)], since: AwareDatetime | None = None) -> Json:
        start = since or clock.now() - timedelta(days=1)
        return summaries.dated({"breaches": [shapes.breach(b) for b in await inbox.breaches(start)]})

    return router


def may_read(who: Staff, c: Conversation) -> bool:
    """Agents read what waits and what is or was theirs; leads and inspectors all; admins none (least privilege)."""
    if who.role in (Role.LEAD, Role.INSPECTOR):
        return True
    waiting = c.owner is Owner.QUEUE or (c.emergency is not None and c.emergency.concerns_everybody)
    return who.role is Role.AGENT and (waiting or c.staff_id == who.staff_id)
