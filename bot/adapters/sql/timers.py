"""Timers as rows. Those of conversations are written by the unit of work (conversations.py)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, func, select

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import timers
from bot.ports import Timer

_DUE_AT = select(timers.c.due_at).where(timers.c.key == bindparam("the_key"))


class SqlTimers:
    """See ports.TimerStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, now: datetime, limit: int, kinds: Collection[str] | None = None) -> list[Timer]:
        query = (
            select(timers.c.kind, timers.c.subject, timers.c.due_at)
            .where(timers.c.due_at <= now, *_of(kinds))
            .order_by(timers.c.due_at, timers.c.key)
            .limit(limit)
        )
        async with self._database.reader.connect() as connection:
            return [
                Timer(kind=kind, subject=subject, due_at=due_at)
                for kind, subject, due_at in await connection.execute(query)
            ]

    async def next_due_at(self, kinds: Collection[str] | None = None) -> datetime | None:
        async with self._database.reader.connect() as connection:
            query = select(timers.c.due_at).where(*_of(kinds)).order_by(timers.c.due_at).limit(1)
            return (await connection.execute(query)).scalar()

    async def due_at(self, key: str) -> datetime | None:
        async with self._database.reader.connect() as connection:
            return (await connection.execute(_DUE_AT, {"the_key": key})).scalar()

    async def armed(self) -> int:
        async with self._database.reader.connect() as connection:
            return (await connection.execute(select(func.count()).select_from(timers))).scalar_one()

    async def put(self, timer: Timer) -> None:
        statement = self._database.insert(timers).values(
            key=timer.key, kind=timer.kind, subject=timer.subject, due_at=timer.due_at
        )
        upsert = statement.on_conflict_do_update(index_elements=["key"], set_={"due_at": statement.excluded.due_at})
        async with self._database.writer.begin() as connection:
            await connection.execute(upsert)

    async def drop(self, key: str) -> None:
        async with self._database.writer.begin() as connection:
            await connection.execute(delete(timers).where(timers.c.key == key))


def _of(kinds: Collection[str] | None) -> tuple[ColumnElement[bool], ...]:
    return () if kinds is None else (timers.c.kind.in_(sorted(kinds)),)
