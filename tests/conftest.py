"""The outside world for the tests: servers for the session; for each test a clean database, a clean Redis, a clock."""

import asyncio
import functools
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fastapi.dependencies.models
import pytest
from hypothesis import HealthCheck, settings

from bot.adapters.sql.database import Database
from bot.adapters.sql.migrate import migrate
from bot.testing import ManualClock
from tests import services

# How long an example takes says nothing about the code on a busy machine.
settings.register_profile("any_machine", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any_machine")


@pytest.fixture(autouse=True)
def endpoints_are_forgotten() -> Iterator[None]:
    """FastAPI remembers thousands of endpoints, and each of them its gasdesk: 5 MB a test, up to 300."""
    yield
    for remembered in vars(fastapi.dependencies.models).values():
        if isinstance(remembered, functools._lru_cache_wrapper):
            remembered.cache_clear()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a private PostgreSQL server's maintenance database; most tests want `postgres_url`."""
    with services.postgres_server() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty PostgreSQL database of the test's own, as `postgresql+psycopg://…`."""
    with services.new_database(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database that holds nothing, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "gasdesk.db"
    _migrate(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> Iterator[str]:
    """The name of a migrated database that holds nothing, to be copied."""
    with services.new_database(postgres_server) as url:
        _migrate(url)
        yield url.rpartition("/")[2]


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A migrated database of the test's own."""
    return f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'gasdesk.db')}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same on both kinds, one after the other."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    template = request.getfixturevalue("migrated_postgres")
    with services.new_database(request.getfixturevalue("postgres_server"), template) as url:
        yield url


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The URL of a private Redis server; most tests want `redis_url`."""
    with services.redis_server() as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """An empty Redis, as `redis://…`."""
    services.empty_redis(redis_server)
    return redis_server


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The system's Chromium, for `playwright.chromium.launch(executable_path=…)`."""
    return services.find_program("chromium", "chromium-browser", "google-chrome")


def _migrate(url: str) -> None:
    async def run() -> None:
        database = Database.connect(url)
        await migrate(database)
        await database.close()

    # A thread of its own: the test's event loop is not this fixture's to touch.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, run()).result()
