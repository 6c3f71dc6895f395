"""The servers that the other contract tests stand on: real, empty for every test, and loud when they are missing."""

from pathlib import Path

import pytest
import redis.asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests import services


@pytest.mark.postgres
@pytest.mark.parametrize("turn", ["first", "second"])
async def test_every_test_has_an_empty_postgres_database(postgres_url: str, turn: str) -> None:
    engine = create_async_engine(postgres_url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE customers (name text)"))
        await connection.execute(text("INSERT INTO customers VALUES ('王女士')"))
        assert await connection.scalar(text("SELECT name FROM customers")) == "王女士"
    await engine.dispose()


@pytest.mark.redis
@pytest.mark.parametrize("turn", ["first", "second"])
async def test_every_test_has_an_empty_redis(redis_url: str, turn: str) -> None:
    async with redis.asyncio.Redis.from_url(redis_url) as client:
        assert await client.dbsize() == 0
        await client.set("customer", "王女士")


@pytest.mark.browser
def test_chromium_is_a_program(chromium_path: Path) -> None:
    assert chromium_path.is_file()


def test_a_missing_program_skips_and_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"no-such-program is not installed: run 'make test-deps'"):
        services.find_program("no-such-program")


def test_a_missing_program_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"run 'make test-deps'"):
        services.find_program("no-such-program")
