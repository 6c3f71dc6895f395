"""Leases as rows that end by the clock, on both databases."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

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
        self._name = f"{_ALIVE}{holder}"
        self._mine = leases.c.holder == holder
        self._announced = False
        #: Other replicas that were alive when we looked, and those that were not, since when.
        self._seen: set[str] = set()
        self._silent: dict[str, datetime] = {}

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
        """A process that is alone tells so once and writes nothing more: what it has nobody else wants."""
        alone = not await self._others()
        if alone and self._announced:
            return
        until = self._clock.now() + LIFE
        here = self._database.insert(leases).values(name=self._name, holder=self._holder, until=until, reached=0)
        async with self._database.writer.begin() as connection:
            await connection.execute(here.on_conflict_do_nothing(index_elements=["name"]))
            await connection.execute(update(leases).where(self._mine).values(until=until))
        self._announced = True

    async def bury(self) -> bool:
        now, others = self._clock.now(), await self._others()
        silent = {name: until for name, until in others.items() if until <= now}
        self._silent = {name: self._silent.get(name, now) for name in silent}
        # Who was alone until now has written nothing for long; he writes when he sees us.
        dead = [name for name in silent if name in self._seen or now - self._silent[name] >= LIFE / 2]
        if not dead:
            return False
        gone = delete(leases).where(leases.c.name.in_(dead), leases.c.until <= now)
        async with self._database.writer.begin() as connection:
            return (await connection.execute(gone)).rowcount > 0

    async def _others(self) -> dict[str, datetime]:
        """Other replicas, and until when each counts as alive."""
        query = select(leases.c.name, leases.c.until).where(leases.c.name.startswith(_ALIVE), ~self._mine)
        async with self._database.reader.connect() as connection:
            others = {name: until for name, until in await connection.execute(query)}
        now = self._clock.now()
        self._seen = {name for name, until in others.items() if name in self._seen or until > now}
        return others

    async def leave(self, keep: Collection[str]) -> None:
        gone = delete(leases).where(self._mine, leases.c.name.not_in(keep))
        async with self._database.writer.begin() as connection:
            await connection.execute(gone)
