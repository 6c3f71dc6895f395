"""Work orders in the database, numbered by the day of the company's calendar."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, case, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.database import Database
from bot.adapters.sql.order_papers import write_beside
from bot.adapters.sql.order_rows import order_columns, order_of
from bot.adapters.sql.tables_business import order_numbers, work_orders
from bot.casework.ports import Beside
from bot.clock import Clock
from bot.domain.company import CompanyProfile, Identity
from bot.domain.order_life import first_stage
from bot.domain.order_limits import due_at
from bot.domain.work_orders import NewOrder, OrderNote, OrderState, WorkOrder

_DEFAULT_ZONE = ZoneInfo(Identity.model_fields["time_zone"].default)


class SqlCasework:
    """See ports.Casework. `beside` says what is written with each new order."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        profile: CompanyProfile,
        beside: Callable[[WorkOrder], Beside] = lambda _: Beside(),
    ) -> None:
        self._database = database
        self._clock = clock
        self._profile = profile
        self._beside = beside

    async def file(self, order: NewOrder) -> WorkOrder:
        async with self._database.writer.begin() as connection:
            return await self.file_within(connection, order)

    async def file_within(self, connection: AsyncConnection, order: NewOrder) -> WorkOrder:
        """File it in the caller's transaction: if that is rolled back, so is the order.

        What the conversation has filed on this subject already is returned as it is.
        """
        if known := await _on_subject(connection, order):
            return known
        now = self._clock.now()
        if order.due_at is None:
            order = replace(order, due_at=due_at(order, now, self._profile))
        filed = await insert_order(connection, order, now, self._profile.company.zone)
        await write_beside(connection, filed.number, self._beside(filed))
        return filed

    async def note_within(self, connection: AsyncConnection, note: OrderNote) -> None:
        """Add a dated line, and what is put right, in the caller's transaction; nothing if there is no such order."""
        at = self._clock.now().astimezone(self._profile.company.zone)
        line = f"{at.month}月{at.day}日 {at:%H:%M} {note.text}"
        notes = work_orders.c.notes
        added = case((notes == "", line), else_=notes + f"\n{line}")
        changed = update(work_orders).where(work_orders.c.number == note.number).values(notes=added, **note.corrected)
        await connection.execute(changed)

    async def orders_of(self, conversation_id: str) -> list[WorkOrder]:
        return await self._read(_orders.where(work_orders.c.conversation_id == conversation_id))

    async def order(self, number: str) -> WorkOrder | None:
        return next(iter(await self._read(_orders.where(work_orders.c.number == number))), None)

    async def orders_with_phone(self, phone: str) -> list[WorkOrder]:
        return await self._read(_orders.where(work_orders.c.contact_phone == phone)) if phone else []

    async def orders_of_account(self, number: str) -> list[WorkOrder]:
        return await self._read(_orders.where(work_orders.c.account_number == number))

    async def _read(self, query: Select[Any]) -> list[WorkOrder]:
        async with self._database.reader.connect() as connection:
            return [order_of(row) for row in (await connection.execute(query)).mappings()]


_orders = select(work_orders).order_by(work_orders.c.created_at, work_orders.c.number)


async def insert_order(
    connection: AsyncConnection, order: NewOrder, now: datetime, zone: tzinfo = _DEFAULT_ZONE
) -> WorkOrder:
    """Number and store the order within the caller's transaction; if that is rolled back, so is the number.

    An order to dispatch now counts as dispatched at `now`, one that is done as done at `now`.
    """
    filed = WorkOrder(
        number=await _next_number(connection, now.astimezone(zone).date()),
        conversation_id=order.conversation_id,
        type=order.type,
        handling=order.handling,
        state=order.state,
        summary=order.summary,
        address=order.address,
        contact_phone=order.contact_phone,
        contact_time=order.contact_time,
        account_number=order.account_number,
        owner=order.owner,
        created_at=now,
        due_at=order.due_at,
        dispatched_at=now if order.dispatch_now else None,
        done_at=now if order.state is OrderState.DONE else None,
        grade=order.grade,
        subject=order.subject,
        urgency=order.urgency,
        stage=first_stage(order),
    )
    await connection.execute(insert(work_orders).values(order_columns(vars(filed))))
    return filed


async def _on_subject(connection: AsyncConnection, order: NewOrder) -> WorkOrder | None:
    if order.subject is None:
        return None
    query = select(work_orders).where(
        work_orders.c.conversation_id == order.conversation_id, work_orders.c.subject == order.subject
    )
    row = (await connection.execute(query)).mappings().first()
    return order_of(row) if row else None


async def _next_number(connection: AsyncConnection, day: date) -> str:
    """One statement counts and tells: whoever comes second waits for the first to commit, on both databases."""
    dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
    count = (
        dialect.insert(order_numbers)
        .values(day=day, last=1)
        .on_conflict_do_update(index_elements=["day"], set_={"last": order_numbers.c.last + 1})
        .returning(order_numbers.c.last)
    )
    last = (await connection.execute(count)).scalar_one()
    return f"{day:%Y%m%d}-{last:04d}"
