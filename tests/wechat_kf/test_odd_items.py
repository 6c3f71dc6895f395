"""What 企业微信 may tell that nobody thinks of: nothing is lost, nothing is told twice, nothing stops the rest."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.channels.wechat_kf.happenings import Happenings
from tests.flows.desk import Desk
from tests.flows.talk import post, timeline
from tests.wechat_kf.customer import KfCustomer
from tests.wechat_kf.fake_kf import KF, FakeKf
from tests.wechat_kf.talk import agent, begin, said


@pytest.mark.parametrize("sent", [None, "soon", 1e20, -1e20, {}])
async def test_an_item_without_a_sensible_time_is_taken_and_stops_nothing(
    ann: KfCustomer, kf: FakeKf, desk: Desk, sent: object
) -> None:
    kf.says(ann.name, "text", {"content": "我家漏气了"})
    kf.streams[KF].items[-1]["send_time"] = sent
    await ann.says("在吗")
    assert await said(desk, ann) == ["我家漏气了", "在吗"]
    assert await ann.dealt_with()


@pytest.mark.parametrize("strange", ["text", None, 7, ["a"]])
async def test_what_is_no_item_stops_nothing(ann: KfCustomer, kf: FakeKf, desk: Desk, strange: Any) -> None:
    kf.streams[KF].items.append(strange)
    await ann.says("你好")
    assert await said(desk, ann) == ["你好"]


async def test_half_characters_are_kept_beside_the_cursor_without_harm(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    await ann.says("漏\u0000气\ud83d了")
    assert await said(desk, ann) == ["漏气了"]


async def test_after_the_first_day_no_item_is_too_old(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    """Our clock is an hour ahead of theirs: what comes in is of an hour ago, as it seems."""
    await ann.says("第一句")
    for text in ("第二句", "我家漏气了"):
        kf.says(ann.name, "text", {"content": text})
        kf.streams[KF].items[-1]["send_time"] -= 3600
        await ann.tell()
    assert await said(desk, ann) == ["第一句", "第二句", "我家漏气了"]


async def test_a_notice_that_comes_late_is_followed_without_its_token(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    notice = ann.notice()
    desk.clock.advance(601)
    kf.says(ann.name, "text", {"content": "你好"})
    await ann.notify(notice)
    await desk.gasdesk.settle()
    assert await said(desk, ann) == ["你好"]


async def test_an_event_that_is_dealt_with_twice_is_told_once(
    ann: KfCustomer, kf: FakeKf, desk: Desk, start: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed when the line was written, before the item left the row."""
    await ann.says("说错了", "msg-1")
    deal_with = Happenings.__call__

    async def killed_behind(self: Happenings, raw: Any) -> None:
        await deal_with(self, raw)
        raise ConnectionError

    with monkeypatch.context() as crash:
        crash.setattr(Happenings, "__call__", killed_behind)
        kf.event(KF, "user_recall_msg", external_userid=ann.name, recall_msgid="msg-1")
        await ann.tell()
    again = start()
    await begin(again)
    await again.gasdesk.settle()
    assert len([note for note in await timeline(again, ann) if "撤回" in note]) == 1
    await again.gasdesk.close()


async def test_a_long_answer_stopped_in_the_middle_goes_on_there_after_a_restart(
    ann: KfCustomer, kf: FakeKf, desk: Desk, start: Callable[[], Desk]
) -> None:
    await ann.says("你好")
    desk.clock.advance(1)
    long = "\n".join(f"第{n}条：请先关闭燃气总阀，再到室外等候，等抢修人员到达。" for n in range(200))
    await post(desk, ann, agent(long))
    begun, calls = len(ann.got), kf.calls.count("kf/send_msg")
    assert kf.customers[ann.name].left == 0
    again = start()
    again.clock.advance(60)  # the one before is known to be gone
    later = KfCustomer(again.gasdesk, kf)
    await later.says("还有吗")
    await again.gasdesk.settle()
    assert "\n".join(ann.got[1:]).startswith(long)
    assert kf.calls.count("kf/send_msg") - calls == len(ann.got) - begun, "nothing is sent again, not even unseen"
    await later.aclose()
    await again.gasdesk.close()
