"""Where a measurement keeps its data: on the disk that gasdesk's own data would lie on, and gone afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.services import PostgresServer, new_database, postgres

#: Kept between runs: what takes long to make.
CACHE = ROOT / "var" / "bench"


@contextmanager
def data_folder() -> Iterator[Path]:
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="run-", dir=CACHE, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def postgres_for_measuring() -> Iterator[PostgresServer | None]:
    """A private server with PostgreSQL's own settings for durability; None if it is not installed."""
    try:
        server = postgres(durable=True, settings=["track_commit_timestamp=on"])
        with server as running:
            yield running
    except pytest.skip.Exception:
        yield None


@contextmanager
def database_of(server: PostgresServer) -> Iterator[str]:
    """The URL of an empty database."""
    with new_database(server.url) as url:
        yield url
