"""What signing in reads and writes of a staff account."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_staff import staff
from bot.desk.accounts import LockRules
from bot.desk.sign_in import Credential


class SqlCredentials:
    """Implements bot.desk.sign_in.Credentials. Counting and admitting lock the row: guesses cannot overtake them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, staff_id: str) -> Credential | None:
        async with self._database.reader.connect() as connection:
            row = await _read(connection, _account(staff_id))
        return Credential(row["password_hash"], row["locked_until"]) if row else None

    async def count_wrong(self, staff_id: str, rules: LockRules, now: datetime) -> datetime | None:
        async with self._database.writer.begin() as connection:
            row = await _read(connection, _account(staff_id).with_for_update())
            if row is None or _is_locked(row, now):
                return row["locked_until"] if row else None
            failed = row["failed_logins"] + 1
            until = rules.locked_until(failed, now)
            await _change(connection, staff_id, failed_logins=failed, locked_until=until)
            return until

    async def admit(self, staff_id: str, new_hash: str | None, now: datetime) -> datetime | None:
        async with self._database.writer.begin() as connection:
            row = await _read(connection, _account(staff_id).with_for_update())
            if row is None or _is_locked(row, now):
                return row["locked_until"] if row else None
            values = {"password_hash": new_hash} if new_hash else {}
            await _change(connection, staff_id, failed_logins=0, locked_until=None, **values)
            return None


def _account(staff_id: str) -> Select[Any]:
    columns = (staff.c.password_hash, staff.c.failed_logins, staff.c.locked_until)
    return select(*columns).where(staff.c.staff_id == staff_id, staff.c.active)


async def _read(connection: AsyncConnection, query: Select[Any]) -> RowMapping | None:
    result: RowMapping | None = (await connection.execute(query)).mappings().first()
    return result


async def _change(connection: AsyncConnection, staff_id: str, **values: Any) -> None:
    await connection.execute(update(staff).where(staff.c.staff_id == staff_id).values(**values))


def _is_locked(row: RowMapping, now: datetime) -> bool:
    until: datetime | None = row["locked_until"]
    return until is not None and until > now
