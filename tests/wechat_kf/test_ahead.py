"""What is noticed while a page is dealt with is asked for meanwhile: in order, once, and never forgotten."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from bot.channel import ChannelDown
from bot.channels.wechat_kf.happenings import Happenings
from bot.channels.wechat_kf.intake import Intake, State
from tests.flows.desk import Desk
from tests.flows.live import eventually
from tests.wechat_kf.customer import KfCustomer
from tests.wechat_kf.fake_kf import KF, FakeKf
from tests.wechat_kf.talk import said


class Slow:
    """Dealing with the message "慢" takes until it is told to go on."""

    def __init__(self) -> None:
        self.reached, self.go_on = asyncio.Event(), asyncio.Event()


@pytest.fixture
async def slow(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Slow]:
    slow, deal_with = Slow(), Happenings.__call__

    async def takes_long(self: Happenings, raw: Mapping[str, Any]) -> None:
        if raw["text"]["content"] == "慢":
            slow.reached.set()
            await slow.go_on.wait()
        await deal_with(self, raw)

    monkeypatch.setattr(Happenings, "__call__", takes_long)
    yield slow
    slow.go_on.set()


async def write(ann: KfCustomer, kf: FakeKf, text: str) -> None:
    kf.says(ann.name, "text", {"content": text})
    await ann.notify(ann.notice())


def cursors(kf: FakeKf) -> list[str]:
    return [cursor.removeprefix(f"{KF[:12]}_") for cursor, _ in kf.fetches]


async def ask_ahead(ann: KfCustomer, kf: FakeKf, slow: Slow) -> None:
    """The first page is being dealt with, the second is asked for."""
    await write(ann, kf, "慢")
    await slow.reached.wait()
    await write(ann, kf, "第二句")
    await eventually(lambda: cursors(kf) == ["", "1"])


async def test_the_next_page_is_asked_for_while_one_is_dealt_with(
    ann: KfCustomer, kf: FakeKf, desk: Desk, slow: Slow
) -> None:
    await ask_ahead(ann, kf, slow)
    assert not await said(desk, ann)
    slow.go_on.set()
    await desk.gasdesk.settle()
    assert await said(desk, ann) == ["慢", "第二句"]
    assert cursors(kf) == ["", "1"], "and it is not asked for twice"


async def test_what_is_noticed_after_that_is_asked_for_in_its_turn(
    ann: KfCustomer, kf: FakeKf, desk: Desk, slow: Slow
) -> None:
    await ask_ahead(ann, kf, slow)
    await write(ann, kf, "第三句")
    await write(ann, kf, "第四句")
    slow.go_on.set()
    await desk.gasdesk.settle()
    assert await said(desk, ann) == ["慢", "第二句", "第三句", "第四句"]
    assert cursors(kf) == ["", "1", "2"]


async def test_a_page_asked_for_in_vain_is_asked_for_again(ann: KfCustomer, kf: FakeKf, desk: Desk, slow: Slow) -> None:
    await write(ann, kf, "慢")
    await slow.reached.wait()
    kf.fail("kf/sync_msg", "502")
    await write(ann, kf, "第二句")
    await eventually(lambda: kf.calls.count("kf/sync_msg") == 2)
    slow.go_on.set()
    await desk.gasdesk.settle()
    await desk.wait(3)
    assert await said(desk, ann) == ["慢", "第二句"]


async def test_where_the_cursor_did_not_move_the_page_behind_it_is_not_used(
    ann: KfCustomer, kf: FakeKf, desk: Desk, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another replica went on meanwhile, or the row could not be written."""
    await ann.says("你好")
    move = Intake._move

    async def fails(self: Intake, name: str, before: State, after: State) -> State:
        monkeypatch.setattr(Intake, "_move", move)
        raise ChannelDown("another replica has gone on from there")

    monkeypatch.setattr(Intake, "_move", fails)
    kf.page = 1
    kf.says(ann.name, "text", {"content": "慢"})
    await write(ann, kf, "第二句")
    await slow.reached.wait()
    await ann.notify(ann.notice())
    await eventually(lambda: cursors(kf)[-1] == "2")
    slow.go_on.set()
    await desk.gasdesk.settle()
    assert await said(desk, ann) == ["你好", "慢", "第二句"]
    assert cursors(kf) == ["", "1", "2", "1", "2"]
    assert await ann.dealt_with()


@pytest.mark.parametrize(("page", "places"), [(2, ["4"]), (60, ["61", "62"])])
async def test_the_cursor_is_written_at_a_pause_or_after_many(
    ann: KfCustomer, kf: FakeKf, desk: Desk, slow: Slow, monkeypatch: pytest.MonkeyPatch, page: int, places: list[str]
) -> None:
    """What was dealt with and not passed yet has to be known again after a crash."""
    await ann.says("你好")
    written, move = list[str](), Intake._move

    async def watched(self: Intake, name: str, before: State, after: State) -> State:
        written.append(after["cursor"].removeprefix(f"{KF[:12]}_"))
        return await move(self, name, before, after)

    monkeypatch.setattr(Intake, "_move", watched)
    for number in range(1, page):
        kf.says(ann.name, "text", {"content": f"第{number}句"})
    await write(ann, kf, "慢")
    await slow.reached.wait()
    await write(ann, kf, "最后一句")
    await eventually(lambda: cursors(kf)[-1] == str(page + 1))
    slow.go_on.set()
    await desk.gasdesk.settle()
    assert written == places
    assert await ann.dealt_with()
