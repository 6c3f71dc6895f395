"""Writes what belongs to an order, in the transaction that writes the order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.tables_casework import order_notices, order_steps, report_links, webhooks
from bot.adapters.sql.tables_chat import timers
from bot.casework.ports import Beside, OrderNotice, OrderStep, ReportLink, Webhook
from bot.ports import Timer

#: Kinds of timers: an order's next reminder, a notice to be told, an attempt to deliver.
ORDER, ORDER_NOTICE, WEBHOOK = "order", "order_notice", "webhook"


async def write_beside(connection: AsyncConnection, number: str, beside: Beside) -> None:
    """What is written with a new order."""
    if beside.remind_at:
        await set_timer(connection, Timer(kind=ORDER, subject=number, due_at=beside.remind_at))
    await write_papers(connection, beside.steps, (), beside.webhooks, beside.links)


async def write_papers(
    connection: AsyncConnection,
    steps: Sequence[OrderStep],
    notices: Sequence[OrderNotice],
    sent: Sequence[Webhook],
    links: Sequence[ReportLink],
    now: datetime | None = None,
) -> None:
    """`now`: when the notices are to be told."""
    for table, rows in ((order_steps, steps), (order_notices, notices), (webhooks, sent), (report_links, links)):
        if rows:
            await connection.execute(insert(table), [vars(row) for row in rows])
    for notice in notices:
        assert now is not None
        await set_timer(connection, Timer(kind=ORDER_NOTICE, subject=notice.id, due_at=now))
    for webhook in sent:
        if webhook.next_at:
            await set_timer(connection, Timer(kind=WEBHOOK, subject=webhook.id, due_at=webhook.next_at))


async def set_timer(connection: AsyncConnection, timer: Timer) -> None:
    dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
    row = {"key": timer.key, "kind": timer.kind, "subject": timer.subject, "due_at": timer.due_at}
    put = dialect.insert(timers).values(row)
    await connection.execute(put.on_conflict_do_update(index_elements=["key"], set_={"due_at": put.excluded.due_at}))


async def drop_timer(connection: AsyncConnection, key: str) -> None:
    await connection.execute(delete(timers).where(timers.c.key == key))
