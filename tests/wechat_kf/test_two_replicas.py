"""Two gasdesks fetch from one account; one dies or sleeps in the middle: nothing is lost, doubled or out of order."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.adapters.sql.channel_state import SqlChannelState
from bot.adapters.sql.exclusive import SqlExclusive
from bot.channels.wechat_kf.happenings import Happenings
from bot.channels.wechat_kf.intake import Intake, State, state_name
from tests.flows.desk import Desk
from tests.wechat_kf.customer import KfCustomer
from tests.wechat_kf.fake_kf import KF, FakeKf
from tests.wechat_kf.talk import begin, said

ALL = [f"第{number}句" for number in range(6)]


@pytest.fixture
def rows_url(database_url: str) -> str:
    return database_url


@pytest.fixture
async def other(start: Callable[[], Desk]) -> AsyncIterator[Desk]:
    desk = start()
    yield desk
    await desk.gasdesk.settle()
    await desk.gasdesk.close()


@pytest.fixture
async def bob(desk: Desk, kf: FakeKf) -> AsyncIterator[KfCustomer]:
    customer = KfCustomer(desk.gasdesk, kf, "wmBob")
    yield customer
    await customer.aclose()


async def die(desk: Desk) -> None:
    """Nothing is written any more; its connections are gone, and with them what they held."""
    joined = desk.gasdesk.house.rooms["wechat_kf"].joined
    assert joined
    await joined.closing[0]()


async def cursor(desk: Desk) -> str:
    kept = await SqlChannelState(desk.gasdesk.stores.database).get(state_name(KF))
    return str((kept or {}).get("cursor", ""))


def write(kf: FakeKf, *customers: KfCustomer) -> None:
    for text in ALL:
        for customer in customers:
            kf.says(customer.name, "text", {"content": text})


async def test_one_dies_in_the_middle_of_a_batch_and_the_other_takes_over(
    desk: Desk, other: Desk, kf: FakeKf, ann: KfCustomer, bob: KfCustomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, deal_with, dealt = asyncio.Event(), Happenings.__call__, 0

    async def killed_at_the_fifth(self: Happenings, raw: Any) -> None:
        nonlocal dealt
        dealt += 1
        if dealt == 5:
            reached.set()
            await asyncio.Event().wait()
        await deal_with(self, raw)

    write(kf, ann, bob)
    with monkeypatch.context() as crash:
        crash.setattr(Happenings, "__call__", killed_at_the_fifth)
        assert (await ann.notify(ann.notice())).status_code == 200
        await reached.wait()
        await die(desk)
    before = await cursor(other)
    await begin(other)
    await other.gasdesk.settle()
    for customer in (ann, bob):
        assert await said(other, customer) == ALL
    assert await ann.dealt_with()
    assert await cursor(other) >= before


async def test_one_that_slept_does_not_put_the_cursor_back(
    desk: Desk, other: Desk, kf: FakeKf, ann: KfCustomer, bob: KfCustomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lock went with the connection it hung on, and the other went on meanwhile."""
    asleep, wake, move = asyncio.Event(), asyncio.Event(), Intake._move

    @asynccontextmanager
    async def lost(_: SqlExclusive, name: str) -> AsyncIterator[None]:
        yield

    async def sleeps(self: Intake, name: str, before: State, after: State) -> State:
        if after["cursor"] and not asleep.is_set():
            asleep.set()
            await wake.wait()
        return await move(self, name, before, after)

    monkeypatch.setattr(SqlExclusive, "__call__", lost)
    monkeypatch.setattr(Intake, "_move", sleeps)
    kf.page = 6
    write(kf, ann, bob)
    await ann.notify(ann.notice())
    await asleep.wait()
    await begin(other)
    await other.gasdesk.settle()
    end = await cursor(other)
    wake.set()
    assert end == f"{KF[:12]}_{2 * len(ALL)}"
    await desk.gasdesk.settle()
    assert await cursor(other) == end
    for customer in (ann, bob):
        assert await said(other, customer) == ALL
    kf.says(ann.name, "text", {"content": "还在吗"})
    await desk.wait(120)
    assert (await said(desk, ann))[-1] == "还在吗", "it goes on from where the other had come to"


async def test_both_fetch_at_once_and_each_message_is_taken_once(
    desk: Desk, other: Desk, kf: FakeKf, ann: KfCustomer, bob: KfCustomer
) -> None:
    kf.page = 6
    write(kf, ann, bob)
    await asyncio.gather(ann.notify(ann.notice()), begin(other))
    await asyncio.gather(desk.gasdesk.settle(), other.gasdesk.settle())
    await desk.wait(10)
    for customer in (ann, bob):
        assert await said(other, customer) == ALL
    assert await ann.dealt_with()
