"""Leases as rows that end by the clock, on both databases."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import delete, or_, update

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_leases import leases
from bot.clock import Clock

#: A replica that is not heard of for so long has lost what it held. Clocks of replicas must agree better than this.
LIFE = timedelta(seconds=20)
_ALIVE = "replica:"


class SqlLeases:
    """See conversation.leases.Leases. One for each process: `holder` is its name, made anew at each start."""

    def __init__(self, database: Database, clock: Clock, holder: str) -> None:
        self._database = database
        self._clock = clock
        self._holder = holder
        self._mine = leases.c.holder == holder

    async def take(self, name: str) -> int | None:
        now = self._clock.now()
        fresh = self._database.insert(leases).values(name=name, holder=self._holder, until=now + LIFE, reached=0)
        taken = fresh.on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": self._holder, "until": fresh.excluded.until},
            where=or_(self._mine, leases.c.until <= now),
        ).returning(leases.c.reached)
        async with self._database.writer.begin() as connection:
            reached: int | None = (await connection.execute(taken)).scalar()
            return reached

    async def reach(self, name: str, number: int) -> bool:
        change = update(leases).where(leases.c.name == name, self._mine)
        values = {"reached": number, "until": self._clock.now() + LIFE}
        async with self._database.writer.begin() as connection:
            return (await connection.execute(change.values(values))).rowcount == 1

    async def give_back(self, names: Collection[str]) -> None:
        async with self._database.writer.begin() as connection:
            await connection.execute(delete(leases).where(leases.c.name.in_(names), self._mine))

    async def stay_alive(self) -> None:
        await self.take(f"{_ALIVE}{self._holder}")
        async with self._database.writer.begin() as connection:
            await connection.execute(update(leases).where(self._mine).values(until=self._clock.now() + LIFE))

    async def bury(self) -> bool:
        dead = delete(leases).where(leases.c.name.startswith(_ALIVE), leases.c.until <= self._clock.now(), ~self._mine)
        async with self._database.writer.begin() as connection:
            return (await connection.execute(dead)).rowcount > 0

    async def leave(self, keep: Collection[str]) -> None:
        gone = delete(leases).where(self._mine, leases.c.name.not_in(keep))
        async with self._database.writer.begin() as connection:
            await connection.execute(gone)
