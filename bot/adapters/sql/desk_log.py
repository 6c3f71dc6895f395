"""The desk's log as rows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import RowMapping

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import timers
from bot.adapters.sql.tables_desk import desk_log
from bot.domain.desk_log import Did, LogEntry
from bot.ports import Timer


class SqlDeskLog:
    """See bot.desk.log.DeskLog."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, entry: LogEntry) -> None:
        async with self._database.writer.begin() as connection:
            await connection.execute(insert(desk_log), vars(entry))

    async def note_once(self, entry: LogEntry, since: datetime) -> None:
        same = (
            (desk_log.c.at >= since)
            & (desk_log.c.did == entry.did.value)
            & (desk_log.c.staff_id == entry.staff_id)
            & (desk_log.c.conversation_id == entry.conversation_id)
        )
        async with self._database.writer.begin() as connection:
            if (await connection.execute(select(desk_log.c.id).where(same).limit(1))).first() is None:
                await connection.execute(insert(desk_log), vars(entry))

    async def settle(self, timer: Timer, entry: LogEntry) -> bool:
        this_one = (timers.c.key == timer.key) & (timers.c.due_at == timer.due_at)
        async with self._database.writer.begin() as connection:
            gone = await connection.execute(delete(timers).where(this_one))
            if gone.rowcount:
                await connection.execute(insert(desk_log), vars(entry))
        return gone.rowcount > 0

    async def since(self, moment: datetime, did: Sequence[Did], limit: int = 500) -> list[LogEntry]:
        wanted = (desk_log.c.at >= moment) & desk_log.c.did.in_([kind.value for kind in did])
        query = select(desk_log).where(wanted).order_by(desk_log.c.at.desc(), desk_log.c.id.desc()).limit(limit)
        async with self._database.reader.connect() as connection:
            return [entry_of(row) for row in (await connection.execute(query)).mappings()][::-1]


def entry_of(row: RowMapping) -> LogEntry:
    """The entry a row holds."""
    values = {name: value for name, value in row.items() if name != "id"}
    return LogEntry(**{**values, "did": Did(row["did"])})
