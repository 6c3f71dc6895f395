"""The figures of reports, counted in the database: months of conversations never come into this process."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, case, func, literal, or_, select
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
        begun, everything = self._begun(days, self._name(by, days)), self._begun(days, literal(""))
        # The searcher: months are many, and nobody waits for a report.
        async with self._database.searcher.connect() as connection:
            counts = await self._counts(connection, begun, by, now)
            reply, length = await _spread(connection, begun, _reply), await _spread(connection, begun, _length)
            whole = [(await _spread(connection, everything, what)).get("", Spread()) for what in (_reply, _length)]
        names = [day.name for day in days] if by in (By.DAY, By.WEEK) else sorted(counts)
        lines = [Line(n, counts.get(n, Counts()), reply.get(n, Spread()), length.get(n, Spread())) for n in names]
        return ServiceReport(lines, Line("", sum((line.counts for line in lines), Counts()), *whole))

    def _begun(self, days: Sequence[Period], name: ColumnElement[str]) -> CTE:
        columns = (_c.id, _c.opened_at, _c.closed_at, _c.asked_at, _c.first_reply_at, _c.staff_id)
        emergency = _c.emergency.is_not(None).label("emergency")
        query = select(name.label("name"), *columns, emergency)
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
        chosen: list[tuple[ColumnElement[bool], Any]] = [(_c.skill_group.in_(names), _c.skill_group)]
        chosen.append((_c.emergency.is_not(None), urgent))
        for name in names:
            theirs = [intent for intent, group in by_intent.items() if group == name]
            if theirs:
                chosen.append((last_intent(_c.intents, *by_intent).in_(theirs), name))
        return case(*chosen, else_="")

    async def _counts(self, connection: AsyncConnection, begun: CTE, by: By, now: datetime) -> dict[str, Counts]:
        found: dict[str, Counts] = {}
        for query in (self._volume(begun, now), _orders(begun), _grades(begun), _breaches(begun, by)):
            for row in (await connection.execute(query)).mappings():
                told = Counts(**{str(key): int(value or 0) for key, value in row.items() if key != "name"})
                found[row["name"]] = found.get(row["name"], Counts()) + told
        return found

    def _volume(self, begun: CTE, now: datetime) -> Select[Any]:
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


def _orders(begun: CTE) -> Select[Any]:
    joined = begun.join(work_orders, work_orders.c.conversation_id == begun.c.id)
    return select(begun.c.name, func.count().label("orders")).select_from(joined).group_by(begun.c.name)


def _grades(begun: CTE) -> Select[Any]:
    joined = begun.join(surveys, surveys.c.conversation_id == begun.c.id)
    figures = func.count(surveys.c.score).label("graded"), func.sum(surveys.c.score).label("points")
    return select(begun.c.name, *figures).select_from(joined).group_by(begun.c.name)


def _breaches(begun: CTE, by: By) -> Select[Any]:
    """An agent's are those that he let lapse, whoever had the conversation in the end."""
    name = func.coalesce(breaches.c.staff_id, "").label("name") if by is By.AGENT else begun.c.name
    joined = begun.join(breaches, breaches.c.conversation_id == begun.c.id)
    return select(name, func.count().label("breaches")).select_from(joined).group_by(name)


async def _spread(
    connection: AsyncConnection, begun: CTE, measured: Callable[[CTE], ColumnElement[float]]
) -> dict[str, Spread]:
    """By nearest rank: the smallest value that so many of them do not exceed."""
    seconds, name = measured(begun), begun.c.name
    place = func.row_number().over(partition_by=name, order_by=seconds).label("place")
    every = func.count().over(partition_by=name).label("every")
    ranked = select(name, seconds.label("seconds"), place, every).where(seconds.is_not(None)).subquery()
    c = ranked.c
    ranks = [func.min(case((c.place >= c.every * share, c.seconds))) for share in (0.5, 0.95)]
    query = select(c.name, *ranks).group_by(c.name)
    return {found: Spread(median, p95) for found, median, p95 in await connection.execute(query)}
