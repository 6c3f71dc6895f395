"""Work orders to be worked on: one of them, locked, in one transaction; its events go out after it."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.casework import SqlCasework
from bot.adapters.sql.database import Database
from bot.adapters.sql.order_papers import ORDER, drop_timer, set_timer, write_papers
from bot.adapters.sql.order_rows import order_columns, order_of
from bot.adapters.sql.tables_business import work_orders
from bot.adapters.sql.tables_casework import order_notices, order_steps, report_links
from bot.casework.ports import (
    NoSuchOrder,
    OrderFilter,
    OrderNotice,
    OrderStep,
    OrderWork,
    ReportLink,
    Webhook,
    changed,
)
from bot.clock import Clock
from bot.domain.events import Event, OrderChanged
from bot.domain.work_orders import Handling, NewOrder, OrderState, OrderType, Stage, WorkOrder
from bot.ports import Timer


class SqlOrderWork:
    """See casework.ports.OrderWork."""

    def __init__(self, order: WorkOrder, now: datetime) -> None:
        self.before = order
        self.order = order
        self._now = now
        self.steps: list[OrderStep] = []
        self.notices: list[OrderNotice] = []
        self.webhooks: list[Webhook] = []
        self.links: list[ReportLink] = []
        self.events: list[Event] = []

    def note(self, what: str, text: str, staff_id: str | None = None) -> None:
        self.steps.append(OrderStep(number=self.order.number, at=self._now, what=what, text=text, staff_id=staff_id))

    def tell(self, notice: OrderNotice) -> None:
        self.notices.append(notice)

    def send(self, webhook: Webhook) -> None:
        self.webhooks.append(webhook)

    def link(self, link: ReportLink) -> None:
        self.links.append(link)

    def emit(self, event: Event) -> None:
        self.events.append(event)

    @property
    def touched(self) -> bool:
        return self.order != self.before or bool(self.steps or self.notices or self.webhooks or self.links)


class SqlOrders:
    """See casework.ports.Orders. `remind_at`: when an order wants to be reminded of next."""

    def __init__(
        self,
        database: Database,
        *,
        casework: SqlCasework,
        clock: Clock,
        remind_at: Callable[[WorkOrder], datetime | None],
        publish: Callable[[Sequence[Event]], None],
        timer_set: Callable[[datetime], None],
    ) -> None:
        self._database = database
        self._casework = casework
        self._clock = clock
        self._remind_at = remind_at
        self._publish = publish
        self._timer_set = timer_set

    @asynccontextmanager
    async def open(self, number: str) -> AsyncIterator[OrderWork]:
        async with self._database.writer.begin() as connection:
            query = select(work_orders).where(work_orders.c.number == number).with_for_update()
            row = (await connection.execute(query)).mappings().first()
            if row is None:
                raise NoSuchOrder(number)
            work = SqlOrderWork(order_of(row), self._clock.now())
            yield work
            await self._store(connection, work)
        self._announce(work)

    @asynccontextmanager
    async def file(self, order: NewOrder) -> AsyncIterator[OrderWork]:
        async with self._database.writer.begin() as connection:
            work = SqlOrderWork(await self._casework.file_within(connection, order), self._clock.now())
            yield work
            await self._store(connection, work)
        self._publish([*work.events, OrderChanged(work.order, self._clock.now())])
        self._timer_set(self._clock.now())

    async def get(self, number: str) -> WorkOrder | None:
        return await self._casework.order(number)

    async def search(self, wanted: OrderFilter) -> list[WorkOrder]:
        async with self._database.reader.connect() as connection:
            return [order_of(row) for row in (await connection.execute(_query(wanted))).mappings()]

    async def steps(self, number: str) -> list[OrderStep]:
        query = select(order_steps).where(order_steps.c.number == number).order_by(order_steps.c.id)
        async with self._database.reader.connect() as connection:
            rows = (await connection.execute(query)).mappings()
            return [OrderStep(**{name: value for name, value in row.items() if name != "id"}) for row in rows]

    async def link(self, key_hash: str) -> ReportLink | None:
        query = select(report_links).where(report_links.c.key_hash == key_hash)
        async with self._database.reader.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
            return ReportLink(**row) if row else None

    async def notice(self, notice_id: str) -> OrderNotice | None:
        query = select(order_notices).where(order_notices.c.id == notice_id)
        async with self._database.reader.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
            return OrderNotice(**row) if row else None

    async def forget_notice(self, notice_id: str) -> None:
        async with self._database.writer.begin() as connection:
            await connection.execute(delete(order_notices).where(order_notices.c.id == notice_id))

    async def _store(self, connection: AsyncConnection, work: SqlOrderWork) -> None:
        number = work.order.number
        if columns := order_columns(changed(work.before, work.order)):
            await connection.execute(update(work_orders).where(work_orders.c.number == number).values(columns))
        # The timer follows the state, also when nothing was changed: it may have fired on another replica.
        remind_at = self._remind_at(work.order)
        if remind_at is None:
            await drop_timer(connection, f"{ORDER}:{number}")
        else:
            await set_timer(connection, Timer(kind=ORDER, subject=number, due_at=remind_at))
        await write_papers(connection, work.steps, work.notices, work.webhooks, work.links, self._clock.now())

    def _announce(self, work: SqlOrderWork) -> None:
        if not work.touched:
            return
        self._publish([*work.events, OrderChanged(work.order, self._clock.now())])
        self._timer_set(self._clock.now())


def _query(wanted: OrderFilter) -> Select[Any]:
    done = case((work_orders.c.state == OrderState.DONE.value, 1), else_=0)
    soonest = case((work_orders.c.state == OrderState.OPEN.value, work_orders.c.due_at))
    query = select(work_orders).order_by(done, soonest.nulls_last(), work_orders.c.created_at.desc())
    query = _in_state(query, wanted)
    if wanted.type:
        query = query.where(work_orders.c.type == wanted.type.value)
    if wanted.staff_id:
        query = query.where(or_(work_orders.c.owner == wanted.staff_id, work_orders.c.assignee == wanted.staff_id))
    if wanted.words:
        columns = ("number", "summary", "address", "contact_phone", "account_number")
        query = query.where(or_(*(work_orders.c[name].contains(wanted.words, autoescape=True) for name in columns)))
    return query.limit(wanted.limit)


def _in_state(query: Select[Any], wanted: OrderFilter) -> Select[Any]:
    still_open = work_orders.c.state == OrderState.OPEN.value
    match wanted.state:
        case "open":
            return query.where(still_open)
        case "done":
            return query.where(work_orders.c.state == OrderState.DONE.value)
        case "leaving":
            for_unit = or_(
                work_orders.c.handling != Handling.BY_DESK.value,
                work_orders.c.type == OrderType.OUTDOOR_EMERGENCY.value,
            )
            return query.where(still_open, work_orders.c.stage == Stage.ACCEPTED.value, for_unit)
        case "overdue":
            return query.where(still_open, work_orders.c.due_at < wanted.now)
        case "due":
            return query.where(still_open, work_orders.c.due_at < wanted.due_before)
        case "extension":
            return query.where(still_open, work_orders.c.extension_until.is_not(None))
        case _:
            return query
