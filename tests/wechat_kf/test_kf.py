"""What customers and agents of 微信客服 notice, from the notice to the answer."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.adapters.sql.channel_state import SqlChannelState
from bot.channels.wechat.closing import WINDOW_CLOSES
from bot.channels.wechat_kf.intake import state_name
from bot.domain.conversations import AttachmentKind, Button, Delivery, Draft, Kind, Message, Speaker
from bot.domain.events import ReplyLimited
from bot.domain.transitions import closed
from bot.ports import AssistantAnswer, Bubble
from tests.flows.desk import Desk
from tests.flows.office import PERSON
from tests.wechat_kf.conftest import stop
from tests.wechat_kf.customer import KfCustomer
from tests.wechat_kf.fake_kf import KF, WITHOUT_TOKEN, FakeKf


async def history(desk: Desk, ann: KfCustomer) -> list[Message]:
    return await desk.gasdesk.stores.transcripts.history(ann.contact_id, 0)


async def said(desk: Desk, ann: KfCustomer) -> list[str]:
    return [m.text for m in await history(desk, ann) if m.speaker is Speaker.CUSTOMER]


async def timeline(desk: Desk, ann: KfCustomer) -> list[str]:
    conversation = await desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
    assert conversation
    return [fact.text for fact in await desk.gasdesk.stores.transcripts.facts(conversation.id)]


async def tell(desk: Desk, ann: KfCustomer, *drafts: Draft) -> None:
    conversation = await desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
    assert conversation
    async with desk.gasdesk.stores.conversations.open(conversation.id) as work:
        for draft in drafts:
            work.post(draft)
    await desk.gasdesk.settle()


def agent(text: str) -> Draft:
    return Draft(Speaker.AGENT, Kind.ANSWER, text, staff_id="101")


# --- fetching --------------------------------------------------------------------------------------------------------


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


async def begin(desk: Desk) -> None:
    """What gasdesk does for 微信客服 when it starts."""
    joined = desk.gasdesk.house.rooms["wechat_kf"].joined
    assert joined is not None
    await joined.loops["wechat kf start"]()


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
    await stop(again)


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


async def test_the_cursor_stays_with_what_was_not_stored(
    ann: KfCustomer, kf: FakeKf, desk: Desk, start: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the fetch and the storing: the new cursor and what it moved over are one row."""

    reached = asyncio.Event()

    async def killed(*_: object) -> None:
        reached.set()
        raise asyncio.CancelledError

    kept = SqlChannelState(desk.gasdesk.stores.database)
    with monkeypatch.context() as trouble:
        trouble.setattr("bot.channels.wechat_kf.happenings.Happenings.__call__", killed)
        kf.says(ann.name, "text", {"content": "你好"}, "msg-1")
        await ann.notify(ann.notice())
        await reached.wait()
        state = await kept.get(state_name(KF))
        assert state
        assert [item["msgid"] for item in state["waiting"]] == ["msg-1"]
    again = start()
    kf.streams[KF].items.clear()
    kf.streams[KF].items.append({"msgid": "gone", "send_time": 0, "msgtype": "event", "event": {"event_type": "x"}})
    await begin(again)
    await again.gasdesk.settle()
    assert await said(again, ann) == ["你好"], "nothing is left of it on the other side"
    await stop(again)


async def test_one_who_cannot_be_stored_holds_up_nobody_else(
    ann: KfCustomer, kf: FakeKf, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal_with = type(desk.gasdesk.core.take_in).__call__

    async def but_not_bob(self: object, incoming: object) -> object:
        if "wmBob" in incoming.contact.id:  # type: ignore[attr-defined]
            raise ConnectionError("not this one")
        return await deal_with(self, incoming)  # type: ignore[arg-type]

    bob = KfCustomer(desk.gasdesk, kf, "wmBob")
    with monkeypatch.context() as trouble:
        trouble.setattr(type(desk.gasdesk.core.take_in), "__call__", but_not_bob)
        kf.says(bob.name, "text", {"content": "第一句"})
        kf.says(ann.name, "text", {"content": "你好"})
        kf.says(bob.name, "text", {"content": "第二句"})
        await ann.tell()
        assert (await said(desk, ann), await said(desk, bob)) == (["你好"], [])
    await desk.wait(61)
    assert await said(desk, bob) == ["第一句", "第二句"]
    await bob.aclose()


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


# --- what customers send ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "body", "attachment", "words"),
    [
        ("image", {"media_id": "pic-1"}, AttachmentKind.IMAGE, "图片"),
        ("voice", {"media_id": "voice-1"}, AttachmentKind.VOICE, "语音"),
        ("video", {"media_id": "v-1"}, AttachmentKind.VIDEO, "文件"),
        ("file", {"media_id": "f-1"}, AttachmentKind.FILE, "文件"),
        ("business_card", {"userid": "zhangsan"}, AttachmentKind.OTHER, "看不懂"),
        ("merged_msg", {"title": "聊天记录"}, AttachmentKind.OTHER, "看不懂"),
    ],
)
async def test_what_is_no_text_is_kept_and_answered(
    ann: KfCustomer, desk: Desk, kind: str, body: dict[str, str], attachment: AttachmentKind, words: str
) -> None:
    await ann.sends(kind, body)
    (message, *_) = await history(desk, ann)
    assert message.attachment
    assert message.attachment.kind is attachment
    assert message.attachment.reference == body.get("media_id", "")
    assert words in ann.got[0]
    assert not desk.assistant.asked


async def test_a_place_is_an_address_and_a_link_is_text(ann: KfCustomer, desk: Desk) -> None:
    place = {"latitude": 31.2304, "longitude": 121.4737, "name": "幸福小区", "address": "解放路1号"}
    await ann.sends("location", place)
    await ann.sends("link", {"title": "气价", "desc": "公告", "url": "https://example.cn/1", "pic_url": "x"})
    assert await said(desk, ann) == ["解放路1号 幸福小区", "气价\n公告\nhttps://example.cn/1"]
    (message, *_) = await history(desk, ann)
    assert message.attachment
    assert message.attachment.label == "［定位 北纬31.23040 东经121.47370］"


async def test_a_tapped_item_means_its_button(ann: KfCustomer, desk: Desk) -> None:
    buttons = tuple(Button(f"选项{n}", f"/inform{n}") for n in range(12))
    desk.assistant.answers["办业务"] = AssistantAnswer(bubbles=(Bubble("请选择", buttons),))
    await ann.says("办业务")
    assert ann.got[0].startswith("请选择\n· 选项10\n· 选项11\n[2-0:选项0]")
    await ann.says("选项3", menu_id="2-3")
    await ann.says("选项3", menu_id="not-ours")
    assert (await said(desk, ann))[1:] == ["/inform3", "选项3"]


async def test_who_comes_in_is_welcomed_once_and_within_twenty_seconds(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    kf.enters(ann.name)
    await ann.tell()
    assert len(ann.got) == 1
    assert "欢迎" in ann.got[0]
    assert not await history(desk, ann), "nothing was asked"
    kf.enters(ann.name)
    desk.clock.advance(21)
    await ann.tell()
    assert len(ann.got) == 1
    assert kf.calls.count("kf/send_msg_on_event") == 1, "an old code is not tried"


async def test_what_somebody_writes_in_wecom_is_not_the_customers(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    await ann.says("你好")
    kf.answered_in_wecom(ann.name, "我来回答")
    await ann.tell()
    assert await said(desk, ann) == ["你好"]


async def test_a_recalled_message_and_a_taken_session_are_told(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    await ann.says("说错了", "msg-1")
    kf.event(KF, "user_recall_msg", external_userid=ann.name, recall_msgid="msg-1")
    kf.event(KF, "session_status_change", external_userid=ann.name, change_type=1, new_servicer_userid="zhangsan")
    kf.event(KF, "servicer_status_change", servicer_userid="zhangsan", status=1)
    await ann.tell()
    notes = await timeline(desk, ann)
    assert any("撤回了第 1 条" in note for note in notes)
    assert any("接待人员" in note for note in notes)
    assert await ann.dealt_with()


@pytest.mark.parametrize("strange", [{"msgtype": "text"}, {"msgid": "x", "msgtype": "event"}, {"event": "text"}])
async def test_an_item_that_makes_no_sense_is_passed_over(
    ann: KfCustomer, kf: FakeKf, desk: Desk, strange: dict[str, str]
) -> None:
    kf.streams[KF].items.append({"send_time": int(desk.clock.now().timestamp()), **strange})
    await ann.says("你好")
    assert await said(desk, ann) == ["你好"]
    assert await ann.dealt_with()


# --- quota, window, states -------------------------------------------------------------------------------------------


async def test_the_agent_is_told_of_the_last_message_and_the_rest_waits(
    ann: KfCustomer, kf: FakeKf, desk: Desk
) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await ann.says("转人工")
    for number in range(8):
        desk.clock.advance(1)
        await tell(desk, ann, agent(f"第{number}句"))
    assert kf.customers[ann.name].left == 0
    assert kf.calls.count("kf/send_msg") == 5, "what surely fails is not tried"
    notes = await timeline(desk, ann)
    assert any("再发1条" in note for note in notes)
    assert sum("已用完" in note for note in notes) == 1
    desk.clock.advance(1)
    await ann.says("还在吗")
    assert [text for text in ann.got if text.startswith("第")] == [f"第{number}句" for number in range(8)]


async def test_after_two_days_the_agent_is_told_that_it_cannot_arrive(ann: KfCustomer, desk: Desk) -> None:
    await ann.says("你好")
    desk.clock.advance(timedelta(hours=49).total_seconds())
    await tell(desk, ann, agent("您好"))
    assert (await history(desk, ann))[-1].delivery is Delivery.FAILED
    assert any("不再允许发送" in note for note in await timeline(desk, ann))


async def test_the_window_counts_from_when_he_wrote_not_from_when_it_was_fetched(
    ann: KfCustomer, kf: FakeKf, desk: Desk
) -> None:
    await ann.says("你好")
    kf.says(ann.name, "text", {"content": "停机前的问题"})
    desk.clock.advance(timedelta(hours=47).total_seconds())
    await ann.tell()
    desk.clock.advance(timedelta(hours=2).total_seconds())
    await tell(desk, ann, agent("您好"))
    assert (await history(desk, ann))[-1].delivery is Delivery.FAILED
    assert kf.calls.count("kf/send_msg") == 2, "the answers; what surely fails is not tried"


async def test_a_session_that_somebody_took_in_wecom_waits_for_the_customer(
    ann: KfCustomer, kf: FakeKf, desk: Desk
) -> None:
    await ann.says("你好")
    kf.answered_in_wecom(ann.name, "我来回答")
    for text in ("您好", "还有"):
        desk.clock.advance(1)
        await tell(desk, ann, agent(text))
    assert ann.got == ["您说的是：你好"]
    assert sum("接待" in note for note in await timeline(desk, ann)) == 1
    kf.customers[ann.name].state = 4
    desk.clock.advance(1)
    await ann.says("谢谢")
    assert ann.got[1:3] == ["您好", "还有"]


async def test_a_message_that_comes_back_is_marked_and_told(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    await ann.says("你好")
    desk.clock.advance(1)
    await tell(desk, ann, agent("您好"), agent("请问户号是多少？"))
    (_, msgid, message) = kf.sent[-1]
    assert message["text"]["content"] == "您好\n\n请问户号是多少？"
    for _ in range(2):
        kf.event(KF, "msg_send_fail", external_userid=ann.name, fail_msgid=msgid, fail_type=10)
    await ann.tell()
    states = [m.delivery for m in await history(desk, ann) if m.speaker is not Speaker.CUSTOMER]
    assert states == [Delivery.SENT, Delivery.FAILED, Delivery.FAILED]
    assert [note for note in await timeline(desk, ann) if "拒收" in note] == [
        "第 3 条消息无法送达：用户拒收",
        "第 4 条消息无法送达：用户拒收",
    ]


async def test_another_replica_sends_the_same_message_under_the_same_number(
    ann: KfCustomer, kf: FakeKf, desk: Desk, start: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent and crashed before it was marked: after the restart it goes out again, and arrives once."""

    async def unmarked(*_: object) -> bool:
        return True

    await ann.says("你好")
    desk.clock.advance(1)
    with monkeypatch.context() as crash:
        crash.setattr("bot.conversation.delivery_marks.DeliveryMarks.flush", unmarked)
        conversation = await desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
        assert conversation
        async with desk.gasdesk.stores.conversations.open(conversation.id) as work:
            work.post(agent("您好"))
            work.post(agent("请问户号是多少？"))
        await desk.gasdesk.reactions.settle()
        await desk.gasdesk.core.outbox.settle()
    again = start()
    again.clock.advance(60)  # the dead one is known to be dead
    await again.gasdesk.core.outbox.deliver_left_over()
    await again.gasdesk.settle()
    await tell(again, ann, agent("还有一句"))
    assert ann.got == ["您说的是：你好", "您好\n\n请问户号是多少？", "还有一句"]
    await stop(again)


# --- the end of the 48 hours -----------------------------------------------------------------------------------------


async def waits_for_a_person(desk: Desk, ann: KfCustomer) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101")
    await ann.says("转人工")


def closings(notes: list[str]) -> list[str]:
    return [note for note in notes if "之前给这位用户发消息" in note]


async def test_the_agent_is_warned_two_hours_before_the_end_and_once(ann: KfCustomer, desk: Desk) -> None:
    await waits_for_a_person(desk, ann)
    conversation = await desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
    assert conversation
    due = await desk.gasdesk.stores.timers.due(desk.clock.now() + timedelta(days=9), 99, {WINDOW_CLOSES})
    assert [timer.due_at - desk.clock.now() for timer in due] == [timedelta(hours=46)]
    desk.clock.advance(timedelta(hours=46).total_seconds() - 1)
    assert not closings(await timeline(desk, ann))
    desk.clock.advance(2)
    published = told(desk)
    for _ in range(2):  # two replicas saw the timer due
        await desk.gasdesk.core.timers._others[WINDOW_CLOSES](due[0])
    await desk.gasdesk.reactions.settle()
    (note,) = closings(await timeline(desk, ann))
    assert "1月7日10:00" in note, "START is Monday the 5th, ten in the morning"
    assert published == [note]
    assert not await desk.gasdesk.stores.timers.due(desk.clock.now(), 99, {WINDOW_CLOSES})


async def test_who_writes_again_has_two_days_again(ann: KfCustomer, desk: Desk) -> None:
    await waits_for_a_person(desk, ann)
    desk.clock.advance(timedelta(hours=40).total_seconds())
    await ann.says("还在吗")
    due = await desk.gasdesk.stores.timers.due(desk.clock.now() + timedelta(days=9), 99, {WINDOW_CLOSES})
    assert [timer.due_at - desk.clock.now() for timer in due] == [timedelta(hours=46)]


async def test_nobody_is_warned_of_a_talk_that_is_over(ann: KfCustomer, desk: Desk) -> None:
    await waits_for_a_person(desk, ann)
    conversation = await desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
    assert conversation
    async with desk.gasdesk.stores.conversations.open(conversation.id) as work:
        work.conversation = closed(work.conversation, desk.clock.now())
    (timer,) = await desk.gasdesk.stores.timers.due(desk.clock.now() + timedelta(days=9), 99, {WINDOW_CLOSES})
    desk.clock.advance(timedelta(hours=46).total_seconds())
    await desk.gasdesk.core.timers._others[WINDOW_CLOSES](timer)
    assert not closings(await timeline(desk, ann))
    assert not await desk.gasdesk.stores.timers.due(desk.clock.now(), 99, {WINDOW_CLOSES})


async def test_the_assistants_talks_have_no_such_timer(ann: KfCustomer, desk: Desk) -> None:
    await ann.says("你好")
    assert not await desk.gasdesk.stores.timers.due(desk.clock.now() + timedelta(days=9), 99, {WINDOW_CLOSES})


async def test_the_last_message_is_told_at_once(ann: KfCustomer, desk: Desk) -> None:
    await waits_for_a_person(desk, ann)
    published = told(desk)
    for number in range(4):
        desk.clock.advance(1)
        await tell(desk, ann, agent(f"第{number}句"))
    assert published[:1] == ["微信只允许再发1条消息，用户再次来消息后恢复"]


def told(desk: Desk) -> list[str]:
    """What is shown on the agent's desk from now on."""
    texts: list[str] = []

    def show(event: ReplyLimited) -> None:
        texts.append(event.text)

    desk.gasdesk.reactions.add({ReplyLimited: [show]})
    return texts


# --- danger, and no database -----------------------------------------------------------------------------------------


async def lost(*_: object) -> None:
    raise ConnectionError("the database is gone")


@pytest.mark.parametrize(
    "broken",
    [
        "bot.adapters.sql.work_store.WorkStore.store",
        "bot.adapters.sql.channel_state.SqlChannelState.get",
        "bot.adapters.sql.channel_state.SqlChannelState.change",
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
