"""The customer's card over REST: see, verify, reveal, tag (docs/desk.md)."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from bot.channels import customer_shapes
from bot.channels.auth import Dependency
from bot.channels.conversation_id import ConversationId
from bot.channels.desk_api import may_read
from bot.channels.desk_summaries import Summaries
from bot.channels.errors import ApiError, error_response, not_found
from bot.channels.shapes import moment
from bot.customers.card import Cards
from bot.customers.linking import LinkChannels
from bot.customers.permission import NotMatched, Refused
from bot.customers.reveal import Reveal
from bot.customers.tagging import Tagging
from bot.customers.verify import Stated, VerifyAccount
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Conversation
from bot.domain.customers import PersonalField
from bot.domain.staff import Staff
from bot.domain.text import tidy
from bot.ports import Transcripts

Json = dict[str, Any]
Said = Annotated[str, Field(max_length=120)]


class StatedIn(BaseModel):
    number: Said = ""
    address: Said = ""
    phone: Said = ""
    holder: Said = ""


class RevealIn(BaseModel):
    field: PersonalField


class TagIn(BaseModel):
    text: Annotated[str, Field(max_length=40)]


def readable(transcripts: Transcripts, reading: Dependency) -> Callable[..., Awaitable[tuple[Conversation, Staff]]]:
    """A dependency: the conversation of the path and who asks, if he may read it; otherwise 404."""

    async def found(
        conversation_id: ConversationId, who: Annotated[Staff, Depends(reading)]
    ) -> tuple[Conversation, Staff]:
        c = await transcripts.get(conversation_id)
        if c is None or not may_read(who, c):
            raise not_found("会话")
        return c, who

    return found


def customer_routes(
    *,
    reading: Dependency,
    serving: Dependency,
    transcripts: Transcripts,
    cards: Cards,
    reveal: Reveal,
    tagging: Tagging,
    verify: VerifyAccount,
    linking: LinkChannels,
    summaries: Summaries,
    company: CompanyProfile,
) -> APIRouter:
    """`reading` and `serving` are dependencies that return the member of staff who may."""
    router = APIRouter(prefix="/api", tags=["客户"])
    Read = Annotated[tuple[Conversation, Staff], Depends(readable(transcripts, reading))]
    of = "/conversations/{conversation_id}/customer"

    @router.get(of, summary="客户资料（个人信息已隐藏）")
    async def card(asked: Read) -> Json:
        found = customer_shapes.card(await cards(*asked))
        return summaries.dated({"customer": {**found, "company_tags": list(company.desk.customer_tags)}})

    @router.post(f"{of}/reveal", summary="查看一项隐藏的资料（记入值班日志）")
    async def show(asked: Read, body: RevealIn) -> Json:
        seen = await reveal(*asked, body.field)
        return summaries.dated({"field": seen.field.value, "value": seen.value, "until": moment(seen.until)})

    @router.post(f"{of}/account", summary="核对户号：用户说的两项是否与记录一致")
    async def check(conversation_id: ConversationId, body: StatedIn, who: Annotated[Staff, Depends(serving)]) -> Json:
        stated = Stated(**{name: tidy(value) for name, value in body.model_dump().items()})
        c, matched = await verify(conversation_id, who, stated)
        return {**await summaries.answer(c), "matched": matched}

    @router.post(f"{of}/tags", summary="加标签")
    async def add_tag(asked: Read, body: TagIn) -> Json:
        return {"tags": [customer_shapes.tag(each) for each in await tagging.add(*asked, body.text)]}

    @router.post(f"{of}/link-code", summary="给客户发关联验证码，让他在另一个渠道输入")
    async def send_code(conversation_id: ConversationId, who: Annotated[Staff, Depends(serving)]) -> Json:
        return await summaries.answer(await linking.send_code(conversation_id, who))

    @router.delete(f"{of}/link", summary="取消与其他渠道的关联")
    async def unlink(conversation_id: ConversationId, who: Annotated[Staff, Depends(serving)]) -> Json:
        return await summaries.answer(await linking.undo(conversation_id, who))

    @router.delete(f"{of}/tags/{{text}}", summary="去掉标签")
    async def remove_tag(asked: Read, text: str) -> Json:
        return {"tags": [customer_shapes.tag(each) for each in await tagging.remove(*asked, text)]}

    return router


def install_customer_refusals(app: FastAPI) -> None:
    async def refuse(_: Request, problem: Exception) -> Response:
        status, code = (403, "not_yours") if isinstance(problem, Refused) else (409, "not_matched")
        return error_response(ApiError(status, code, str(problem)))

    for kind in (Refused, NotMatched):
        app.add_exception_handler(kind, refuse)
