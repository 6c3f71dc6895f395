"""What a field worker says by his link: that he is there, and how it ended. The link is good for one order only."""

from bot.casework.dispatching import Dispatching, key_hash
from bot.casework.notices import OrderNotices
from bot.casework.ports import Orders
from bot.clock import Clock
from bot.domain import order_life as life
from bot.domain.company import CompanyProfile
from bot.domain.order_life import OrderRefused
from bot.domain.work_orders import OrderState, WorkOrder


class LinkExpired(Exception):
    """The key is unknown or no longer good."""


class FieldReports:
    def __init__(
        self,
        *,
        orders: Orders,
        dispatching: Dispatching,
        notices: OrderNotices,
        company: CompanyProfile,
        clock: Clock,
    ) -> None:
        self._orders = orders
        self._dispatching = dispatching
        self._notices = notices
        self._company = company
        self._clock = clock

    async def order(self, key: str) -> WorkOrder:
        """The order this key is for. Raises LinkExpired."""
        link = await self._orders.link(key_hash(key))
        order = await self._orders.get(link.number) if link else None
        if link is None or order is None or link.expires_at <= self._clock.now():
            raise LinkExpired
        return order

    async def on_site(self, key: str) -> WorkOrder:
        """Said twice, the first time counts. Raises LinkExpired, OrderRefused."""
        known = await self.order(key)
        async with self._orders.open(known.number) as work:
            there = life.on_site(work.order, self._clock.now())
            if there != work.order:
                work.order = there
                work.note("on_site", f"{self._unit(there)}：已到现场")
                work.tell(self._notices.worded(there, self._company.order_scripts.on_site))
            return work.order

    async def report(self, key: str, result: str, *, solved: bool) -> WorkOrder:
        """The same report twice is one; another one after it is refused. Raises LinkExpired, OrderRefused."""
        known = await self.order(key)
        async with self._orders.open(known.number) as work:
            order = work.order
            if order.reported_at and order.stage not in life.UNDERWAY:
                if order.result == result and solved is (order.state is OrderState.DONE):
                    return order
                raise OrderRefused("结果已经反馈过了。要更正请打电话告诉客服。")
            work.order = life.reported(order, self._clock.now(), result, solved=solved)
            said = "已解决" if solved else "未解决"
            work.note("reported", f"{self._unit(order)}反馈：{said}，{result}")
            say = self._company.order_scripts
            work.tell(self._notices.worded(work.order, say.solved if solved else say.unsolved))
            return work.order

    def _unit(self, order: WorkOrder) -> str:
        unit = self._dispatching.unit(order)
        return unit.name if unit else "维修人员"
