"""Roster and hand-over forms as rows. A signature is an update that only an unsigned form takes."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.engine import RowMapping

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_desk import desk_log
from bot.adapters.sql.tables_shifts import roster, shift_handovers
from bot.desk.shifts import Duty, OpenCase, ShiftHandover
from bot.domain.desk_log import LogEntry


class SqlRoster:
    """See bot.desk.shifts.Roster."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def between(self, first: date, last: date) -> list[Duty]:
        query = select(roster).where(roster.c.day >= first, roster.c.day <= last)
        async with self._database.reader.connect() as connection:
            found = (await connection.execute(query.order_by(roster.c.day, roster.c.shift, roster.c.place))).mappings()
            by_shift = groupby(found, key=lambda row: (row["day"], row["shift"]))
            return [Duty(day, shift, tuple(row["staff_id"] for row in rows)) for (day, shift), rows in by_shift]

    async def plan(self, duty: Duty, entry: LogEntry) -> None:
        this = (roster.c.day == duty.day) & (roster.c.shift == duty.shift)
        rows = [
            {"day": duty.day, "shift": duty.shift, "staff_id": staff_id, "place": place}
            for place, staff_id in enumerate(duty.staff_ids)
        ]
        async with self._database.writer.begin() as connection:
            await connection.execute(delete(roster).where(this))
            if rows:
                await connection.execute(insert(roster), rows)
            await connection.execute(insert(desk_log), vars(entry))


class SqlHandovers:
    """See bot.desk.shifts.HandoverBook."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def latest(self, limit: int) -> list[ShiftHandover]:
        query = select(shift_handovers).order_by(shift_handovers.c.day.desc(), shift_handovers.c.made_at.desc())
        async with self._database.reader.connect() as connection:
            return [_form(row) for row in (await connection.execute(query.limit(limit))).mappings()]

    async def get(self, handover_id: str) -> ShiftHandover | None:
        query = select(shift_handovers).where(shift_handovers.c.id == handover_id)
        async with self._database.reader.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
            return _form(row) if row else None

    async def make(self, form: ShiftHandover) -> ShiftHandover:
        values = {**vars(form), "cases": [asdict(case) for case in form.cases]}
        add = self._database.insert(shift_handovers).values(values)
        this = (shift_handovers.c.day == form.day) & (shift_handovers.c.shift == form.shift)
        async with self._database.writer.begin() as connection:
            await connection.execute(add.on_conflict_do_nothing(index_elements=["day", "shift"]))
            row = (await connection.execute(select(shift_handovers).where(this))).mappings().one()
            return _form(row)

    async def write(self, handover_id: str, equipment: str, remarks: str) -> bool:
        return await self._change(
            handover_id, shift_handovers.c.given_by.is_(None), equipment=equipment, remarks=remarks
        )

    async def give(self, handover_id: str, staff_id: str, at: datetime, cases: Sequence[OpenCase]) -> bool:
        kept = [asdict(case) for case in cases]
        unsigned = shift_handovers.c.given_by.is_(None)
        return await self._change(handover_id, unsigned, given_by=staff_id, given_at=at, cases=kept)

    async def take(self, handover_id: str, staff_id: str, at: datetime) -> bool:
        open_to_him = shift_handovers.c.taken_by.is_(None) & (shift_handovers.c.given_by != staff_id)
        return await self._change(handover_id, open_to_him, taken_by=staff_id, taken_at=at)

    async def _change(self, handover_id: str, only_if: ColumnElement[bool], **values: Any) -> bool:
        this = (shift_handovers.c.id == handover_id) & only_if
        async with self._database.writer.begin() as connection:
            return (await connection.execute(update(shift_handovers).where(this).values(**values))).rowcount > 0


def _form(row: RowMapping) -> ShiftHandover:
    values: dict[str, Any] = {str(name): value for name, value in row.items()}
    return ShiftHandover(**{**values, "cases": tuple(OpenCase(**case) for case in values["cases"])})
