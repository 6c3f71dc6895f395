"""The outside world for the tests: servers for the session, a clean database and a clean Redis for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import services


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
