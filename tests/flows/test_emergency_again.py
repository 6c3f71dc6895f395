"""A leak reported again, getting worse, at night (domain 5)."""

import pytest

from bot.desk.permission import NotAllowed
from bot.domain.conversations import Kind, Owner, Priority
from bot.domain.emergencies import EmergencyKind
from bot.domain.events import EmergencyRaised, Event
from bot.domain.staff import Presence
from bot.domain.work_orders import Handling, OrderType
from bot.ports import AssistantAnswer, Bubble
from bot.testing import START
from tests.flows.desk import Desk
from tests.flows.leaks import ADDRESS, after, emergency, is_read_back, orders, safety, taken

PERSON = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))


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
