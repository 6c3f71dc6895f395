"""The desk's log, page by page."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, or_, select

from bot.adapters.sql.database import Database
from bot.adapters.sql.desk_log import entry_of
from bot.adapters.sql.tables_desk import desk_log
from bot.desk.log_book import Numbered, Wanted


class SqlLogBook:
    """See bot.desk.log_book.LogBook."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, wanted: Wanted, before: int | None, limit: int) -> list[Numbered]:
        query = select(desk_log).where(*_meant(wanted)).order_by(desk_log.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(desk_log.c.id < before)
        async with self._database.searcher.connect() as connection:
            return [Numbered(row["id"], entry_of(row)) for row in (await connection.execute(query)).mappings()]


def _meant(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    c = desk_log.c
    if wanted.staff_id:
        yield or_(c.staff_id == wanted.staff_id, c.about == wanted.staff_id)
    if wanted.did:
        yield c.did == wanted.did.value
    if wanted.since:
        yield c.at >= wanted.since
    if wanted.until:
        yield c.at < wanted.until
