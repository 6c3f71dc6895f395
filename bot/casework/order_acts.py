"""What agents and leads do with work orders. Each may raise NoSuchOrder and OrderRefused."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.casework.dispatching import Dispatching
from bot.casework.notices import OrderNotices
from bot.casework.ports import Orders, OrderWork
from bot.clock import Clock
from bot.domain import order_life as life
from bot.domain import order_reminders
from bot.domain.company import CompanyProfile
from bot.domain.events import OrderReminded
from bot.domain.order_life import OrderRefused
from bot.domain.order_limits import EMERGENCIES
from bot.domain.staff import Role, Staff
from bot.domain.work_orders import Handling, NewOrder, OrderType, WorkOrder
from bot.ports import StaffDirectory


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What may be corrected on an order; None leaves it."""

    type: OrderType | None = None
    handling: Handling | None = None
    summary: str | None = None
    address: str | None = None
    contact_phone: str | None = None
    contact_time: str | None = None


_LABELS = {
    "type": "报修类型",
    "handling": "处理方式",
    "summary": "内容",
    "address": "地址",
    "contact_phone": "联系电话",
    "contact_time": "方便时间",
}
#: What the lead is told when more time is asked for.
EXTENSION = "extension"
#: Not written into the history: an address or a telephone number is on the order, once.
_PRIVATE = frozenset({"address", "contact_phone", "summary"})


class OrderActs:
    def __init__(
        self,
        *,
        orders: Orders,
        staff: StaffDirectory,
        dispatching: Dispatching,
        notices: OrderNotices,
        company: CompanyProfile,
        clock: Clock,
    ) -> None:
        self._orders = orders
        self._staff = staff
        self._dispatching = dispatching
        self._notices = notices
        self._company = company
        self._clock = clock

    async def file(self, new: NewOrder, who: Staff) -> WorkOrder:
        """File an order at the desk, and send it out if wanted; the same `subject` (the page's) twice is one order."""
        if new.dispatch_now and life.unit_of(new) is None:
            raise OrderRefused("电话处理的工单不派单，请先选择转维修、转运维或转分公司。")
        if new.type in EMERGENCIES and not new.address:
            raise OrderRefused("险情工单必须写明地址。")
        async with self._orders.file(replace(new, dispatch_now=False)) as work:
            if new.dispatch_now and life.waits_to_leave(work.order):
                self._send_out(work, who, None)
            return work.order

    async def edit(self, number: str, who: Staff, edit: Edit) -> WorkOrder:
        """Correct what was written down; what has gone to a unit keeps type and handling."""
        async with self._acting(number, who) as work:
            wanted = {name: value for name, value in vars(edit).items() if value is not None}
            fresh = {name: value for name, value in wanted.items() if getattr(work.order, name) != value}
            if not fresh:
                return work.order
            if not life.may_be_refiled(work.order) and fresh.keys() & {"type", "handling"}:
                raise OrderRefused("工单已经派出或办完，不能再改报修类型和处理方式。要换单位请用“改派”。")
            work.order = replace(work.order, **fresh)
            work.note("edited", f"工号 {who.staff_id} 修改：{_changes(fresh)}", who.staff_id)
            return work.order

    async def add_note(self, number: str, who: Staff, text: str) -> WorkOrder:
        async with self._acting(number, who) as work:
            at = self._clock.now().astimezone(self._company.company.zone)
            line = f"{at.month}月{at.day}日 {at:%H:%M} 工号 {who.staff_id}：{text}"
            work.order = replace(work.order, notes=f"{work.order.notes}\n{line}".strip())
            work.note("note", f"工号 {who.staff_id} 备注：{text}", who.staff_id)
            return work.order

    async def assign(self, number: str, who: Staff, to: str) -> WorkOrder:
        """Somebody else at the desk works on it from now on; the first responsible person stays the owner."""
        colleague = await self._staff.get(to)
        if colleague is None or not colleague.serves:
            raise OrderRefused(f"没有工号为 {to} 的客服，请从列表中选择。")
        async with self._acting(number, who) as work:
            work.order = life.assigned(work.order, to)
            kept = f"，首问责任人仍为工号 {work.order.owner}"
            work.note("assigned", f"工号 {who.staff_id} 转给工号 {to} 跟进{kept}", who.staff_id)
            return work.order

    async def dispatch(self, number: str, who: Staff, handling: Handling | None) -> WorkOrder:
        """Send it to its field unit, or to another one: to its system at once, and the customer is told."""
        async with self._acting(number, who) as work:
            self._send_out(work, who, handling)
            return work.order

    async def report_link(self, number: str, who: Staff) -> str:
        """An address to give to a field worker whose unit has no system, or who lost his."""
        async with self._acting(number, who) as work:
            if work.order.stage not in life.UNDERWAY:
                raise OrderRefused("工单没有派给维修人员，或者已经反馈过结果。")
            url, link = self._dispatching.new_link(work.order, self._clock.now())
            work.link(link)
            work.note("link", f"工号 {who.staff_id} 取反馈链接", who.staff_id)
            return url

    async def report(self, number: str, who: Staff, result: str, *, solved: bool) -> WorkOrder:
        """The unit phoned its result in."""
        async with self._acting(number, who) as work:
            work.order = life.reported(work.order, self._clock.now(), result, solved=solved)
            said = "已解决" if solved else "未解决"
            work.note("reported", f"工号 {who.staff_id} 登记结果：{said}，{result}", who.staff_id)
            say = self._company.order_scripts
            work.tell(self._notices.worded(work.order, say.solved if solved else say.unsolved))
            return work.order

    async def answer(self, number: str, who: Staff, text: str) -> WorkOrder:
        """Tell the customer how it ended; the order is done."""
        async with self._acting(number, who) as work:
            work.order = life.answered(work.order, self._clock.now(), text)
            work.note("answered", f"工号 {who.staff_id} 答复用户：{text}", who.staff_id)
            work.tell(self._notices.worded(work.order, self._company.order_scripts.answered, answer=text))
            return work.order

    async def archive(self, number: str, who: Staff) -> WorkOrder:
        async with self._acting(number, who) as work:
            if (filed := life.archived(work.order)) != work.order:
                work.order = filed
                work.note("archived", f"工号 {who.staff_id} 归档", who.staff_id)
            return work.order

    async def ask_extension(self, number: str, who: Staff, days: int, reason: str) -> WorkOrder:
        async with self._acting(number, who) as work:
            now = self._clock.now()
            work.order = order_reminders.extension_asked(work.order, now, days, reason, self._company)
            assert work.order.extension_until is not None
            until = self._notices.day(work.order.extension_until)
            text = f"工号 {who.staff_id} 申请延期到{until}：{reason}"
            work.note("extension", text, who.staff_id)
            work.emit(OrderReminded(work.order, EXTENSION, f"工单 {number}：{text}"))
            return work.order

    async def decide_extension(self, number: str, who: Staff, *, granted: bool) -> WorkOrder:
        """A lead's decision; granted, the customer is told how long it takes (S3 办理时限 3)."""
        if who.role is not Role.LEAD:
            raise OrderRefused("延期由班长审批。")
        async with self._orders.open(number) as work:
            work.order = order_reminders.extension_decided(work.order, granted=granted)
            said = "同意" if granted else "不同意"
            work.note("extension", f"工号 {who.staff_id} {said}延期", who.staff_id)
            if granted and work.order.due_at:
                until = self._notices.day(work.order.due_at)
                work.tell(self._notices.worded(work.order, self._company.order_scripts.extended, date=until))
            return work.order

    def _send_out(self, work: OrderWork, who: Staff, handling: Handling | None) -> None:
        now = self._clock.now()
        work.order = life.dispatched(work.order, now, handling)
        unit = self._dispatching.unit(work.order)
        assert unit is not None
        papers = self._dispatching.papers(work.order, now)
        if papers:
            work.send(papers.webhook)
            work.link(papers.link)
        work.note("dispatched", f"工号 {who.staff_id} 派单给{unit.name}", who.staff_id)
        work.tell(self._notices.worded(work.order, self._company.order_scripts.dispatched, unit=unit.name))

    @asynccontextmanager
    async def _acting(self, number: str, who: Staff) -> AsyncIterator[OrderWork]:
        """The order, owned from now on by this person if nobody was responsible yet."""
        async with self._orders.open(number) as work:
            owned = life.taken_in_hand(work.order, who.staff_id)
            if owned != work.order:
                work.order = owned
                work.note("owned", f"工号 {who.staff_id} 为首问责任人", who.staff_id)
            yield work


def _changes(fresh: dict[str, object]) -> str:
    return "、".join(
        _LABELS[name] if name in _PRIVATE else f"{_LABELS[name]}改为{value}" for name, value in fresh.items()
    )
