"""Work orders on the desks, live (docs/casework.md)."""

from typing import Any

import socketio

from bot.channels.desk_rooms import NAMESPACE, STAFF
from bot.channels.order_shapes import full_order
from bot.channels.shapes import moment
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.events import OrderChanged, OrderReminded


class DeskOrders:
    """Orders concern everybody at the desk: whoever the customer asks must know."""

    def __init__(self, server: socketio.AsyncServer, company: CompanyProfile, clock: Clock) -> None:
        self._server = server
        self._company = company
        self._clock = clock

    async def show_order(self, event: OrderChanged) -> None:
        frame = {"order": full_order(event.order, self._company), "now": moment(event.at)}
        await self._emit("order", frame)

    async def show_reminder(self, event: OrderReminded) -> None:
        order = event.order
        people = [each for each in (order.assignee, order.owner) if each]
        frame = {"number": order.number, "what": event.what, "text": event.text, "for": people}
        await self._emit("order_reminder", {**frame, "now": moment(self._clock.now())})

    async def _emit(self, event: str, frame: dict[str, Any]) -> None:
        await self._server.emit(event, frame, room=STAFF, namespace=NAMESPACE)
