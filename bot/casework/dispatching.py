"""What goes out when an order goes to a field unit: a message to its system, and a link to report the result by."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from bot.casework.ports import Beside, FieldUnits, OrderStep, ReportLink, Webhook
from bot.domain.company import CompanyProfile, FieldUnit
from bot.domain.order_life import unit_of
from bot.domain.order_reminders import reminders
from bot.domain.work_orders import OrderState, Stage, WorkOrder


@dataclass(frozen=True)
class Papers:
    webhook: Webhook
    link: ReportLink


def key_hash(key: str) -> str:
    """What is stored of a key."""
    return sha256(key.encode()).hexdigest()


class Dispatching:
    """`public_url`: where field workers reach gasdesk, without a slash at the end."""

    def __init__(
        self,
        company: CompanyProfile,
        units: FieldUnits,
        *,
        public_url: str,
        new_id: Callable[[], str],
        new_key: Callable[[], str] = lambda: secrets.token_urlsafe(24),
    ) -> None:
        self._company = company
        self._units = units
        self._public_url = public_url
        self._new_id = new_id
        self._new_key = new_key

    def unit(self, order: WorkOrder) -> FieldUnit | None:
        """Name and telephone of the unit the order belongs to."""
        unit = unit_of(order)
        found: FieldUnit | None = getattr(self._company.units, unit) if unit else None
        return found

    def papers(self, order: WorkOrder, at: datetime) -> Papers | None:
        """For the unit's system; None when it has none: then the order goes by sheet and telephone."""
        unit = unit_of(order)
        if unit is None or not self._units.has(unit):
            return None
        url, link = self.new_link(order, at)
        webhook = Webhook(
            id=f"msg_{self._new_id()}",
            number=order.number,
            unit=unit,
            type="order.dispatched",
            body=self._body(order, at, url, link),
            created_at=at,
            next_at=at,
        )
        return Papers(webhook, link)

    def new_link(self, order: WorkOrder, at: datetime) -> tuple[str, ReportLink]:
        """An address for one field worker, and what is stored of it. The key is in the fragment: no server logs it."""
        key = self._new_key()
        expires_at = at + timedelta(days=self._company.casework.report_link_days)
        link = ReportLink(key_hash=key_hash(key), number=order.number, expires_at=expires_at)
        return f"{self._public_url}/report#{key}", link

    def beside(self, order: WorkOrder) -> Beside:
        """What is written with a new order; an emergency goes out in the transaction that files it."""
        if order.state is OrderState.DONE and order.owner is None:
            return Beside()  # a question the assistant answered: hundreds an hour, and nothing more will happen to them
        at = order.created_at
        who = f"工号 {order.owner}" if order.owner else "智能助手"
        steps = [OrderStep(number=order.number, at=at, what="filed", text=f"{who} 受理", staff_id=order.owner)]
        remind_at = self.remind_at(order)
        if order.stage is not Stage.DISPATCHED:
            return Beside(remind_at=remind_at, steps=tuple(steps))
        unit = self.unit(order)
        steps.append(
            OrderStep(number=order.number, at=at, what="dispatched", text=f"派单给{unit.name if unit else ''}")
        )
        papers = self.papers(order, at)
        if papers is None:
            return Beside(remind_at=remind_at, steps=tuple(steps))
        return Beside(remind_at=remind_at, steps=tuple(steps), webhooks=(papers.webhook,), links=(papers.link,))

    def remind_at(self, order: WorkOrder) -> datetime | None:
        """When something about the order is to be reminded of next."""
        return min((at for _, at in reminders(order, self._company)), default=None)

    def _body(self, order: WorkOrder, at: datetime, url: str, link: ReportLink) -> str:
        data: dict[str, Any] = {
            "number": order.number,
            "type": order.type.value,
            "handling": order.handling.value,
            "urgency": order.urgency.value,
            "unit": self._unit_name(order),
            "summary": order.summary,
            "address": order.address,
            "contact_phone": order.contact_phone,
            "contact_time": order.contact_time,
            "notes": order.notes,
            "created_at": _iso(order.created_at),
            "due_at": _iso(order.due_at) if order.due_at else None,
            "report": {"url": url, "key": url.partition("#")[2], "expires_at": _iso(link.expires_at)},
        }
        body = {"type": "order.dispatched", "timestamp": _iso(at), "data": data}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))

    def _unit_name(self, order: WorkOrder) -> str:
        unit = self.unit(order)
        return unit.name if unit else ""


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
