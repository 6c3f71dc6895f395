"""What casework needs from the outside world. Adapters implement these; nothing here does IO."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from bot.domain.events import Event
from bot.domain.order_life import Unit
from bot.domain.work_orders import NewOrder, OrderType, WorkOrder


class NoSuchOrder(LookupError):
    """No work order has this number."""


@dataclass(frozen=True, kw_only=True)
class OrderStep:
    """A line of an order's history: who did what, and when."""

    number: str
    at: datetime
    what: str
    text: str
    staff_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class OrderNotice:
    """Something a customer is to be told of his order. Its id makes telling it twice harmless."""

    id: str
    number: str
    text: str


class WebhookState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    #: Given up; a person has to look at it.
    DEAD = "dead"


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """A message to a field unit's system: a row first, then tried until it was taken."""

    #: Stays the same over all attempts, so that the receiver can tell a repetition.
    id: str
    number: str
    unit: Unit
    #: The event's name: "order.dispatched".
    type: str
    #: JSON, exactly as signed and sent; emptied once it was delivered, because it holds a key.
    body: str
    created_at: datetime
    attempts: int = 0
    next_at: datetime | None
    state: WebhookState = WebhookState.WAITING
    last_error: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportLink:
    """Lets a field worker report on one order, and nothing else. Only the key's SHA-256 is stored."""

    key_hash: str
    number: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What is written in the transaction that files an order."""

    remind_at: datetime | None = None
    steps: tuple[OrderStep, ...] = ()
    webhooks: tuple[Webhook, ...] = ()
    links: tuple[ReportLink, ...] = ()


class OrderWork(Protocol):
    """One work order, locked, in one transaction. Its timer is written with it, its events go out after it."""

    order: WorkOrder

    def note(self, what: str, text: str, staff_id: str | None = None) -> None:
        """Add a line to the history."""
        ...

    def tell(self, notice: OrderNotice) -> None:
        """Have the customer told."""
        ...

    def send(self, webhook: Webhook) -> None: ...

    def link(self, link: ReportLink) -> None: ...

    def emit(self, event: Event) -> None: ...


@dataclass(frozen=True, kw_only=True)
class OrderFilter:
    """Which orders to list; what is None or empty does not narrow."""

    #: "open", "done", "leaving" (should leave for a unit and has not), "overdue", "due" (before `due_before`),
    #: "extension" (asked for, not decided).
    state: str = ""
    type: OrderType | None = None
    #: Owned by, or assigned to, this person.
    staff_id: str | None = None
    words: str = ""
    due_before: datetime | None = None
    now: datetime
    limit: int = 200


class Orders(Protocol):
    def open(self, number: str) -> AbstractAsyncContextManager[OrderWork]:
        """Raises NoSuchOrder."""
        ...

    def file(self, order: NewOrder) -> AbstractAsyncContextManager[OrderWork]:
        """File a new order; the one there is when its subject has been filed already."""
        ...

    async def get(self, number: str) -> WorkOrder | None: ...

    async def search(self, wanted: OrderFilter) -> list[WorkOrder]:
        """Open ones first, by their limit; then the others, the latest first."""
        ...

    async def steps(self, number: str) -> list[OrderStep]: ...

    async def link(self, key_hash: str) -> ReportLink | None: ...

    async def notice(self, notice_id: str) -> OrderNotice | None: ...

    async def forget_notice(self, notice_id: str) -> None:
        """It has been told, or nobody can be told any more."""
        ...


class Webhooks(Protocol):
    """The outbox to field units."""

    async def claim(self, webhook_id: str, now: datetime, until: datetime) -> Webhook | None:
        """Take one that is due; until `until` nobody else gets it. None: not due, taken, or settled."""
        ...

    async def settle(self, webhook_id: str, state: WebhookState, error: str, next_at: datetime | None) -> None:
        """How an attempt went; with `next_at` it is tried again then."""
        ...

    async def revive(self, webhook: Webhook) -> None:
        """A dead one is tried again."""
        ...

    async def get(self, webhook_id: str) -> Webhook | None: ...

    async def of_order(self, number: str) -> list[Webhook]: ...

    async def dead(self) -> list[Webhook]: ...


@dataclass(frozen=True)
class Delivered:
    """How one attempt to deliver a webhook ended."""

    ok: bool
    #: The receiver wants no more of them (410).
    gone: bool = False
    error: str = ""


class FieldUnits(Protocol):
    """The way to the systems of field units."""

    def has(self, unit: Unit) -> bool:
        """Whether an address is configured."""
        ...

    async def post(self, webhook: Webhook, at: datetime) -> Delivered:
        """One signed attempt. Raises nothing: what went wrong is in the answer."""
        ...


def changed(before: WorkOrder, after: WorkOrder) -> dict[str, Any]:
    """Fields in which `after` differs."""
    return {name: value for name, value in vars(after).items() if getattr(before, name) != value}
