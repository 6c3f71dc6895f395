"""A leak reaches somebody (domain 5): the crew goes though nobody answers, and the desks are alarmed."""

from datetime import timedelta

import pytest

from bot.desk.permission import NotAllowed
from bot.domain.conversations import EmergencyStep, Kind, Owner, Priority
from bot.domain.emergencies import EmergencyKind
from bot.domain.events import EmergencyAccepted, EmergencyRaised, EmergencyUndispatched, Event
from bot.domain.staff import Presence, Role
from bot.domain.work_orders import Handling, OrderType
from bot.ports import AssistantAnswer, Bubble
from bot.testing import START
from tests.flows.desk import Desk
from tests.flows.leaks import ADDRESS, after, emergency, is_read_back, orders, safety, taken

PERSON = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))


# --- nobody answers --------------------------------------------------------------------------------------------------


async def test_silence_after_the_read_back_sends_the_crew_all_the_same(desk: Desk, alarms: list[Event]) -> None:
    await desk.write("我家漏气了")
    await desk.wait(20)
    await desk.write(ADDRESS)
    await desk.wait(59.9)
    assert await orders(desk) == []
    await desk.wait(0.1)
    (filed,) = await orders(desk)
    assert (filed.address, filed.summary) == (ADDRESS, "险情：室内泄漏（地址未经用户确认）")
    assert filed.dispatched_at == START + timedelta(seconds=80)
    assert filed.number in desk.heard()[-1]
    assert "没有收到您的确认" in desk.heard()[-1]
    named = alarms[-1]
    assert isinstance(named, EmergencyUndispatched)
    assert named.conversation.emergency is not None
    assert named.conversation.emergency.order_number == filed.number
    await desk.wait(600)
    assert len(await orders(desk)) == 1


async def test_a_named_compound_is_reason_enough_to_send_somebody(desk: Desk) -> None:
    await desk.write("我家漏气了")
    await desk.write("幸福小区")
    await desk.wait(60)
    assert [(order.address, "未经用户确认" in order.summary) for order in await orders(desk)] == [("幸福小区", True)]


async def test_a_storey_alone_sends_nobody(desk: Desk) -> None:
    """Nobody can go to "三楼"."""
    await desk.write("我家漏气了")
    (question,) = await after(desk, "我在三楼")
    assert question.text == desk.company.emergency_scripts.ask_address_again
    await desk.wait(120)
    assert await orders(desk) == []
    (read_back,) = await after(desk, "幸福小区5号楼")
    assert is_read_back(read_back, "幸福小区5号楼三楼")


async def test_without_an_address_the_alarm_sounds_every_minute(desk: Desk, alarms: list[Event]) -> None:
    await desk.staff("101")
    await desk.write("我家漏气了")
    await desk.wait(59.9)
    assert [type(event) for event in alarms] == [EmergencyRaised]
    await desk.wait(0.1)
    assert [type(event) for event in alarms[1:]] == [EmergencyUndispatched]
    assert (await emergency(desk)).overdue_alarms == 1
    await desk.wait(120)
    assert [type(event) for event in alarms[1:]] == [EmergencyUndispatched] * 3
    assert await orders(desk) == []


async def test_alarms_missed_while_gasdesk_was_down_sound_once(desk: Desk, alarms: list[Event]) -> None:
    await desk.write("我家漏气了")
    await desk.sleep_through(330)
    assert [type(event) for event in alarms[1:]] == [EmergencyUndispatched]
    await desk.wait(30)
    assert len(alarms) == 3, "the next at its usual time, six minutes after the report"


async def test_the_customer_may_correct_the_address_after_the_crew_was_sent(desk: Desk) -> None:
    """The message that told him so promised it."""
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    await desk.wait(60)
    (read_back,) = await after(desk, "地址不对，是4号楼")
    assert is_read_back(read_back, "幸福小区4号楼2单元501")
    await desk.write("对")
    first, second = await orders(desk)
    assert (second.address, second.summary) == (
        "幸福小区4号楼2单元501",
        f"险情：室内泄漏（补充工单 {first.number}）",
    )


@pytest.mark.parametrize("said", ["喂 是西门不是东门 你让他们去西门嘛", "阳光花园西门"])
async def test_another_side_of_the_place_is_a_correction_too(desk: Desk, said: str) -> None:
    await desk.write("挖机把路边燃气管挖断了，呼呼响")
    await desk.write("就在阳光花园东门口")
    await desk.write("对")
    (read_back,) = await after(desk, said)
    assert is_read_back(read_back, "阳光花园西门")
    await desk.write("对")
    assert [order.address for order in await orders(desk)] == ["阳光花园东门口", "阳光花园西门"]


@pytest.mark.parametrize("said", ["阳光花园西门", "喂 是西门不是东门", "对头对头 快点嘛"])
async def test_an_address_said_again_is_confirmed(desk: Desk, said: str) -> None:
    await desk.write("挖机把路边燃气管挖断了，呼呼响")
    await desk.write("就在阳光花园西门")
    await desk.write(said)
    assert [order.address for order in await orders(desk)] == ["阳光花园西门"]


async def test_where_the_customer_waits_is_no_correction(desk: Desk) -> None:
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    await desk.write("对")
    await desk.write("我在5号楼门口等你们")
    await desk.wait(120)
    assert [order.address for order in await orders(desk)] == [ADDRESS]


# --- the alarm -------------------------------------------------------------------------------------------------------


async def test_the_first_to_accept_has_it_and_the_second_learns_who(desk: Desk, alarms: list[Event]) -> None:
    await desk.staff("101")
    await desk.staff("102")
    await desk.write("我家漏气了")
    assert (await emergency(desk)).alarming, "to be given it is not to accept it"
    await taken(desk, "102")
    assert await desk.owner() == (Owner.AGENT, "102")
    with pytest.raises(NotAllowed, match="102"):
        await taken(desk, "101")
    assert await desk.owner() == (Owner.AGENT, "102")
    assert [type(event) for event in alarms].count(EmergencyAccepted) == 1
    assert (await taken(desk, "102")).staff_id == "102", "a second click changes nothing"
    greeting = desk.company.fill(desk.company.emergency_scripts.greeting, staff_id="102")
    assert desk.heard(kind=Kind.GREETING) == [greeting]


async def test_taking_it_from_the_queue_is_accepting_it(desk: Desk) -> None:
    await desk.staff("101")
    await desk.presence("101", Presence.BUSY)
    await desk.write("我家漏气了")
    assert (await desk.owner())[0] is Owner.QUEUE
    conversation = await desk.conversation()
    await desk.gasdesk.core.acts.take(conversation.id, await desk.member("101"))
    assert (await emergency(desk)).accepted_by == "101"


async def test_an_undispatched_one_keeps_alarming_although_accepted(desk: Desk, alarms: list[Event]) -> None:
    await desk.staff("101")
    await desk.write("我家漏气了")
    await taken(desk, "101")
    await desk.wait(60)
    assert isinstance(alarms[-1], EmergencyUndispatched)


async def test_a_confirmed_address_is_dispatched_whoever_has_the_conversation(desk: Desk) -> None:
    await desk.staff("101")
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    await taken(desk, "101")
    await desk.write("对")
    assert [(order.address, order.owner) for order in await orders(desk)] == [(ADDRESS, "101")]


async def test_the_agent_dispatches(desk: Desk) -> None:
    await desk.staff("101")
    await desk.write("我家漏气了")
    conversation = await desk.conversation()
    acts, agent = desk.gasdesk.core.emergency_acts, await desk.member("101")
    order = await acts.dispatch(conversation.id, agent, ADDRESS, EmergencyKind.OUTDOOR_LEAK)
    await desk.gasdesk.settle()
    assert (order.type, order.handling) == (OrderType.OUTDOOR_EMERGENCY, Handling.BY_DESK)
    assert order.number in desk.heard()[-1]
    with pytest.raises(NotAllowed, match=order.number):
        await acts.dispatch(conversation.id, agent, ADDRESS, EmergencyKind.OUTDOOR_LEAK)
    await desk.wait(600)
    assert len(await orders(desk)) == 1


async def test_the_agent_sends_the_crew_on_when_the_unconfirmed_address_was_wrong(desk: Desk) -> None:
    await desk.staff("101")
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    await desk.wait(60)
    conversation = await desk.conversation()
    other = "幸福小区4号楼2单元501"
    await desk.gasdesk.core.emergency_acts.dispatch(conversation.id, await desk.member("101"), other, None)
    assert [order.address for order in await orders(desk)] == [ADDRESS, other]


async def test_a_false_alarm_is_dismissed_by_a_person(desk: Desk, alarms: list[Event]) -> None:
    await desk.staff("101")
    await desk.write("我家漏气了")
    conversation = await desk.conversation()
    acts = desk.gasdesk.core.emergency_acts
    dismissed = await acts.dismiss(conversation.id, await desk.member("101"), "用户点错了")
    await desk.gasdesk.settle()
    assert dismissed.emergency is not None
    assert (dismissed.emergency.step, dismissed.priority) == (EmergencyStep.DISMISSED, Priority.NORMAL)
    before = len(alarms)
    await desk.wait(600)
    assert len(alarms) == before, "no alarm any more"
    assert (await after(desk, "又漏气了"))[0].text == safety(desk), "a new report is a new emergency"


async def test_it_goes_before_the_ordinary_queue_and_above_capacity(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101", capacity=1)
    for who in ("bob", "cleo"):
        await desk.write("转人工", who)
    assert await desk.owner("cleo") == (Owner.QUEUE, None)
    await desk.write("我家漏气了")
    assert await desk.owner() == (Owner.AGENT, "101")
    assert await desk.owner("cleo") == (Owner.QUEUE, None)


async def test_with_everybody_busy_it_heads_the_queue(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101")
    await desk.presence("101", Presence.BUSY)
    await desk.write("转人工", "bob")
    await desk.wait(30)
    await desk.write("我家漏气了")
    waiting = await desk.gasdesk.stores.inbox.waiting()
    assert [c.contact_id for c in waiting] == ["test:ann", "test:bob"]


async def test_an_agent_who_lets_it_lapse_does_not_get_it_again(desk: Desk) -> None:
    for staff_id in ("101", "102"):
        await desk.staff(staff_id)
    await desk.staff("201", Role.LEAD)
    await desk.write("我家漏气了")
    first = (await desk.owner())[1]
    await desk.wait(120)
    second = (await desk.owner())[1]
    assert {first, second} == {"101", "102"}
    await desk.wait(120)
    assert await desk.owner() == (Owner.AGENT, "201")


async def test_what_is_dismissed_has_no_privileges_left(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101", capacity=1)
    await desk.write("我家漏气了")
    conversation, agent = await desk.conversation(), await desk.member("101")
    await desk.gasdesk.core.emergency_acts.dismiss(conversation.id, agent, "用户点错了")
    await desk.write("转人工", "bob")
    await desk.gasdesk.core.acts.transfer(conversation.id, agent, "queue", "")
    await desk.gasdesk.settle()
    loads = (await desk.member("101")).load
    assert loads == 1, "not above the agent's capacity"
