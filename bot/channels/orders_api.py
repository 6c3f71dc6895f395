"""What agents and leads do with work orders over REST (docs/casework.md)."""

import re
from datetime import timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, FastAPI, Query
from pydantic import AfterValidator, BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from bot.casework.order_acts import Edit, OrderActs
from bot.casework.outbox import UnitOutbox
from bot.casework.ports import NoSuchOrder, OrderFilter, Orders, Webhooks
from bot.channels import order_shapes as shapes
from bot.channels.auth import Dependency
from bot.channels.errors import ApiError, error_response, not_found
from bot.channels.shapes import moment
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.order_drafts import draft_of
from bot.domain.order_life import OrderRefused
from bot.domain.staff import Staff
from bot.domain.text import tidy
from bot.domain.work_orders import Grade, Handling, NewOrder, OrderState, OrderType, Urgency, WorkOrder
from bot.ports import Transcripts

Json = dict[str, Any]
State = Literal["", "open", "done", "leaving", "overdue", "due", "extension"]
Words = Annotated[str, AfterValidator(tidy)]
Said = Annotated[Words, Field(min_length=1, max_length=1000)]

_NUMBER = re.compile(r"\d{8}-\d{4,6}")


def _number(number: str) -> str:
    if not _NUMBER.fullmatch(number):
        raise not_found("工单")
    return number


Number = Annotated[str, Depends(_number)]


class OrderIn(BaseModel):
    #: Made by the page, so that a second click is the same order.
    id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:\-]+$")]
    conversation_id: Annotated[str, Field(min_length=1, max_length=40)]
    type: OrderType
    handling: Handling
    state: OrderState = OrderState.OPEN
    urgency: Urgency = Urgency.NORMAL
    grade: Grade | None = None
    summary: Said
    address: Annotated[Words, Field(max_length=120)] = ""
    contact_phone: Annotated[Words, Field(max_length=40)] = ""
    contact_time: Annotated[Words, Field(max_length=80)] = ""
    dispatch_now: bool = False


class EditIn(BaseModel):
    type: OrderType | None = None
    handling: Handling | None = None
    summary: Said | None = None
    address: Annotated[Words, Field(max_length=120)] | None = None
    contact_phone: Annotated[Words, Field(max_length=40)] | None = None
    contact_time: Annotated[Words, Field(max_length=80)] | None = None


class TextIn(BaseModel):
    text: Said


class AssignIn(BaseModel):
    to: Annotated[Words, Field(min_length=1, max_length=20)]


class DispatchIn(BaseModel):
    #: To another unit than the one it was filed for.
    handling: Handling | None = None


class ReportIn(BaseModel):
    result: Said
    solved: bool


class ExtensionIn(BaseModel):
    days: Annotated[int, Field(ge=1, le=30)]
    reason: Said


class DecisionIn(BaseModel):
    granted: bool


class OrderDesk:
    """Answers that hold orders, with the time they were true."""

    def __init__(self, company: CompanyProfile, clock: Clock) -> None:
        self.company = company
        self._clock = clock

    def now(self, answer: Json) -> Json:
        return {**answer, "now": moment(self._clock.now())}

    def one(self, order: WorkOrder) -> Json:
        return self.now({"order": shapes.full_order(order, self.company)})


def order_reading_routes(
    *,
    reading: Dependency,
    orders: Orders,
    webhooks: Webhooks,
    transcripts: Transcripts,
    company: CompanyProfile,
    clock: Clock,
) -> APIRouter:
    """`reading` is a dependency that returns the member of staff who may."""
    router = APIRouter(prefix="/api", tags=["工单"])
    Reader = Annotated[Staff, Depends(reading)]
    show = OrderDesk(company, clock)

    @router.get("/orders", summary="查找工单")
    async def listed(
        who: Reader,
        state: State = "",
        type: OrderType | None = None,
        mine: bool = False,
        q: Annotated[str, Query(max_length=100)] = "",
        limit: Annotated[int, Query(ge=1, le=500)] = 200,
    ) -> Json:
        now = clock.now()
        tomorrow = now.astimezone(company.company.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        found = await orders.search(
            OrderFilter(
                state=state,
                type=type,
                staff_id=who.staff_id if mine else None,
                words=tidy(q),
                due_before=tomorrow + timedelta(days=1),
                now=now,
                limit=limit,
            )
        )
        cutoffs = [f"{each:%H:%M}" for each in company.service.dispatch_cutoffs]
        return show.now({"orders": shapes.many(found, company), "cutoffs": cutoffs})

    @router.get("/orders/undelivered", summary="没有发到维修单位系统的工单")
    async def undelivered(_: Reader) -> Json:
        return show.now({"webhooks": [shapes.webhook(each) for each in await webhooks.dead()]})

    @router.get("/orders/{number}", summary="一个工单的全部内容")
    async def one(number: Number, _: Reader) -> Json:
        order = await orders.get(number)
        if order is None:
            raise not_found("工单")
        return {
            **show.one(order),
            "steps": [shapes.step(each) for each in await orders.steps(number)],
            "webhooks": [shapes.webhook(each) for each in await webhooks.of_order(number)],
        }

    @router.get("/order-draft/{conversation_id}", summary="按会话内容预填的工单")
    async def draft(conversation_id: str, _: Reader) -> Json:
        c = await transcripts.get(conversation_id) if len(conversation_id) <= 40 else None
        if c is None:
            raise not_found("会话")
        return {"draft": shapes.draft(draft_of(c, await transcripts.messages(c.id)))}

    return router


def order_acting_routes(
    *,
    serving: Dependency,
    acts: OrderActs,
    transcripts: Transcripts,
    company: CompanyProfile,
    clock: Clock,
) -> APIRouter:
    """`serving` is a dependency that returns the agent or lead who acts."""
    router = APIRouter(prefix="/api/orders", tags=["工单"])
    Agent = Annotated[Staff, Depends(serving)]
    show = OrderDesk(company, clock)

    @router.post("", summary="新建工单")
    async def file(body: OrderIn, who: Agent) -> Json:
        c = await transcripts.get(body.conversation_id)
        if c is None:
            raise not_found("会话")
        fields = {**vars(body), "subject": f"desk:{body.id}", "owner": who.staff_id}
        fields["account_number"] = c.account_number if c.account_state == "matched" else None
        del fields["id"]
        return show.one(await acts.file(NewOrder(**fields), who))

    @router.patch("/{number}", summary="修改工单")
    async def edit(number: Number, body: EditIn, who: Agent) -> Json:
        return show.one(await acts.edit(number, who, Edit(**vars(body))))

    @router.post("/{number}/notes", summary="加备注")
    async def note(number: Number, body: TextIn, who: Agent) -> Json:
        return show.one(await acts.add_note(number, who, body.text))

    @router.post("/{number}/assign", summary="转给同事跟进")
    async def assign(number: Number, body: AssignIn, who: Agent) -> Json:
        return show.one(await acts.assign(number, who, body.to))

    @router.post("/{number}/answer", summary="答复用户并办结")
    async def answer(number: Number, body: TextIn, who: Agent) -> Json:
        return show.one(await acts.answer(number, who, body.text))

    @router.post("/{number}/archive", summary="归档")
    async def archive(number: Number, who: Agent) -> Json:
        return show.one(await acts.archive(number, who))

    @router.post("/{number}/extension", summary="申请延期")
    async def ask_extension(number: Number, body: ExtensionIn, who: Agent) -> Json:
        return show.one(await acts.ask_extension(number, who, body.days, body.reason))

    @router.post("/{number}/extension/decision", summary="审批延期（班长）")
    async def decide_extension(number: Number, body: DecisionIn, who: Agent) -> Json:
        return show.one(await acts.decide_extension(number, who, granted=body.granted))

    return router


def order_dispatch_routes(
    *, serving: Dependency, acts: OrderActs, outbox: UnitOutbox, company: CompanyProfile, clock: Clock
) -> APIRouter:
    """To the field units, and what comes back from them."""
    router = APIRouter(prefix="/api/orders", tags=["工单"])
    Agent = Annotated[Staff, Depends(serving)]
    show = OrderDesk(company, clock)

    @router.post("/{number}/dispatch", summary="派单、改派")
    async def dispatch(number: Number, body: DispatchIn, who: Agent) -> Json:
        return show.one(await acts.dispatch(number, who, body.handling))

    @router.post("/{number}/report-link", summary="取反馈链接，发给维修人员")
    async def report_link(number: Number, who: Agent) -> Json:
        return {"url": await acts.report_link(number, who)}

    @router.post("/{number}/report", summary="登记处理结果")
    async def report(number: Number, body: ReportIn, who: Agent) -> Json:
        return show.one(await acts.report(number, who, body.result, solved=body.solved))

    @router.post("/undelivered/{webhook_id}/retry", summary="重新发到维修单位的系统", status_code=204)
    async def retry(webhook_id: str, _: Agent) -> None:
        await outbox.retry(webhook_id[:40])

    return router


def install_order_refusals(app: FastAPI) -> None:
    """What casework refuses, as HTTP answers."""

    async def refuse(_: Request, problem: Exception) -> Response:
        if isinstance(problem, NoSuchOrder):
            return error_response(not_found("工单"))
        return error_response(ApiError(409, "refused", str(problem)))

    for kind in (NoSuchOrder, OrderRefused):
        app.add_exception_handler(kind, refuse)
