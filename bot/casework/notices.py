"""Tells the customer how his order goes on, in his conversation; once, whatever crashes."""

from collections.abc import Callable
from datetime import datetime

from bot.casework.ports import OrderNotice, Orders
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Conversation, Draft, Kind, Speaker
from bot.domain.work_orders import WorkOrder
from bot.ports import Conversations, Timer, TimerStore, Transcripts


class OrderNotices:
    """Words a notice; tells it when its timer says so."""

    def __init__(
        self,
        *,
        orders: Orders,
        conversations: Conversations,
        transcripts: Transcripts,
        timers: TimerStore,
        company: CompanyProfile,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self._orders = orders
        self._conversations = conversations
        self._transcripts = transcripts
        self._timers = timers
        self._company = company
        self._clock = clock
        self._new_id = new_id

    def worded(self, order: WorkOrder, sentence: str, **values: object) -> OrderNotice:
        text = self._company.fill(sentence, number=order.number, type=order.type.value, **values)
        return OrderNotice(id=self._new_id(), number=order.number, text=text)

    def day(self, moment: datetime) -> str:
        local = moment.astimezone(self._company.company.zone)
        return f"{local.month}月{local.day}日"

    async def tell(self, timer: Timer) -> None:
        """Post it where the customer is now; if he has gone, he asks by number, and nothing is reopened."""
        notice = await self._orders.notice(timer.subject)
        if notice:
            order = await self._orders.get(notice.number)
            place = await self._place(order) if order else None
            if place:
                await self._post(place, notice)
            await self._orders.forget_notice(notice.id)
        await self._timers.drop(timer.key)

    async def _place(self, order: WorkOrder) -> Conversation | None:
        """The customer's open conversation: the one the order came from, or a later one of the same contact."""
        origin = await self._transcripts.get(order.conversation_id)
        latest = await self._transcripts.of_contact(origin.contact_id) if origin else None
        return latest if latest and not latest.closed else None

    async def _post(self, place: Conversation, notice: OrderNotice) -> None:
        message_id = f"order-{notice.id}"
        async with self._conversations.open(place.id) as work:
            if not work.conversation.closed and await work.message(message_id) is None:
                work.post(Draft(Speaker.SYSTEM, Kind.NOTICE, notice.text, id=message_id))
                work.note("order_notice", f"已通知用户：工单 {notice.number}")
