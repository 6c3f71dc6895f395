"""SQLite without a thread hop for every step: statements run where they are, only waiting goes to a thread.

aiosqlite hands each cursor, execute, fetch and close to a thread of its own: some hundred hops for one answered
message, each dearer than the statement itself (docs/decisions/0009). SQLite reads and writes pages in memory within
microseconds; what may really wait is taking the write lock, which another process may hold, and the commit, which
waits for the disk. This is a connection for SQLAlchemy's aiosqlite dialect, given to it as `async_creator_fn`.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Self

#: Statements of SQLAlchemy's "begin" event that may wait for another process.
_TAKES_THE_LOCK = "BEGIN IMMEDIATE"


async def connect_in_place(path: str, **settings: Any) -> "Connection":
    """Open the file. Raises sqlite3.Error."""
    settings |= {"check_same_thread": False, "isolation_level": None}  # SQLAlchemy's "begin" event begins
    return Connection(sqlite3.connect(path, **settings))


class Cursor:
    """What SQLAlchemy's adapter uses of an aiosqlite cursor."""

    def __init__(self, connection: "Connection", raw: sqlite3.Cursor) -> None:
        self._connection = connection
        self._raw = raw

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        return self._raw.description

    @property
    def rowcount(self) -> int:
        return self._raw.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._raw.lastrowid

    @property
    def arraysize(self) -> int:
        return self._raw.arraysize

    async def execute(self, operation: str, parameters: Any = ()) -> Self:
        if operation == _TAKES_THE_LOCK:
            await self._connection.wait_for(lambda: self._raw.execute(operation))
        else:
            self._raw.execute(operation, parameters)
        return self

    async def executemany(self, operation: str, parameters: Sequence[Any]) -> Self:
        self._raw.executemany(operation, parameters)
        return self

    async def fetchone(self) -> Any:
        return self._raw.fetchone()

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        return self._raw.fetchmany(self._raw.arraysize if size is None else size)

    async def fetchall(self) -> list[Any]:
        return self._raw.fetchall()

    async def close(self) -> None:
        self._raw.close()


class Connection:
    """What SQLAlchemy's adapter uses of an aiosqlite connection. One task at a time uses it."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._connection: sqlite3.Connection | None = raw  # the name that the adapter looks at
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        self._waiting: Future[Any] | None = None

    @property
    def _raw(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ValueError("no active connection")  # aiosqlite's words, which the dialect knows
        return self._connection

    def cursor(self) -> Cursor:
        return Cursor(self, self._raw.cursor())

    async def commit(self) -> None:
        if self._raw.in_transaction:
            await self.wait_for(self._raw.commit)

    async def rollback(self) -> None:
        await self._finish_waiting()
        self._raw.rollback()

    async def create_function(self, name: str, arity: int, function: Callable[..., Any], **options: Any) -> None:
        self._raw.create_function(name, arity, function, **options)

    async def close(self) -> None:
        """Close, after whatever the thread is still about. The last connection moves the log into the file."""
        raw, self._connection = self._connection, None
        if raw is not None:
            await self.wait_for(raw.close)
            self._thread.shutdown(wait=False)

    def stop(self) -> None:
        """Close without waiting for it."""
        raw, self._connection = self._connection, None
        if raw is not None:
            self._thread.submit(raw.close)
            self._thread.shutdown(wait=False)

    async def wait_for(self, step: Callable[[], Any]) -> None:
        """Run what may take long on the thread. Who is cancelled meanwhile leaves it to end by itself."""
        self._waiting = self._thread.submit(step)
        await asyncio.shield(asyncio.wrap_future(self._waiting))

    async def _finish_waiting(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            await asyncio.wait([asyncio.wrap_future(self._waiting)])
