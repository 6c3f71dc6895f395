"""Reminds the desk of what must leave, is nearly due, or is late; each once, when its timer falls due."""

from dataclasses import replace

from bot.casework.ports import NoSuchOrder, Orders
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.events import OrderReminded
from bot.domain.order_reminders import DUE_SOON, LATE, LEAVES_SOON, LEFT_BEHIND, leaving, reminders
from bot.domain.work_orders import WorkOrder
from bot.ports import Timer, TimerStore


class Reminders:
    def __init__(self, *, orders: Orders, timers: TimerStore, company: CompanyProfile, clock: Clock) -> None:
        self._orders = orders
        self._timers = timers
        self._company = company
        self._clock = clock

    async def remind(self, timer: Timer) -> None:
        """Give what is due by the order's state under the lock; the next timer is written with it."""
        try:
            async with self._orders.open(timer.subject) as work:
                due = [what for what, at in reminders(work.order, self._company) if at <= self._clock.now()]
                for what in due:
                    text = self._text(work.order, what)
                    work.note(what, text)
                    work.emit(OrderReminded(work.order, what, text))
                work.order = replace(work.order, reminded=(*work.order.reminded, *due))
        except NoSuchOrder:
            await self._timers.drop(timer.key)

    def _text(self, order: WorkOrder, what: str) -> str:
        leave = leaving(order, self._company)
        why = leave.why if leave else ""
        return {
            LEAVES_SOON: f"工单 {order.number}（{order.type.value}）还没有派出：{why}",
            LEFT_BEHIND: f"工单 {order.number}（{order.type.value}）超过时间没有派出：{why}",
            DUE_SOON: f"工单 {order.number}（{order.type.value}）快到期：{self._moment(order)}，需要延期请现在申请",
            LATE: f"工单 {order.number}（{order.type.value}）已超过期限：{self._moment(order)}",
        }[what]

    def _moment(self, order: WorkOrder) -> str:
        assert order.due_at is not None
        local = order.due_at.astimezone(self._company.company.zone)
        return f"{local.month}月{local.day}日 {local:%H:%M}"
