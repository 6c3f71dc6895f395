"""The figures of reports, counted in the database: months of conversations never come into this process."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, Table, and_, case, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.database import Database
from bot.adapters.sql.report_words import last_intent, seconds_between
from bot.adapters.sql.tables_business import work_orders
from bot.adapters.sql.tables_chat import breaches, conversations
from bot.adapters.sql.tables_composer import surveys
from bot.domain.company import SkillGroup
from bot.domain.service_report import By, Counts, Line, Period, ServiceReport, Spread

_c = conversations.c


class SqlServiceReport:
    """`quick` and `limit`: within which a person is to answer; `groups` as in company.yml."""

    def __init__(self, database: Database, quick: timedelta, limit: timedelta, groups: Sequence[SkillGroup]) -> None:
        self._database = database
        self._quick = quick
        self._limit = limit
        self._groups = groups

    async def __call__(self, by: By, days: Sequence[Period], now: datetime) -> ServiceReport:
        """Of the conversations that began in `days` (in order, without a gap); a line for each day if `by` is one."""
        begun = self._begun(days, self._name(by, days))
        # The searcher: months are many, and nobody waits for a report.
        async with self._database.searcher.connect() as connection:
            counts = await self._counts(connection, begun, by, now)
            reply, length, whole = await _spreads(connection, begun)
        names = [day.name for day in days] if by in (By.DAY, By.WEEK) else sorted(counts)
        lines = [Line(n, counts.get(n, Counts()), reply.get(n, Spread()), length.get(n, Spread())) for n in names]
        return ServiceReport(lines, Line("", sum((line.counts for line in lines), Counts()), *whole))

    def _begun(self, days: Sequence[Period], name: ColumnElement[str]) -> CTE:
        """Each conversation once, with all that is counted of it."""
        columns = (_c.id, _c.opened_at, _c.closed_at, _c.asked_at, _c.first_reply_at, _c.staff_id)
        more = (_c.emergency.is_not(None).label("emergency"), surveys.c.score)
        counted = (_how_many(work_orders).label("orders"), _how_many(breaches).label("breaches"))
        query = select(name.label("name"), *columns, *more, *counted).select_from(conversations)
        query = query.outerjoin(surveys, surveys.c.conversation_id == _c.id)
        return query.where(_c.opened_at >= days[0].since, _c.opened_at < days[-1].until).cte("begun")

    def _name(self, by: By, days: Sequence[Period]) -> ColumnElement[str]:
        match by:
            case By.DAY | By.WEEK:
                return case(*((_c.opened_at < day.until, day.name) for day in days), else_="")
            case By.AGENT:
                return func.coalesce(_c.staff_id, "")
            case By.GROUP:
                return self._group()
            case By.CATEGORY:
                return _c.category
            case By.CHANNEL:
                return _c.channel

    def _group(self) -> ColumnElement[str]:
        """As bot.desk.groups.group_of, looking back: an emergency that is over was one."""
        names = [group.name for group in self._groups]
        by_intent = {intent: group.name for group in reversed(self._groups) for intent in group.intents}
        urgent = next((group.name for group in self._groups if group.emergencies), "")
        # Looked for once: the list of what was talked about has to be read for it.
        talked = case(by_intent, value=last_intent(_c.intents, *by_intent), else_="") if by_intent else literal("")
        return case((_c.skill_group.in_(names), _c.skill_group), (_c.emergency.is_not(None), urgent), else_=talked)

    async def _counts(self, connection: AsyncConnection, begun: CTE, by: By, now: datetime) -> dict[str, Counts]:
        found: dict[str, Counts] = {}
        volume = self._volume(begun, now, lapsed=by is not By.AGENT)
        for query in (volume, *([_lapses(begun)] if by is By.AGENT else [])):
            for row in (await connection.execute(query)).mappings():
                told = Counts(**{str(key): int(value or 0) for key, value in row.items() if key != "name"})
                found[row["name"]] = found.get(row["name"], Counts()) + told
        return found

    def _volume(self, begun: CTE, now: datetime, *, lapsed: bool) -> Select[Any]:
        """`lapsed`: with the breaches of each conversation."""
        c = begun.c
        return select(
            c.name,
            func.count().label("conversations"),
            _many(c.closed_at.is_not(None), c.asked_at.is_(None), c.staff_id.is_(None)).label("by_assistant"),
            _many(c.asked_at.is_not(None)).label("handed_over"),
            _many(_reply(begun) <= self._quick.total_seconds()).label("quick"),
            _many(_decided(begun, now - self._quick)).label("quick_decided"),
            _many(_reply(begun) <= self._limit.total_seconds()).label("in_limit"),
            _many(_decided(begun, now - self._limit)).label("limit_decided"),
            _many(c.emergency).label("emergencies"),
            *([func.sum(c.breaches).label("breaches")] if lapsed else []),
            func.sum(c.orders).label("orders"),
            func.count(c.score).label("graded"),
            func.sum(c.score).label("points"),
        ).group_by(c.name)


def _reply(begun: CTE) -> ColumnElement[float]:
    return seconds_between(begun.c.asked_at, begun.c.first_reply_at)


def _length(begun: CTE) -> ColumnElement[float]:
    return seconds_between(begun.c.opened_at, begun.c.closed_at)


def _decided(begun: CTE, asked_by: datetime) -> ColumnElement[bool]:
    """As bot.desk.board.rates: answered, over, or past the time."""
    c = begun.c
    over = or_(c.first_reply_at.is_not(None), c.closed_at.is_not(None), c.asked_at < asked_by)
    return and_(c.asked_at.is_not(None), over)


def _many(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((and_(*conditions), 1), else_=0))


def _how_many(table: Table) -> ColumnElement[int]:
    """Rows of this table that are the conversation's."""
    return select(func.count()).where(table.c.conversation_id == _c.id).correlate(conversations).scalar_subquery()


def _lapses(begun: CTE) -> Select[Any]:
    """Breaches by who let them lapse, whoever had the conversation in the end; "" for the queue."""
    name: ColumnElement[Any] = func.coalesce(breaches.c.staff_id, "").label("name")
    joined = begun.join(breaches, breaches.c.conversation_id == begun.c.id)
    return select(name, func.count().label("breaches")).select_from(joined).group_by(name)


async def _spreads(
    connection: AsyncConnection, begun: CTE
) -> tuple[dict[str, Spread], dict[str, Spread], tuple[Spread, Spread]]:
    """Of the first replies and of the lengths, by name; and both of all together.

    By nearest rank: the smallest value that so many of them do not exceed.
    """
    name = begun.c.name
    measured = {"reply": _reply(begun), "length": _length(begun)}
    columns = [each for what, seconds in measured.items() for each in _ranked(what, seconds, name)]
    c = select(name, *columns).subquery().c
    ranks = [
        func.min(case((c[f"{what}_place{of}"] >= c[f"{what}_among{of}"] * share, c[what])))
        for what in measured
        for of in ("", "_all")
        for share in (0.5, 0.95)
    ]
    found = (await connection.execute(select(c.name, *ranks).group_by(c.name))).all()
    reply = {row[0]: Spread(*row[1:3]) for row in found}
    length = {row[0]: Spread(*row[5:7]) for row in found}
    return reply, length, (_least(found, 3), _least(found, 7))


def _ranked(what: str, seconds: ColumnElement[float], name: ColumnElement[str]) -> list[ColumnElement[Any]]:
    """The value, its place and how many there are, of its name and of all; what has no value stands last."""
    order = seconds.nulls_last()
    return [
        seconds.label(what),
        func.row_number().over(partition_by=name, order_by=order).label(f"{what}_place"),
        func.count(seconds).over(partition_by=name).label(f"{what}_among"),
        func.row_number().over(order_by=order).label(f"{what}_place_all"),
        func.count(seconds).over().label(f"{what}_among_all"),
    ]


def _least(found: Sequence[Any], place: int) -> Spread:
    """Of all together: the smallest that any name holds."""
    medians, highs = ([row[at] for row in found if row[at] is not None] for at in (place, place + 1))
    return Spread(min(medians, default=None), min(highs, default=None))
