"""The gas company's records in the embedded database."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, Select, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql import business_rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_business import accounts, communities, outage_communities, outages, readings
from bot.clock import Clock
from bot.domain.gas import Account, Community, NoSuchAccount, Outage, Reading
from bot.domain.places import (
    after_name,
    best_fits,
    dwelling,
    dwelling_key,
    is_only_dwelling,
    match_communities,
    room_key,
)

_MOST = 5
"""More than this many candidates are no answer to a question."""
_KEPT = timedelta(seconds=10)
"""So long the communities are taken as read: a message asks for them several times, and they change once a month."""


class SqlBackOffice:
    """See ports.BackOffice."""

    def __init__(self, database: Database, clock: Clock, zone: tzinfo) -> None:
        self._database = database
        self._clock = clock
        self._zone = zone
        self._communities: dict[str, Community] = {}
        self._communities_read: datetime | None = None

    async def find_communities(self, words: str) -> list[Community]:
        return match_communities(words, (await self._all_communities()).values())[:_MOST]

    async def community(self, community_id: str) -> Community | None:
        return (await self._all_communities()).get(community_id)

    async def account(self, number: str) -> Account | None:
        async with self._database.reader.connect() as connection:
            query = select(accounts).where(accounts.c.number == number.strip())
            row = (await connection.execute(query)).mappings().first()
        return business_rows.account(row, self._this_year()) if row else None

    async def find_accounts(self, address: str) -> list[Account]:
        async with self._database.reader.connect() as connection:
            if is_only_dwelling(address):
                return await self._anywhere(connection, address)
            found: list[Account] = []
            for place in match_communities(address, (await self._all_communities()).values()):
                found += await self._within(connection, place, after_name(address, place))
        return found[:_MOST]

    async def outages_of(self, community_id: str) -> list[Outage]:
        now = self._clock.now()
        concerned = select(outage_communities.c.outage_id).where(outage_communities.c.community_id == community_id)
        query = (
            select(outages, outage_communities.c.community_id)
            .join(outage_communities, outage_communities.c.outage_id == outages.c.id)
            .where(outages.c.id.in_(concerned), outages.c.ends_at > now)
            .order_by(outages.c.starts_at > now, outages.c.starts_at, outages.c.id, outage_communities.c.community_id)
        )
        async with self._database.reader.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return business_rows.outages(rows)

    async def save_reading(self, reading: Reading) -> None:
        reported_on = reading.reported_at.astimezone(self._zone).date()
        async with self._database.writer.begin() as connection:
            query = select(accounts).where(accounts.c.number == reading.account_number).with_for_update()
            row = (await connection.execute(query)).mappings().first()
            if row is None:
                raise NoSuchAccount(reading.account_number)
            if await self._is_new(connection, reading, reported_on):
                await self._follow(connection, row, reading.value_m3, reported_on)

    async def account_numbers(self, words: str, limit: int) -> list[str]:
        """See bot.customers.ports.AccountBook."""
        ends = or_(*(column.endswith(words, autoescape=True) for column in (accounts.c.number, accounts.c.phone)))
        query = select(accounts.c.number).where(ends if words.isdigit() else accounts.c.holder == words)
        async with self._database.searcher.connect() as connection:
            return list((await connection.execute(query.order_by(accounts.c.number).limit(limit))).scalars())

    async def latest_readings(self, account_number: str, limit: int) -> list[Reading]:
        """See bot.customers.ports.AccountBook."""
        query = select(readings).where(readings.c.account_number == account_number)
        async with self._database.reader.connect() as connection:
            latest = await connection.execute(query.order_by(readings.c.reported_at.desc()).limit(limit))
            return [business_rows.reading(row) for row in latest.mappings()]

    async def _all_communities(self) -> dict[str, Community]:
        now = self._clock.now()
        if self._communities_read is None or not timedelta(0) <= now - self._communities_read < _KEPT:
            async with self._database.reader.connect() as connection:
                rows = (await connection.execute(select(communities).order_by(communities.c.id))).mappings().all()
            self._communities = {row["id"]: business_rows.community(row) for row in rows}
            self._communities_read = now
        return self._communities

    async def _within(self, connection: AsyncConnection, place: Community, stated: str) -> list[Account]:
        same_room = select(accounts).where(accounts.c.community_id == place.id, accounts.c.room_key == room_key(stated))
        known = await self._accounts(connection, same_room.order_by(accounts.c.number))
        return best_fits(dwelling(stated), [(dwelling(each.address), each) for each in known])

    async def _anywhere(self, connection: AsyncConnection, stated: str) -> list[Account]:
        """No community was named: the same dwelling of any."""
        if not dwelling_key(stated):
            return []
        same = select(accounts).where(accounts.c.dwelling_key == dwelling_key(stated))
        return await self._accounts(connection, same.order_by(accounts.c.number).limit(_MOST))

    async def _accounts(self, connection: AsyncConnection, query: Select[Any]) -> list[Account]:
        year = self._this_year()
        return [business_rows.account(row, year) for row in (await connection.execute(query)).mappings()]

    async def _is_new(self, connection: AsyncConnection, reading: Reading, reported_on: date) -> bool:
        values = {
            "account_number": reading.account_number,
            "value_litres": reading.value_m3,
            "reported_at": reading.reported_at,
            "reported_on": reported_on,
            "conversation_id": reading.conversation_id,
        }
        statement = self._database.insert(readings).values(values).on_conflict_do_nothing().returning(readings.c.id)
        return (await connection.execute(statement)).first() is not None

    async def _follow(self, connection: AsyncConnection, row: RowMapping, value: Decimal, day: date) -> None:
        """The account's last reading becomes this one, unless a later one is known."""
        last_on: date = row["last_reading_on"]
        if day < last_on:
            return
        used = business_rows.used_in(day.year, row) + max(Decimal(0), value - row["last_reading_litres"])
        moved = {"last_reading_litres": value, "last_reading_on": day, "year_used_litres": used}
        await connection.execute(update(accounts).where(accounts.c.number == row["number"]).values(moved))

    def _this_year(self) -> int:
        return self._clock.now().astimezone(self._zone).year
