"""How often, how long and in whose session may be answered, and what agents are told of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.channels.wechat.closing import WINDOW_CLOSES
from bot.domain.conversations import Delivery, Speaker
from bot.domain.events import ReplyLimited
from bot.domain.transitions import closed
from tests.flows.desk import Desk
from tests.flows.office import PERSON
from tests.flows.talk import history, post, timeline
from tests.wechat_kf.customer import KfCustomer
from tests.wechat_kf.fake_kf import KF, FakeKf
from tests.wechat_kf.talk import agent


@pytest.fixture
def rows_url(database_url: str) -> str:
    """The cursor and what it moved over are rows."""
    return database_url


async def test_the_agent_is_told_of_the_last_message_and_the_rest_waits(
    ann: KfCustomer, kf: FakeKf, desk: Desk
) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await ann.says("转人工")
    for number in range(8):
        desk.clock.advance(1)
        await post(desk, ann, agent(f"第{number}句"))
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
    await post(desk, ann, agent("您好"))
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
    await post(desk, ann, agent("您好"))
    assert (await history(desk, ann))[-1].delivery is Delivery.FAILED
    assert kf.calls.count("kf/send_msg") == 2, "the answers; what surely fails is not tried"


async def test_who_asks_to_be_linked_first_of_all_gets_his_code(ann: KfCustomer, kf: FakeKf) -> None:
    """Answered out of turn, and sent at once: that he wrote is stored with what he wrote."""
    await ann.says("绑定")
    assert "验证码" in ann.got[-1]
    assert kf.customers[ann.name].left == 4


async def test_a_session_that_somebody_took_in_wecom_waits_for_the_customer(
    ann: KfCustomer, kf: FakeKf, desk: Desk
) -> None:
    await ann.says("你好")
    kf.answered_in_wecom(ann.name, "我来回答")
    for text in ("您好", "还有"):
        desk.clock.advance(1)
        await post(desk, ann, agent(text))
    assert ann.got == ["您说的是：你好"]
    assert sum("接待" in note for note in await timeline(desk, ann)) == 1
    kf.customers[ann.name].state = 4
    desk.clock.advance(1)
    await ann.says("谢谢")
    assert ann.got[1:3] == ["您好", "还有"]


async def test_a_message_that_comes_back_is_marked_and_told(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    await ann.says("你好")
    desk.clock.advance(1)
    await post(desk, ann, agent("您好"), agent("请问户号是多少？"))
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
    await post(again, ann, agent("还有一句"))
    assert ann.got == ["您说的是：你好", "您好\n\n请问户号是多少？", "还有一句"]
    await again.gasdesk.close()


# --- the end of the 48 hours ------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("hours", [40, 47, 60])
async def test_who_writes_again_has_two_days_again(ann: KfCustomer, desk: Desk, hours: int) -> None:
    """Before the warning, after it, and when all is over."""
    await waits_for_a_person(desk, ann)
    before = len(await pass_hours(desk, ann, hours))
    await ann.says("还在吗")
    assert len(await pass_hours(desk, ann, 45)) == before
    assert len(await pass_hours(desk, ann, 2)) == before + 1


async def pass_hours(desk: Desk, ann: KfCustomer, hours: int) -> list[str]:
    """Let the timers of the end fire as they fall due; what the agent was told of it so far."""
    for _ in range(hours):
        desk.clock.advance(timedelta(hours=1).total_seconds())
        for timer in await desk.gasdesk.stores.timers.due(desk.clock.now(), 99, {WINDOW_CLOSES}):
            await desk.gasdesk.core.timers._others[WINDOW_CLOSES](timer)
    return closings(await timeline(desk, ann))


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
        await post(desk, ann, agent(f"第{number}句"))
    assert published[:1] == ["微信只允许再发1条消息，用户再次来消息后恢复"]


def told(desk: Desk) -> list[str]:
    """What is shown on the agent's desk from now on."""
    texts: list[str] = []

    def show(event: ReplyLimited) -> None:
        texts.append(event.text)

    desk.gasdesk.reactions.add({ReplyLimited: [show]})
    return texts
