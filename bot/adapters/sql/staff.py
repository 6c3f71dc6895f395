"""The people of the desk: who is there, how much each has, and their accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import conversations, timers
from bot.adapters.sql.tables_staff import staff, staff_sessions
from bot.desk.absence import ABSENCE
from bot.desk.accounts import NewStaff, NoSuchStaff, StaffExists, check_account, check_capacity
from bot.domain.conversations import Owner
from bot.domain.staff import Presence, Role, Staff


@dataclass(frozen=True)
class Account:
    """An account to be made, with the password's hash."""

    staff: NewStaff
    password_hash: str


class SqlStaff:
    """Implements ports.StaffDirectory, and makes and ends accounts. An ended account keeps its row and its number."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, staff_id: str) -> Staff | None:
        async with self._database.reader.connect() as connection:
            return await _read(connection, staff_id)

    async def all(self) -> list[Staff]:
        async with self._database.reader.connect() as connection:
            rows = await connection.execute(_active_staff().order_by(staff.c.staff_id))
            return [_staff(row) for row in rows.mappings()]

    async def set_presence(
        self, staff_id: str, presence: Presence, reason: str, now: datetime, absence: timedelta | None = None
    ) -> Staff:
        """Raises NoSuchStaff. Saying the same again does not restart `presence_since`.

        Who leaves his seat has to be back after `absence`, by a timer written with it; another kind of absence does
        not begin it anew.
        """
        async with self._database.writer.begin() as connection:
            before = await _read(connection, staff_id)
            if before is None:
                raise NoSuchStaff(staff_id)
            values: dict[str, Any] = {"presence": presence.value, "presence_reason": reason}
            if before.presence is not presence:
                values["presence_since"] = now
            if before.presence.absent != presence.absent:
                values["back_by"] = back_by = now + absence if absence and presence.absent else None
                await self._set_absence(connection, staff_id, back_by)
            await _change(connection, staff_id, **values)
            after = await _read(connection, staff_id)
        assert after is not None, "read in the same transaction that changed it"
        return after

    async def _set_absence(self, connection: AsyncConnection, staff_id: str, back_by: datetime | None) -> None:
        key = f"{ABSENCE}:{staff_id}"
        await connection.execute(delete(timers).where(timers.c.key == key))
        if back_by:
            timer = {"key": key, "kind": ABSENCE, "subject": staff_id, "due_at": back_by}
            await connection.execute(insert(timers), timer)

    async def set_seat(self, staff_id: str, capacity: int, groups: Sequence[str]) -> Staff:
        """How many conversations this person takes at a time, and of which groups. Raises NoSuchStaff, BadAccount."""
        check_capacity(capacity)
        async with self._database.writer.begin() as connection:
            if not await _change(connection, staff_id, capacity=capacity, groups=list(groups)):
                raise NoSuchStaff(staff_id)
            after = await _read(connection, staff_id)
        assert after is not None, "read in the same transaction that changed it"
        return after

    async def mark_assigned(self, staff_id: str, now: datetime) -> None:
        async with self._database.writer.begin() as connection:
            await _change(connection, staff_id, last_assigned_at=now)

    async def note_on_desk(self, staff_id: str, on_desk: bool, now: datetime) -> None:
        """A desk page of this person is connected, or the last one has gone."""
        async with self._database.writer.begin() as connection:
            await _change(connection, staff_id, on_desk=on_desk, seen_at=now)

    async def has_accounts(self) -> bool:
        """Also accounts that have ended count."""
        async with self._database.reader.connect() as connection:
            return (await connection.execute(select(staff.c.staff_id).limit(1))).first() is not None

    async def create(self, accounts: Sequence[Account], now: datetime) -> None:
        """Make all these accounts or none. Raises BadAccount or StaffExists."""
        for account in accounts:
            check_account(account.staff)
        rows = [_new_row(account, now) for account in accounts]
        try:
            async with self._database.writer.begin() as connection:
                await connection.execute(insert(staff), rows)
        except IntegrityError as problem:
            numbers = "、".join(account.staff.staff_id for account in accounts)
            raise StaffExists(f"工号 {numbers} 已存在") from problem

    async def set_password(self, staff_id: str, password_hash: str) -> None:
        """Replace the password, lift a lock and end the person's sessions. Raises NoSuchStaff."""
        async with self._database.writer.begin() as connection:
            if not await _change(connection, staff_id, password_hash=password_hash, failed_logins=0, locked_until=None):
                raise NoSuchStaff(staff_id)
            await connection.execute(delete(staff_sessions).where(staff_sessions.c.staff_id == staff_id))

    async def deactivate(self, staff_id: str, now: datetime) -> None:
        """End the account and its sessions. Raises NoSuchStaff."""
        off = {"active": False, "presence": Presence.OFFLINE.value, "presence_since": now, "on_desk": False}
        async with self._database.writer.begin() as connection:
            if not await _change(connection, staff_id, **off):
                raise NoSuchStaff(staff_id)
            await connection.execute(delete(staff_sessions).where(staff_sessions.c.staff_id == staff_id))


def _active_staff() -> Select[Any]:
    """Active accounts with their load: what each owns now, and how many of those wait for an answer."""
    own = (
        select(
            conversations.c.staff_id,
            func.count().label("load"),
            func.count(conversations.c.waiting_since).label("waiting"),
        )
        .where(conversations.c.owner == Owner.AGENT.value)
        .group_by(conversations.c.staff_id)
        .subquery()
    )
    load, waiting = (func.coalesce(own.c[name], 0).label(name) for name in ("load", "waiting"))
    joined = staff.outerjoin(own, own.c.staff_id == staff.c.staff_id)
    return select(staff, load, waiting).select_from(joined).where(staff.c.active)


async def _read(connection: AsyncConnection, staff_id: str) -> Staff | None:
    row = (await connection.execute(_active_staff().where(staff.c.staff_id == staff_id))).mappings().first()
    return _staff(row) if row else None


async def _change(connection: AsyncConnection, staff_id: str, **values: Any) -> bool:
    """Whether there is such an active account."""
    result = await connection.execute(
        update(staff).where(staff.c.staff_id == staff_id, staff.c.active).values(**values)
    )
    return result.rowcount > 0


def _staff(row: RowMapping) -> Staff:
    return Staff(
        staff_id=row["staff_id"],
        name=row["name"],
        role=Role(row["role"]),
        presence=Presence(row["presence"]),
        reason=row["presence_reason"],
        presence_since=row["presence_since"],
        back_by=row["back_by"],
        capacity=row["capacity"],
        groups=tuple(row["groups"]),
        load=row["load"],
        waiting=row["waiting"],
        last_assigned_at=row["last_assigned_at"],
        on_desk=row["on_desk"],
        seen_at=row["seen_at"],
    )


def _new_row(account: Account, now: datetime) -> dict[str, Any]:
    new = account.staff
    return {
        "staff_id": new.staff_id,
        "name": new.name.strip(),
        "role": new.role.value,
        "capacity": new.capacity,
        "groups": list(new.groups),
        "password_hash": account.password_hash,
        "created_at": now,
    }
