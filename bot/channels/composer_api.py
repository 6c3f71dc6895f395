"""Around the reply box over REST: canned replies, 请您稍等, private notes (docs/protocol.md 2)."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, Field

from bot.channels import shapes
from bot.channels.auth import Dependency
from bot.channels.conversation_id import ConversationId
from bot.channels.desk_summaries import Summaries
from bot.channels.errors import not_found
from bot.desk.canned_replies import CannedReplies, NoSuchReply, editable
from bot.desk.holding import Hold
from bot.desk.notes import WriteNote
from bot.domain.canned import CannedReply, Scope
from bot.domain.company import CompanyProfile
from bot.domain.staff import Staff
from bot.domain.wording import COMPANY_VARIABLES
from bot.quality.sounds import initials

Json = dict[str, Any]
ReplyId = Annotated[str, Path(max_length=40, pattern=r"^[A-Za-z0-9\-]+$")]


class ReplyText(BaseModel):
    title: Annotated[str, Field(max_length=200)]
    text: Annotated[str, Field(max_length=4_000)]


class NewReply(ReplyText):
    scope: Literal["personal", "team"] = "personal"


class NoteIn(BaseModel):
    #: Made by the page, so that a resend is the same note.
    id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:\-]+$")]
    text: str


def canned_routes(*, serving: Dependency, canned: CannedReplies, company: CompanyProfile) -> APIRouter:
    """`serving` is a dependency that returns the agent or lead who asks."""
    router = APIRouter(prefix="/api/canned-replies", tags=["坐席"])
    Agent = Annotated[Staff, Depends(serving)]
    facts = {name: company.fill(sentence) for name, sentence in COMPANY_VARIABLES.items()}

    @router.get("", summary="常用语：个人、团队、公司")
    async def listed(who: Agent) -> Json:
        replies = [_shape(who, each) for each in await canned.of(who)]
        return {"replies": replies, "variables": {**facts, "工号": who.staff_id}}

    @router.post("", summary="添加常用语", status_code=201)
    async def add(body: NewReply, who: Agent) -> Json:
        return {"reply": _shape(who, await canned.add(who, Scope(body.scope), body.title, body.text))}

    @router.put("/{reply_id}", summary="修改常用语")
    async def change(reply_id: ReplyId, body: ReplyText, who: Agent) -> Json:
        try:
            return {"reply": _shape(who, await canned.change(who, reply_id, body.title, body.text))}
        except NoSuchReply:
            raise not_found("常用语") from None

    @router.delete("/{reply_id}", summary="删除常用语", status_code=204)
    async def remove(reply_id: ReplyId, who: Agent) -> None:
        try:
            await canned.remove(who, reply_id)
        except NoSuchReply:
            raise not_found("常用语") from None

    return router


def moment_routes(*, serving: Dependency, hold: Hold, write_note: WriteNote, summaries: Summaries) -> APIRouter:
    router = APIRouter(prefix="/api/conversations/{conversation_id}", tags=["坐席"])
    Agent = Annotated[Staff, Depends(serving)]

    @router.post(
        "/hold", summary="请您稍等", description="回复时自动先说“感谢您的耐心等待”；等待提示和回复时限照常计算。"
    )
    async def ask_to_wait(conversation_id: ConversationId, who: Agent) -> Json:
        return await summaries.answer(await hold(conversation_id, who))

    @router.post("/notes", summary="写内部备注", description="用户看不到，不算回复。")
    async def note(conversation_id: ConversationId, body: NoteIn, who: Agent) -> Json:
        return {"note": shapes.note(await write_note(conversation_id, who, body.id, body.text))}

    return router


def _shape(who: Staff, reply: CannedReply) -> Json:
    return {
        "id": reply.id,
        "scope": reply.scope.value,
        "title": reply.title,
        "text": reply.text,
        "initials": initials(reply.title),
        "editable": editable(who, reply),
    }
