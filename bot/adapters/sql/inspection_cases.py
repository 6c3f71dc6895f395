"""Closed conversations, for the inspector: what is to be looked at first, what is drawn, what is scored."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.engine import RowMapping

from bot.adapters.sql.database import Database
from bot.adapters.sql.inspections import inspection_of
from bot.adapters.sql.tables_business import work_orders
from bot.adapters.sql.tables_chat import conversations
from bot.adapters.sql.tables_composer import surveys
from bot.adapters.sql.tables_inspection import inspections
from bot.domain.inspections import Origin, Stage, Why
from bot.domain.work_orders import OrderType
from bot.quality.ports import Case, Wanted

_c = conversations.c
_complained = or_(
    _c.category == OrderType.COMPLAINT.value,
    exists().where(work_orders.c.conversation_id == _c.id, work_orders.c.type == OrderType.COMPLAINT.value),
)
_looked_at = inspections.c.id.is_not(None)
_PIECE = 200
#: Closed by, or while it was in the hands of, a person.
_inspectable = (_c.closed_at.is_not(None), _c.staff_id.is_not(None))


class SqlInspectionCases:
    """See bot.quality.ports.Cases. `dissatisfied`: so many points of a customer or fewer."""

    def __init__(self, database: Database, dissatisfied: int) -> None:
        self._database = database
        self._dissatisfied = dissatisfied

    async def listed(self, wanted: Wanted, limit: int) -> list[Case]:
        query = _cases().where(*self._meant(wanted)).order_by(_c.closed_at.desc(), _c.id).limit(limit)
        # The searcher: months are many.
        async with self._database.searcher.connect() as connection:
            return [self._case(row) for row in (await connection.execute(query)).mappings()]

    async def one(self, conversation_id: str) -> Case | None:
        async with self._database.reader.connect() as connection:
            found = await connection.execute(_cases().where(_c.id == conversation_id))
            row = found.mappings().first()
            return self._case(row) if row else None

    async def undrawn(self, since: datetime, until: datetime) -> list[Case]:
        query = (
            select(_c.id, _c.staff_id, _c.closed_at, _c.category)
            .outerjoin(inspections, inspections.c.conversation_id == _c.id)
            .where(_c.closed_at >= since, _c.closed_at < until, *_inspectable, ~_looked_at)
        )
        async with self._database.searcher.connect() as connection:
            # A month is read piece by piece: between the pieces others are served.
            found = await connection.stream(query.execution_options(yield_per=_PIECE))
            return [
                Case(conversation_id=id_, staff_id=staff_id, closed_at=closed_at, category=category)
                async for id_, staff_id, closed_at, category in found
            ]

    def _meant(self, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
        yield _c.closed_at >= wanted.since
        yield _c.closed_at < wanted.until
        if wanted.staff_id is not None:
            yield _c.staff_id == wanted.staff_id
        if wanted.category is not None:
            yield _c.category == wanted.category
        if wanted.sampled:
            yield inspections.c.origin == Origin.SAMPLE.value
        if wanted.focus:
            yield or_(_c.emergency.is_not(None), _complained, _c.breaches > 0, self._low)
        if wanted.done is not None:
            scored = _looked_at & (inspections.c.stage != Stage.DRAWN.value)
            yield scored if wanted.done else or_(~_looked_at, inspections.c.stage == Stage.DRAWN.value)
        if wanted.score_up_to is not None:
            yield inspections.c.score <= wanted.score_up_to

    @property
    def _low(self) -> ColumnElement[bool]:
        return surveys.c.score <= self._dissatisfied

    def _case(self, row: RowMapping) -> Case:
        return Case(
            conversation_id=row["case_id"],
            staff_id=row["case_staff_id"],
            closed_at=row["case_closed_at"],
            category=row["case_category"],
            channel=row["channel"],
            why=tuple(self._why(row)),
            satisfaction=row["satisfaction"],
            inspection=inspection_of(row) if row["id"] is not None else None,
        )

    def _why(self, row: RowMapping) -> Iterator[Why]:
        if row["emergency"] is not None:
            yield Why.EMERGENCY
        if row["complained"]:
            yield Why.COMPLAINT
        if row["breaches"]:
            yield Why.BREACH
        if row["satisfaction"] is not None and row["satisfaction"] <= self._dissatisfied:
            yield Why.DISSATISFIED


def _cases() -> Select[Any]:
    shown = (
        _c.id.label("case_id"),
        _c.staff_id.label("case_staff_id"),
        _c.closed_at.label("case_closed_at"),
        _c.category.label("case_category"),
        _c.channel,
        _c.emergency,
        _c.breaches,
        _complained.label("complained"),
        surveys.c.score.label("satisfaction"),
    )
    return (
        select(*shown, *inspections.c)
        .select_from(conversations)
        .outerjoin(surveys, surveys.c.conversation_id == _c.id)
        .outerjoin(inspections, inspections.c.conversation_id == _c.id)
        .where(*_inspectable)
    )
