"""Whose wait it is, and since when: what the service clock's rules mean in the corners."""

import asyncio
from datetime import timedelta

from bot.domain.conversations import Kind, Owner
from bot.domain.staff import Presence
from bot.ports import AssistantAnswer, Bubble, Contact
from bot.testing import START
from tests.flows.desk import Desk

PERSON = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))


async def test_the_second_question_waits_since_it_was_written(desk: Desk) -> None:
    """Not since the first was answered."""
    ann = Contact("test:ann", "test")
    desk.assistant.hold = asyncio.Event()
    await desk.gasdesk.core.receive(ann, "m1", "气费多少")
    await desk.assistant.thinking.wait()
    desk.clock.advance(10)
    await desk.gasdesk.core.receive(ann, "m2", "怎么交费")
    desk.clock.advance(30)
    desk.assistant.answers["怎么交费"] = PERSON
    desk.assistant.hold.set()
    await desk.gasdesk.settle()
    assert desk.heard() == ["您说的是：气费多少", "好的。", desk.company.fill(desk.company.scripts.nobody_online)]
    assert (await desk.conversation()).waiting_since == START + timedelta(seconds=10)


async def test_who_comes_back_from_an_agent_has_two_minutes_in_the_queue(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101")
    await desk.write("转人工")
    await desk.reply("101", "您好")
    await desk.wait(600)
    await desk.presence("101", Presence.BUSY)
    conversation = await desk.conversation()
    await desk.gasdesk.core.acts.transfer(conversation.id, await desk.member("101"), "queue", "")
    await desk.wait(119)
    assert await desk.owner() == (Owner.QUEUE, None)
    assert await desk.gasdesk.stores.inbox.breaches(START) == []
    await desk.wait(1)
    assert len(await desk.gasdesk.stores.inbox.breaches(START)) == 1


async def test_an_old_message_sent_again_opens_nothing(desk: Desk) -> None:
    """Its acknowledgement was lost, and meanwhile the conversation was closed."""
    first = await desk.write("你好", message_id="m1")
    await desk.wait(30 * 60)
    closed = await desk.conversation()
    assert closed.owner is Owner.CLOSED
    again = await desk.write("你好", message_id="m1")
    assert (again.seq, again.conversation_id) == (first.seq, closed.id)
    assert (await desk.conversation()).id == closed.id
    assert desk.heard(kind=Kind.ANSWER) == ["您说的是：你好"]
