"""From a notice to the stored message, whatever breaks on the way."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bot.adapters.sql.channel_state import SqlChannelState
from bot.channel import Incoming
from bot.channels.wechat_kf.happenings import Happenings
from bot.channels.wechat_kf.intake import AT_ONCE, state_name
from bot.conversation.take_in import TakeIn
from bot.domain.conversations import Kind, Message
from tests.flows.desk import Desk
from tests.flows.talk import history
from tests.wechat_kf.customer import KfCustomer
from tests.wechat_kf.fake_kf import KF, WITHOUT_TOKEN, FakeKf
from tests.wechat_kf.talk import begin, said


@pytest.fixture
def rows_url(database_url: str) -> str:
    """The cursor and what it moved over are rows."""
    return database_url


async def test_pages_are_followed_to_the_end(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    kf.page = 2
    for number in range(7):
        kf.says(ann.name, "text", {"content": f"第{number}句"})
    await ann.tell()
    assert await said(desk, ann) == [f"第{number}句" for number in range(7)]
    assert len(kf.fetches) == 4
    assert await ann.dealt_with()


async def test_a_page_may_be_empty_and_not_the_last(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    """企业微信 says so: go on as long as has_more says so, whatever msg_list holds."""
    kf.empty_pages = 1
    await ann.says("你好")
    assert await said(desk, ann) == ["你好"]


async def test_a_cursor_that_stands_still_is_not_followed_for_ever(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    await ann.says("你好")
    kf.empty_pages = 3
    await ann.says("还在吗")
    assert len(kf.fetches) == 2
    await desk.wait(60)
    assert await said(desk, ann) == ["你好", "还在吗"]


async def test_what_came_while_gasdesk_was_down_is_fetched_at_the_start(
    ann: KfCustomer, kf: FakeKf, desk: Desk, start: Callable[[], Desk]
) -> None:
    await ann.says("第一句")
    await desk.gasdesk.settle()
    kf.says(ann.name, "text", {"content": "第二句"})
    again = start()
    await begin(again)
    await again.gasdesk.settle()
    assert await said(again, ann) == ["第一句", "第二句"]
    assert [cursor.rpartition("_")[2] for cursor, _ in kf.fetches] == ["", "1"], "from where it had come to"
    await again.gasdesk.close()


async def test_a_message_whose_notice_was_lost_is_found_by_the_clock(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    await begin(desk)
    await desk.gasdesk.settle()
    kf.says(ann.name, "text", {"content": "我家漏气了"})
    await desk.wait(59)
    assert not kf.sent
    await desk.wait(2)
    assert (await history(desk, ann))[1].kind is Kind.SAFETY
    assert ann.got


async def test_the_clock_asks_no_more_often_than_is_allowed(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    await begin(desk)
    await desk.wait(600)
    assert 10 <= len(kf.fetches) <= 600 / 60 * WITHOUT_TOKEN
    assert len(kf.fetches) == kf.calls.count("kf/sync_msg"), "none was refused"


async def test_a_refused_fetch_is_tried_again_later(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    kf.fail("kf/sync_msg", -1, "502", 45009)
    await ann.says("你好")
    assert not await said(desk, ann)
    await desk.wait(120)
    assert await said(desk, ann) == ["你好"]


async def test_the_cursor_stays_before_what_was_not_stored(
    ann: KfCustomer, kf: FakeKf, desk: Desk, start: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the fetch and the storing, or between the storing and the cursor: the page comes again."""
    await ann.says("第一句")
    before = await SqlChannelState(desk.gasdesk.stores.database).get(state_name(KF))
    reached, deal_with = asyncio.Event(), Happenings.__call__

    async def killed(self: Happenings, raw: Mapping[str, Any]) -> None:
        if raw["msgid"] == "msg-3":
            reached.set()
            raise asyncio.CancelledError
        await deal_with(self, raw)

    with monkeypatch.context() as trouble:
        trouble.setattr(Happenings, "__call__", killed)
        kf.says(ann.name, "text", {"content": "第二句"}, "msg-2")
        kf.says(ann.name, "text", {"content": "第三句"}, "msg-3")
        await ann.notify(ann.notice())
        await reached.wait()
        assert await SqlChannelState(desk.gasdesk.stores.database).get(state_name(KF)) == before
    again = start()
    await begin(again)
    await again.gasdesk.settle()
    assert await said(again, ann) == ["第一句", "第二句", "第三句"]
    await again.gasdesk.close()


async def test_one_who_cannot_be_stored_holds_up_nobody_else(
    ann: KfCustomer, kf: FakeKf, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in = TakeIn.__call__

    async def but_not_bob(self: TakeIn, incoming: Incoming) -> Message:
        if "wmBob" in incoming.contact.id:
            raise ConnectionError("not this one")
        return await take_in(self, incoming)

    bob = KfCustomer(desk.gasdesk, kf, "wmBob")
    with monkeypatch.context() as trouble:
        trouble.setattr(TakeIn, "__call__", but_not_bob)
        kf.says(bob.name, "text", {"content": "第一句"})
        kf.says(ann.name, "text", {"content": "你好"})
        kf.says(bob.name, "text", {"content": "我家煤气漏了"})
        await ann.tell()
        assert (await said(desk, ann), await said(desk, bob)) == (["你好"], [])
        assert len(bob.got) == 1, "what to do, though his report has to wait behind what he said first"
    await desk.wait(61)
    assert await said(desk, bob) == ["第一句", "我家煤气漏了"]
    await bob.aclose()


async def test_a_page_is_stored_in_the_order_of_each_customer(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    others = [KfCustomer(desk.gasdesk, kf, f"wm{number}") for number in range(AT_ONCE + 3)]
    for line in ("第一句", "第二句", "第三句"):
        for who in (ann, *others):
            kf.says(who.name, "text", {"content": line})
    await ann.tell()
    for who in (ann, *others):
        assert await said(desk, who) == ["第一句", "第二句", "第三句"]
    assert await ann.dealt_with()
    for who in others:
        await who.aclose()


async def test_on_the_first_day_the_days_before_are_left_alone(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    """企业微信 tells three days back; whoever wrote then has had his answer elsewhere."""
    kf.page = 1
    kf.says(ann.name, "text", {"content": "昨天的问题"})
    desk.clock.advance(86_400)
    kf.says(ann.name, "text", {"content": "刚才的问题"})
    desk.clock.advance(300)
    await ann.tell()
    assert await said(desk, ann) == ["刚才的问题"]


async def test_after_an_outage_of_a_day_all_is_taken_in(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    await ann.says("第一天")
    kf.says(ann.name, "text", {"content": "停机时的问题"})
    desk.clock.advance(86_400)
    await ann.tell()
    assert await said(desk, ann) == ["第一天", "停机时的问题"]


async def test_notices_that_come_at_once_make_one_more_round(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    kf.says(ann.name, "text", {"content": "你好"})
    await asyncio.gather(*(ann.notify(ann.notice()) for _ in range(20)))
    await desk.gasdesk.settle()
    assert await said(desk, ann) == ["你好"]
    assert len(kf.fetches) <= 3


async def lost(*_: object) -> None:
    raise ConnectionError("the database is gone")


@pytest.mark.parametrize(
    "broken",
    [
        "bot.adapters.sql.work_store.WorkStore.store",
        "bot.adapters.sql.channel_state.SqlChannelState.get",
        "bot.adapters.sql.channel_state.SqlChannelState.change_within",
    ],
)
async def test_who_reports_danger_is_told_what_to_do_though_nothing_can_be_stored(
    ann: KfCustomer, desk: Desk, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    await ann.says("你好")
    with monkeypatch.context() as trouble:
        trouble.setattr(broken, lost)
        for text in ("厨房漏气了", "在吗"):
            desk.clock.advance(1)
            await ann.says(text)
        assert len(ann.got) == 2, "once, and nothing about the other"
        assert "室外" in ann.got[1]
        assert await said(desk, ann) == ["你好"]
    await desk.wait(61)
    assert await said(desk, ann) == ["你好", "厨房漏气了", "在吗"]
    assert any(message.kind is Kind.SAFETY for message in await history(desk, ann))


async def test_what_is_stored_is_told_once_though_the_cursor_cannot_move(
    ann: KfCustomer, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ann.says("你好")
    with monkeypatch.context() as trouble:
        trouble.setattr("bot.channels.wechat_kf.intake.Intake._move", lost)
        for text in ("厨房漏气了", "在吗"):
            desk.clock.advance(1)
            await ann.says(text)
    await desk.wait(61)
    assert await said(desk, ann) == ["你好", "厨房漏气了", "在吗"]
    assert sum("请马上照做" in text for text in ann.got) == 1
    assert await ann.dealt_with()
