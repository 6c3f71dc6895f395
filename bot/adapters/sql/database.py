"""Opens the database: SQLite for one machine, PostgreSQL when grown up, behind the same code."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Table, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.adapters.sql.sqlite_in_place import connect_in_place

#: Waiting for another writer (a command line tool, a backup) before giving up, in milliseconds.
BUSY_TIMEOUT_MS = 10_000


class Database:
    """Three engines on one database.

    On SQLite `writer` has a single connection that takes the write lock at BEGIN, so writers queue up in this
    process instead of failing in the middle; `reader` sees the last commit and waits for nobody. Both run their
    statements in place, so what looks through everything ever written goes to `searcher`, which has threads. On
    PostgreSQL writers may hold all connections of theirs while they wait for one who wants to read, so readers have
    their own.
    """

    def __init__(self, reader: AsyncEngine, writer: AsyncEngine, searcher: AsyncEngine) -> None:
        self.reader = reader
        self.writer = writer
        self.searcher = searcher

    @classmethod
    def connect(cls, url: str) -> "Database":
        """Prepare the engines; nothing is opened yet. Raises ValueError for an address of another kind."""
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            in_place = {"async_creator_fn": connect_in_place}
            reader = create_async_engine(url, hide_parameters=True, pool_size=4, connect_args=in_place)
            writer = create_async_engine(
                url, hide_parameters=True, pool_size=1, max_overflow=0, pool_timeout=60, connect_args=in_place
            )
            threaded = {"isolation_level": None, "check_same_thread": False}
            searcher = create_async_engine(url, hide_parameters=True, pool_size=2, connect_args=threaded)
            # Who reads sees the last commit at each statement, as on PostgreSQL.
            for engine in (reader, searcher):
                _prepare_sqlite(engine)
            _prepare_sqlite(writer, begin="BEGIN IMMEDIATE")
            return cls(reader, writer, searcher)
        if parsed.get_backend_name() == "postgresql":
            reader, writer = (
                create_async_engine(url, hide_parameters=True, pool_size=size, max_overflow=size, pool_pre_ping=True)
                for size in (5, 10)
            )
            return cls(reader, writer, searcher=reader)
        raise ValueError(
            f"GASDESK_DATABASE_URL: {parsed.drivername} 不受支持，请用 sqlite+aiosqlite:// 或 postgresql+psycopg://"
        )

    @property
    def is_sqlite(self) -> bool:
        return self.reader.dialect.name == "sqlite"

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An INSERT that knows ON CONFLICT, in the dialect's own words."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    async def ping(self) -> None:
        """Raises what the driver raises if the database does not answer."""
        async with self.reader.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        for engine in (self.writer, self.reader, self.searcher):
            await engine.dispose()


@asynccontextmanager
async def locked(database: Database, name: str) -> AsyncIterator[AsyncConnection]:
    """A write transaction that only one replica at a time holds under this name."""
    async with database.writer.begin() as connection:
        await lock(connection, name)
        yield connection


async def lock(connection: AsyncConnection, name: str) -> None:
    """Hold this name until the end of the transaction. On SQLite whoever writes is alone."""
    if connection.dialect.name != "sqlite":
        await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})


def _prepare_sqlite(engine: AsyncEngine, begin: str | None = None) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    if begin:

        @event.listens_for(engine.sync_engine, "begin")
        def on_begin(connection: Any) -> None:
            connection.exec_driver_sql(begin)
