"""Breaches with their numbers, to be listed and looked into."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import RowMapping

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import breaches
from bot.domain.conversations import Breach
from bot.sla.breach_book import Numbered


class SqlBreachBook:
    """See bot.sla.breach_book.BreachBook."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def between(self, since: datetime, until: datetime, limit: int) -> list[Numbered]:
        query = select(breaches).where(breaches.c.at >= since, breaches.c.at < until)
        async with self._database.searcher.connect() as connection:
            found = await connection.execute(query.order_by(breaches.c.id.desc()).limit(limit))
            return [_numbered(row) for row in found.mappings()]

    async def one(self, number: int) -> Breach | None:
        async with self._database.reader.connect() as connection:
            row = (await connection.execute(select(breaches).where(breaches.c.id == number))).mappings().first()
            return _numbered(row).breach if row else None


def _numbered(row: RowMapping) -> Numbered:
    return Numbered(row["id"], Breach(**{name: value for name, value in row.items() if name != "id"}))
