"""Leases, on both databases, between two replicas whose clock a test moves."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import event

from bot.adapters.sql.database import Database
from bot.adapters.sql.leases import LIFE, SqlLeases
from bot.testing import ManualClock

SECONDS = LIFE.total_seconds()


@pytest.fixture
def ours(database: Database, clock: ManualClock) -> SqlLeases:
    return SqlLeases(database, clock, "ours")


@pytest.fixture
async def theirs(database_url: str, clock: ManualClock) -> AsyncIterator[SqlLeases]:
    elsewhere = Database.connect(database_url)
    yield SqlLeases(elsewhere, clock, "theirs")
    await elsewhere.close()


async def test_one_has_it_until_it_is_given_back(ours: SqlLeases, theirs: SqlLeases) -> None:
    assert await ours.take("ann") == 0
    assert await ours.take("ann") == 0
    assert await theirs.take("ann") is None
    assert await theirs.take("bob") == 0
    await theirs.give_back(["ann", "bob"])
    assert await theirs.take("ann") is None, "only its holder can give it back"
    await ours.give_back(["ann"])
    assert await theirs.take("ann") == 0


async def test_who_asks_at_the_same_moment_gets_it_once(ours: SqlLeases, theirs: SqlLeases) -> None:
    taken = await asyncio.gather(*(each.take(f"contact {n}") for n in range(20) for each in (ours, theirs)))
    assert [sorted(pair, key=str) for pair in zip(taken[::2], taken[1::2], strict=True)] == [[0, None]] * 20


async def test_it_ends_by_the_clock_and_tells_the_next_how_far_it_had_come(
    ours: SqlLeases, theirs: SqlLeases, clock: ManualClock
) -> None:
    await ours.take("ann")
    assert await ours.reach("ann", 7)
    clock.advance(SECONDS - 1)
    assert await theirs.take("ann") is None
    clock.advance(1)
    assert await theirs.take("ann") == 7
    assert not await ours.reach("ann", 8), "who slept is told so before it does anything"
    assert await ours.take("ann") is None
    assert await theirs.reach("ann", 8)


async def test_what_was_given_back_is_begun_anew(ours: SqlLeases, theirs: SqlLeases) -> None:
    await ours.take("ann")
    await ours.reach("ann", 7)
    await ours.give_back(["ann"])
    assert not await ours.reach("ann", 8)
    assert await theirs.take("ann") == 0


async def test_who_is_alive_keeps_all_it_has(ours: SqlLeases, theirs: SqlLeases, clock: ManualClock) -> None:
    await ours.take("ann")
    for _ in range(5):
        await ours.stay_alive()
        await theirs.stay_alive()
        clock.advance(SECONDS / 2)
    assert await theirs.take("ann") is None
    assert not await theirs.bury()


async def test_a_dead_replica_is_found_once(ours: SqlLeases, theirs: SqlLeases, clock: ManualClock) -> None:
    await ours.stay_alive()
    await theirs.stay_alive()
    clock.advance(SECONDS)
    assert await theirs.bury()
    assert not await theirs.bury()


async def test_who_shows_that_it_lives_is_not_dead(ours: SqlLeases, theirs: SqlLeases, clock: ManualClock) -> None:
    await ours.stay_alive()
    clock.advance(SECONDS)
    assert not await ours.bury(), "nobody finds himself dead"
    await ours.stay_alive()
    assert not await theirs.bury()


async def test_who_leaves_keeps_only_what_it_says(ours: SqlLeases, theirs: SqlLeases, clock: ManualClock) -> None:
    await ours.stay_alive()
    await ours.take("ann")
    await ours.take("bob")
    await ours.reach("bob", 3)
    await ours.leave(["bob"])
    assert await theirs.take("ann") == 0
    assert await theirs.take("bob") is None
    clock.advance(SECONDS)
    assert await theirs.take("bob") == 3
    assert not await theirs.bury(), "it has taken its leave"


async def test_who_is_alone_writes_nothing(ours: SqlLeases, database: Database, clock: ManualClock) -> None:
    """A desk of one process looks after its leases twelve times a minute."""
    await ours.stay_alive()
    await ours.take("telegram polling")
    written: list[object] = []
    event.listen(database.writer.sync_engine, "begin", written.append)
    for _ in range(12):
        clock.advance(5)
        await ours.stay_alive()
        assert not await ours.bury()
    assert written == []
    assert await ours.reach("telegram polling", 0), "it is its own all the same"


async def test_who_was_alone_is_not_taken_for_dead_by_who_comes(
    ours: SqlLeases, theirs: SqlLeases, clock: ManualClock
) -> None:
    await ours.stay_alive()
    clock.advance(3600)
    await ours.stay_alive()
    await theirs.stay_alive()
    assert not await theirs.bury()
    clock.advance(5)
    await ours.stay_alive()
    for _ in range(10):
        clock.advance(5)
        for each in (ours, theirs):
            await each.stay_alive()
            assert not await each.bury()


async def test_who_died_while_he_was_alone_is_found_by_who_comes(
    ours: SqlLeases, theirs: SqlLeases, clock: ManualClock
) -> None:
    await ours.stay_alive()
    clock.advance(3600)
    found = []
    for _ in range(5):
        await theirs.stay_alive()
        found.append(await theirs.bury())
        clock.advance(5)
    assert found.count(True) == 1
