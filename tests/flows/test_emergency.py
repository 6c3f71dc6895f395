"""A leak comes before everything (domain 5): instruction, address, read-back, dispatch, alarm."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.desk.permission import NotAllowed
from bot.domain.conversations import Conversation, Emergency, EmergencyStep, Kind, Message, Owner, Priority, Speaker
from bot.domain.emergencies import EmergencyKind
from bot.domain.events import EmergencyAccepted, EmergencyRaised, EmergencyUndispatched, Event
from bot.domain.staff import Presence, Role
from bot.domain.work_orders import Handling, OrderState, OrderType, WorkOrder
from bot.ports import AssistantAnswer, Bubble, Contact
from bot.testing import START
from tests.flows.desk import Desk

PERSON = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))
ADDRESS = "幸福小区3号楼2单元501"


@pytest.fixture
def alarms(desk: Desk) -> list[Event]:
    """What reaches the desks about emergencies, in order."""
    heard: list[Event] = []
    publish = desk.gasdesk.reactions.publish

    def listen(happened: Any) -> None:
        heard.extend(e for e in happened if isinstance(e, EmergencyRaised | EmergencyUndispatched | EmergencyAccepted))
        publish(happened)

    desk.gasdesk.stores.conversations._publish = listen
    return heard


async def transcript(desk: Desk, who: str = "ann") -> list[Message]:
    return await desk.gasdesk.stores.transcripts.history(f"test:{who}", 0)


async def after(desk: Desk, text: str, who: str = "ann") -> list[Message]:
    """What was posted in answer to this message, by whomever."""
    message = await desk.write(text, who)
    return [m for m in await transcript(desk, who) if m.seq > message.seq]


async def orders(desk: Desk, who: str = "ann") -> list[WorkOrder]:
    return await desk.gasdesk.stores.casework.orders_of((await desk.conversation(who)).id)


async def emergency(desk: Desk, who: str = "ann") -> Emergency:
    found = (await desk.conversation(who)).emergency
    assert found is not None
    return found


def safety(desk: Desk, kind: EmergencyKind = EmergencyKind.INDOOR_LEAK) -> str:
    return desk.company.safety_instruction(kind)


def is_read_back(message: Message, address: str) -> bool:
    return message.kind is Kind.QUESTION and f"：{address}，" in message.text and len(message.buttons) == 2


# --- the safety instruction is the first thing, whatever else is going on --------------------------------------------


async def test_the_instruction_comes_first_then_the_question(desk: Desk) -> None:
    first, second = await after(desk, "我家漏气了，味道很大")
    assert (first.kind, first.speaker, first.text) == (Kind.SAFETY, Speaker.SYSTEM, safety(desk))
    assert (second.kind, second.text) == (Kind.QUESTION, desk.company.emergency_scripts.ask_address)
    assert [m.text for m in desk.channel.sent["test:ann"]] == [first.text, second.text], "and arrives in this order"
    assert desk.assistant.asked == [], "the assistant is not asked"


KINDS = {
    EmergencyKind.INDOOR_LEAK: ("厨房煤气泄漏", OrderType.INDOOR_LEAK, Handling.TO_REPAIR, "repair"),
    EmergencyKind.CORRIDOR_LEAK: ("楼道里有煤气味", OrderType.INDOOR_LEAK, Handling.TO_REPAIR, "repair"),
    EmergencyKind.OUTDOOR_LEAK: ("马路上燃气管被挖断了", OrderType.OUTDOOR_EMERGENCY, Handling.BY_DESK, "operations"),
    EmergencyKind.CARBON_MONOXIDE: ("我妈煤气中毒晕倒了", OrderType.INDOOR_LEAK, Handling.TO_REPAIR, "repair"),
    EmergencyKind.FIRE: ("煤气罐着火了", OrderType.INDOOR_LEAK, Handling.TO_OPERATIONS, "operations"),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_has_its_instruction_and_its_order(desk: Desk, kind: EmergencyKind) -> None:
    report, order_type, handling, unit = KINDS[kind]
    assert (await after(desk, report))[0].text == safety(desk, kind)
    assert (await emergency(desk)).kind is kind
    await desk.write(ADDRESS)
    told = (await after(desk, "对"))[0]
    filed = (await orders(desk))[0]
    assert (filed.type, filed.handling, filed.state) == (order_type, handling, OrderState.OPEN)
    assert (filed.address, filed.dispatched_at) == (ADDRESS, START)
    assert filed.due_at == START + timedelta(minutes=20)
    assert filed.number in told.text
    assert getattr(desk.company.units, unit).name in told.text


async def test_with_the_assistant_down(desk: Desk) -> None:
    desk.assistant.ready = False
    assert (await after(desk, "煤气漏了"))[0].text == safety(desk)


async def test_while_the_assistant_is_thinking(desk: Desk) -> None:
    """Its late answer is dropped: it would stand between the instruction and the address."""
    desk.assistant.hold = asyncio.Event()
    await desk.gasdesk.core.receive(Contact("test:ann", "test"), "m1", "气费多少钱一方")
    await desk.gasdesk.reactions.settle()
    await desk.gasdesk.core.receive(Contact("test:ann", "test"), "m2", "哎呀煤气漏了")
    desk.assistant.hold.set()
    await desk.gasdesk.settle()
    assert desk.heard() == [safety(desk), desk.company.emergency_scripts.ask_address]


async def test_in_the_middle_of_a_dialogue_with_the_assistant(desk: Desk) -> None:
    desk.assistant.answers["报数"] = AssistantAnswer(bubbles=(Bubble("请告诉我户号。"),), asks=True)
    await desk.write("报数")
    assert (await after(desk, "等等，我闻到煤气味了"))[0].text == safety(desk)
    assert (await desk.owner())[0] is Owner.QUEUE
    await desk.write("80000001")
    assert [text for _, text in desk.assistant.asked] == ["报数"], "the dialogue is not gone on with"


async def test_while_an_agent_has_the_conversation(desk: Desk, alarms: list[Event]) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101")
    await desk.write("转人工")
    await desk.reply("101", "您好，请讲")
    first, second = await after(desk, "我家漏气了")
    assert (first.text, second.kind) == (safety(desk), Kind.QUESTION)
    assert await desk.owner() == (Owner.AGENT, "101"), "his conversation stays his"
    assert [type(event) for event in alarms] == [EmergencyRaised], "and everybody is alarmed"
    assert desk.assistant.asked[1:] == []


async def test_the_bot_is_silent_once_the_agent_has_answered(desk: Desk, alarms: list[Event]) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101")
    await desk.write("转人工")
    await desk.write("我家漏气了")
    await desk.reply("101", "请先到室外，您家地址是？")
    assert (await emergency(desk)).accepted_by == "101", "to reply is to accept"
    assert isinstance(alarms[-1], EmergencyAccepted)
    assert await after(desk, ADDRESS) == [], "the agent talks"
    assert (await emergency(desk)).address == ADDRESS, "what was said is kept for the order"


async def test_what_the_assistant_recognises_starts_the_same_flow(desk: Desk) -> None:
    said = "不知道为什么这几天一进门就犯恶心"
    desk.assistant.answers[said] = AssistantAnswer(
        bubbles=(Bubble("听起来像一氧化碳。"),), emergency=EmergencyKind.CARBON_MONOXIDE
    )
    first, second = await after(desk, said)
    assert (first.kind, first.text) == (Kind.SAFETY, safety(desk, EmergencyKind.CARBON_MONOXIDE))
    assert second.kind is Kind.QUESTION
    conversation = await desk.conversation()
    assert (conversation.owner, conversation.priority) == (Owner.QUEUE, Priority.EMERGENCY)
    assert "听起来像一氧化碳。" not in desk.heard()


async def test_a_report_in_a_message_that_is_too_long_is_heard(desk: Desk) -> None:
    """Cut, not refused; wherever in it the leak is told."""
    message = await desk.write("说来话长" * 1_200 + "我家煤气漏了")
    assert len(message.text) == 4_000
    assert desk.heard()[0] == safety(desk)


async def test_the_same_report_sent_again_raises_it_once(desk: Desk, alarms: list[Event]) -> None:
    await desk.write("我家漏气了", message_id="m1")
    await desk.write("我家漏气了", message_id="m1")
    assert desk.heard(kind=Kind.SAFETY) == [safety(desk)]
    assert len(alarms) == 1


# --- where -----------------------------------------------------------------------------------------------------------


async def test_from_a_vague_address_to_the_order(desk: Desk) -> None:
    say = desk.company.emergency_scripts
    await desk.write("我家漏气了")
    (question,) = await after(desk, "幸福小区")
    assert question.text == say.ask_house
    (read_back,) = await after(desk, "3号楼2单元501")
    assert is_read_back(read_back, ADDRESS)
    assert [button.title for button in read_back.buttons] == ["对", "不对"]
    assert await orders(desk) == []
    (told,) = await after(desk, "对")
    (filed,) = await orders(desk)
    assert (filed.type, filed.handling, filed.state) == (OrderType.INDOOR_LEAK, Handling.TO_REPAIR, OrderState.OPEN)
    assert (filed.address, filed.summary, filed.dispatched_at) == (ADDRESS, "险情：室内泄漏", START)
    assert (filed.number in told.text, ADDRESS in told.text) == (True, True)
    found = await emergency(desk)
    assert (found.step, found.confirmed, found.order_number) == (EmergencyStep.DISPATCHED, True, filed.number)


async def test_a_correction_is_read_back_before_anybody_is_sent(desk: Desk) -> None:
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    (read_back,) = await after(desk, "不对，是502")
    assert is_read_back(read_back, "幸福小区3号楼2单元502")
    assert await orders(desk) == []
    await desk.write("对")
    assert [order.address for order in await orders(desk)] == ["幸福小区3号楼2单元502"]


@pytest.mark.parametrize("said", ["对不起，是502", "是502", "应该是502"])
async def test_a_correction_that_begins_like_a_yes_is_none(desk: Desk, said: str) -> None:
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    await desk.write(said)
    assert await orders(desk) == []
    assert (await emergency(desk)).address == "幸福小区3号楼2单元502"


async def test_a_part_that_was_missing_is_added_not_put_in_its_place(desk: Desk) -> None:
    await desk.write("我家漏气了，幸福小区3号楼501")
    (read_back,) = await after(desk, "2单元")
    assert is_read_back(read_back, ADDRESS)


async def test_a_bare_no_asks_for_the_right_address(desk: Desk) -> None:
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    (question,) = await after(desk, "不对")
    assert question.text == desk.company.emergency_scripts.ask_right_address
    (read_back,) = await after(desk, "阳光花园5号楼1单元302")
    assert is_read_back(read_back, "阳光花园5号楼1单元302")


async def test_talk_instead_of_a_yes_is_answered_with_the_address_again(desk: Desk) -> None:
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    (again,) = await after(desk, "好大的味道，你们快点来")
    assert again.text == desk.company.fill(desk.company.emergency_scripts.read_back_again, address=ADDRESS)
    assert await orders(desk) == []


async def test_an_address_in_the_first_message_is_read_back_at_once(desk: Desk) -> None:
    first, second = await after(desk, f"我家漏气了，{ADDRESS}，快来人")
    assert first.text == safety(desk)
    assert is_read_back(second, ADDRESS)


async def test_outdoors_a_crossing_is_enough(desk: Desk) -> None:
    first, second = await after(desk, "中山路和解放路交叉口有天然气泄漏")
    assert first.text == safety(desk, EmergencyKind.OUTDOOR_LEAK)
    assert is_read_back(second, "中山路解放路交叉口")


async def test_who_cannot_name_a_house_is_not_asked_for_ever(desk: Desk) -> None:
    await desk.write("我家漏气了")
    await desk.write("幸福小区")
    (read_back,) = await after(desk, "我说不清")
    assert is_read_back(read_back, "幸福小区")


async def test_a_place_without_a_mark_is_taken_the_second_time(desk: Desk) -> None:
    say = desk.company.emergency_scripts
    await desk.write("外面煤气管漏了")
    (again,) = await after(desk, "老槐树底下")
    assert again.text == say.ask_address_again
    (read_back,) = await after(desk, "就在老槐树底下")
    assert is_read_back(read_back, "老槐树底下")


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


async def test_where_the_customer_waits_is_no_correction(desk: Desk) -> None:
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    await desk.write("对")
    await desk.write("我在5号楼门口等你们")
    await desk.wait(120)
    assert [order.address for order in await orders(desk)] == [ADDRESS]


# --- the alarm -------------------------------------------------------------------------------------------------------


async def taken(desk: Desk, staff_id: str, who: str = "ann") -> Conversation:
    conversation = await desk.conversation(who)
    result = await desk.gasdesk.core.emergency_acts.accept(conversation.id, await desk.member(staff_id))
    await desk.gasdesk.settle()
    return result


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


# --- again, worse, at night ------------------------------------------------------------------------------------------


async def test_the_same_report_soon_after_does_not_repeat_the_instruction(desk: Desk, alarms: list[Event]) -> None:
    await desk.write("我家漏气了")
    await desk.wait(9 * 60)
    assert all(m.kind is not Kind.SAFETY for m in await after(desk, "还在漏气，快来"))
    await desk.wait(61)
    assert (await after(desk, "还在漏气"))[0].text == safety(desk), "after ten minutes it does"
    assert all(m.kind is not Kind.SAFETY for m in await after(desk, "一直在漏气")), "once"


async def test_who_has_accepted_is_not_alarmed_by_every_word(desk: Desk, alarms: list[Event]) -> None:
    await desk.staff("101")
    await desk.write("我家漏气了")
    await taken(desk, "101")
    await desk.wait(11 * 60)
    raised = len([event for event in alarms if isinstance(event, EmergencyRaised)])
    assert (await after(desk, "还在漏气"))[0].text == safety(desk), "the customer is told again what to do"
    assert len([event for event in alarms if isinstance(event, EmergencyRaised)]) == raised == 1


async def test_what_gets_worse_has_its_own_instruction(desk: Desk, alarms: list[Event]) -> None:
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    first, second = await after(desk, "着火了！")
    assert first.text == safety(desk, EmergencyKind.FIRE)
    assert is_read_back(second, ADDRESS), "what is known of the place is kept"
    assert [type(event) for event in alarms] == [EmergencyRaised, EmergencyRaised]
    await desk.write("对")
    (filed,) = await orders(desk)
    assert filed.handling is Handling.TO_OPERATIONS
    assert all(m.kind is not Kind.SAFETY for m in await after(desk, "头晕，煤气味好大")), "a lesser kind has none"


async def test_a_fire_after_the_dispatch_sends_the_others_at_once(desk: Desk, alarms: list[Event]) -> None:
    await desk.staff("101")
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    await desk.write("对")
    await taken(desk, "101")
    first, second = await after(desk, "着火了")
    assert first.text == safety(desk, EmergencyKind.FIRE)
    leak, fire = await orders(desk)
    assert fire.number in second.text
    assert (fire.address, fire.handling, fire.type) == (ADDRESS, Handling.TO_OPERATIONS, OrderType.INDOOR_LEAK)
    assert leak.number in fire.summary
    assert isinstance(alarms[-1], EmergencyRaised), "everybody is alarmed anew"


async def test_at_night_with_nobody_on_duty_it_runs_all_the_same(desk: Desk, alarms: list[Event]) -> None:
    await desk.write("我家漏气了")
    assert not any("没有客服人员在线" in text for text in desk.heard())
    await desk.write("幸福小区")
    await desk.write("3号楼2单元501")
    await desk.write("对")
    assert len(await orders(desk)) == 1
    heard = len(desk.heard())
    await desk.wait(8 * 3600)
    assert len(desk.heard()) == heard, "nobody is prompted through the night once the crew is sent"
    assert (await emergency(desk)).alarming, "whoever comes first in the morning hears of it"
    await desk.staff("101")
    assert await desk.owner() == (Owner.AGENT, "101")


async def test_at_night_the_waiting_customer_is_prompted_until_somebody_is_sent(desk: Desk) -> None:
    await desk.write("我家漏气了")
    await desk.wait(45)
    waiting = desk.company.fill(desk.company.emergency_scripts.waiting)
    assert desk.heard(kind=Kind.WAITING_PROMPT) == [waiting]


async def test_it_takes_back_what_was_left_as_a_message(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.write("转人工")
    assert (await desk.conversation()).offline
    assert (await after(desk, "我家漏气了"))[0].text == safety(desk)
    conversation = await desk.conversation()
    assert (conversation.offline, conversation.priority) == (False, Priority.EMERGENCY)


async def test_two_minutes_in_the_queue_are_recorded_once_though_it_turns_into_an_emergency(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101")
    await desk.presence("101", Presence.BUSY)
    await desk.write("转人工")
    await desk.wait(130)
    await desk.write("漏气了")
    await desk.wait(10)
    assert len(await desk.gasdesk.stores.inbox.breaches(START)) == 1


async def test_a_closed_conversation_is_not_opened_again_by_its_alarm(desk: Desk) -> None:
    await desk.staff("101")
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    await desk.wait(60)
    conversation = await desk.conversation()
    await desk.gasdesk.core.acts.close(conversation.id, await desk.member("101"), "", "")
    await desk.gasdesk.settle()
    with pytest.raises(NotAllowed):
        await desk.gasdesk.core.emergency_acts.accept(conversation.id, await desk.member("101"))
    assert (await desk.owner())[0] is Owner.CLOSED
