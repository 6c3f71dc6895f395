"""The outbox to field units as rows, claimed one at a time so that two replicas do not send the same at once."""

from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.database import Database
from bot.adapters.sql.order_papers import WEBHOOK, drop_timer, set_timer
from bot.adapters.sql.tables_casework import webhooks
from bot.casework.ports import Webhook, WebhookState
from bot.domain.order_life import Unit
from bot.ports import Timer


class SqlWebhooks:
    """See casework.ports.Webhooks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, webhook_id: str, now: datetime, until: datetime) -> Webhook | None:
        due = (
            webhooks.c.id == webhook_id,
            webhooks.c.state == WebhookState.WAITING.value,
            webhooks.c.next_at <= now,
        )
        taken = update(webhooks).where(*due).values(next_at=until, attempts=webhooks.c.attempts + 1).returning(webhooks)
        async with self._database.writer.begin() as connection:
            row = (await connection.execute(taken)).mappings().first()
            if row is None:
                await self._follow(connection, webhook_id)
                return None
            await set_timer(connection, _timer(webhook_id, until))
            return _webhook(row)

    async def _follow(self, connection: AsyncConnection, webhook_id: str) -> None:
        """Settled, or not due yet: the timer that fired is as the row says."""
        row = (await connection.execute(select(webhooks).where(webhooks.c.id == webhook_id))).mappings().first()
        if row and row["next_at"]:
            await set_timer(connection, _timer(webhook_id, row["next_at"]))
        else:
            await drop_timer(connection, f"{WEBHOOK}:{webhook_id}")

    async def settle(self, webhook_id: str, state: WebhookState, error: str, next_at: datetime | None) -> None:
        values = {"state": state.value, "last_error": error, "next_at": next_at}
        if state is WebhookState.DELIVERED:
            values["body"] = ""
        async with self._database.writer.begin() as connection:
            await connection.execute(update(webhooks).where(webhooks.c.id == webhook_id).values(values))
            if next_at:
                await set_timer(connection, _timer(webhook_id, next_at))
            else:
                await drop_timer(connection, f"{WEBHOOK}:{webhook_id}")

    async def revive(self, webhook: Webhook) -> None:
        assert webhook.next_at is not None
        values = {"state": WebhookState.WAITING.value, "attempts": 0, "next_at": webhook.next_at, "last_error": ""}
        dead = (webhooks.c.id == webhook.id, webhooks.c.state == WebhookState.DEAD.value)
        async with self._database.writer.begin() as connection:
            await connection.execute(update(webhooks).where(*dead).values(values))
            await set_timer(connection, _timer(webhook.id, webhook.next_at))

    async def get(self, webhook_id: str) -> Webhook | None:
        return next(iter(await self._read(webhooks.c.id == webhook_id)), None)

    async def of_order(self, number: str) -> list[Webhook]:
        return await self._read(webhooks.c.number == number)

    async def dead(self) -> list[Webhook]:
        return await self._read(webhooks.c.state == WebhookState.DEAD.value)

    async def _read(self, which: ColumnElement[bool]) -> list[Webhook]:
        query = select(webhooks).where(which).order_by(webhooks.c.created_at, webhooks.c.id)
        async with self._database.reader.connect() as connection:
            return [_webhook(row) for row in (await connection.execute(query)).mappings()]


def _timer(webhook_id: str, due_at: datetime) -> Timer:
    return Timer(kind=WEBHOOK, subject=webhook_id, due_at=due_at)


def _webhook(row: RowMapping) -> Webhook:
    return Webhook(**{**row, "unit": Unit(row["unit"]), "state": WebhookState(row["state"])})
