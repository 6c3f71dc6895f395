"""Inspections as rows. A change is an update that only the version its writer saw takes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_desk import desk_log
from bot.adapters.sql.tables_inspection import inspection_versions, inspections
from bot.domain.desk_log import LogEntry
from bot.domain.inspections import (
    OPEN_TO_AGENT,
    Deduction,
    Inspection,
    MessageRemark,
    Origin,
    Sheet,
    Stage,
    Version,
)

_DRAWN = "抽取样本"


class SqlInspections:
    """See bot.quality.ports.Inspections."""

    def __init__(self, database: Database) -> None:
        self._database = database
        add = database.insert(inspections).on_conflict_do_nothing(index_elements=["conversation_id"])
        # What a conflict leaves out returns no row; how many were inserted is not told by every driver.
        self._insert = add.returning(inspections.c.id)

    async def get(self, inspection_id: str) -> Inspection | None:
        query = select(inspections).where(inspections.c.id == inspection_id)
        async with self._database.reader.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
            return inspection_of(row) if row else None

    async def drawn(self, since: datetime, until: datetime) -> Mapping[str, int]:
        c = inspections.c
        query = select(c.staff_id, func.count()).where(c.closed_at >= since, c.closed_at < until)
        async with self._database.reader.connect() as connection:
            found = await connection.execute(query.where(c.origin == Origin.SAMPLE.value).group_by(c.staff_id))
            return {staff_id: count for staff_id, count in found}

    async def draw(self, made: Sequence[Inspection], entry: LogEntry) -> int:
        kept = 0
        async with self._database.writer.begin() as connection:
            for each in made:
                if (await connection.execute(self._insert, _columns(each))).first():
                    await _note_version(connection, each, _DRAWN, entry)
                    kept += 1
            if kept:
                await connection.execute(insert(desk_log), vars(entry))
        return kept

    async def put(self, changed: Inspection, what: str, entry: LogEntry) -> bool:
        async with self._database.writer.begin() as connection:
            if changed.version == 1:
                written = (await connection.execute(self._insert, _columns(changed))).first() is not None
            else:
                seen = (inspections.c.id == changed.id) & (inspections.c.version == changed.version - 1)
                change = update(inspections).where(seen).values(_columns(changed))
                written = (await connection.execute(change)).rowcount > 0
            if not written:
                return False
            await _note_version(connection, changed, what, entry)
            await connection.execute(insert(desk_log), vars(entry))
        return True

    async def history(self, inspection_id: str) -> list[Version]:
        c = inspection_versions.c
        query = select(inspection_versions).where(c.inspection_id == inspection_id).order_by(c.number)
        async with self._database.reader.connect() as connection:
            return [_version(row) for row in (await connection.execute(query)).mappings()]

    async def published(
        self, since: datetime, until: datetime, limit: int, staff_id: str | None = None, stage: Stage | None = None
    ) -> list[Inspection]:
        c = inspections.c
        stages = [each.value for each in OPEN_TO_AGENT if stage in (None, each)]
        query = select(inspections).where(c.closed_at >= since, c.closed_at < until, c.stage.in_(stages))
        if staff_id is not None:
            query = query.where(c.staff_id == staff_id)
        # The searcher: months are many, and nobody waits for a report.
        async with self._database.searcher.connect() as connection:
            found = await connection.execute(query.order_by(c.closed_at.desc(), c.id).limit(limit))
            return [inspection_of(row) for row in found.mappings()]


def inspection_of(row: Mapping[Any, Any]) -> Inspection:
    """The inspection a row holds; `row` may hold more."""
    values = {column.name: row[column.name] for column in inspections.c}
    enums = {"origin": Origin(values["origin"]), "stage": Stage(values["stage"]), "sheet": _sheet(values["sheet"])}
    return Inspection(**{**values, **enums})


def _columns(i: Inspection) -> dict[str, Any]:
    return {**vars(i), "origin": i.origin.value, "stage": i.stage.value, "sheet": asdict(i.sheet)}


def _sheet(value: Mapping[str, Any]) -> Sheet:
    return Sheet(
        tuple(Deduction(**each) for each in value["deductions"]),
        tuple(MessageRemark(**each) for each in value["remarks"]),
        value["comment"],
    )


def _version(row: RowMapping) -> Version:
    names = ("number", "at", "staff_id", "what", "score")
    told = {name: row[name] for name in names}
    return Version(sheet=_sheet(row["sheet"]), stage=Stage(row["stage"]), **told)


async def _note_version(connection: AsyncConnection, i: Inspection, what: str, entry: LogEntry) -> None:
    values = {
        "inspection_id": i.id,
        "number": i.version,
        "at": entry.at,
        "staff_id": entry.staff_id,
        "what": what,
        "stage": i.stage.value,
        "score": i.score,
        "sheet": asdict(i.sheet),
    }
    await connection.execute(insert(inspection_versions), values)
