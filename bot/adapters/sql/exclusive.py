"""One replica at a time: a lock in this process, and on PostgreSQL an advisory lock beside it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.adapters.sql.database import Database, locked


class SqlExclusive:
    """See ports.Exclusive."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def __call__(self, name: str) -> AsyncIterator[None]:
        async with self._locks[name]:
            if self._database.is_sqlite:
                yield  # one process owns the file
                return
            async with locked(self._database, name):
                yield
