"""What happens at the same moment happens one after the other, on both databases."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from bot.desk.permission import NotAllowed
from bot.domain.conversations import Kind, Message, Owner, Speaker
from bot.domain.staff import Presence
from bot.ports import AssistantAnswer, Bubble, Contact
from bot.testing import START
from tests.flows.desk import Desk

PERSON = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))
CUSTOMERS = [f"c{number}" for number in range(12)]


async def outcomes(*acts: Awaitable[Any]) -> list[str]:
    """How each of these ended, done at once."""
    ended = await asyncio.gather(*acts, return_exceptions=True)
    return ["refused" if isinstance(each, NotAllowed) else type(each).__name__ for each in ended]


async def history(desk: Desk, who: str) -> list[Message]:
    return await desk.gasdesk.stores.transcripts.history(f"test:{who}", 0)


async def with_agent(desk: Desk, *customers: str) -> None:
    """These customers were answered by 101 and have written again."""
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101", capacity=50)
    for who in customers:
        await desk.write("转人工", who)
        await desk.reply("101", "您好", who)
        await desk.write("卡丢了", who)


async def test_two_take_the_same_customer(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    people = [await desk.staff(staff_id) for staff_id in ("101", "102")]
    for staff_id in ("101", "102"):
        await desk.presence(staff_id, Presence.BUSY)
    for who in CUSTOMERS:
        await desk.write("转人工", who)
        conversation = await desk.conversation(who)
        ended = await outcomes(*[desk.gasdesk.core.acts.take(conversation.id, member) for member in people])
        assert sorted(ended) == ["Conversation", "refused"]
        await desk.gasdesk.settle()
        assert len(desk.heard(who, Kind.GREETING)) == 1


async def test_two_accept_the_same_emergency(desk: Desk) -> None:
    people = [await desk.staff(staff_id) for staff_id in ("101", "102")]
    for who in CUSTOMERS[:6]:
        await desk.write("我家漏气了", who)
        conversation = await desk.conversation(who)
        accept = desk.gasdesk.core.emergency_acts.accept
        assert sorted(await outcomes(*[accept(conversation.id, member) for member in people])) == [
            "Conversation",
            "refused",
        ]
        await desk.gasdesk.settle()
        assert len(desk.heard(who, Kind.GREETING)) == 1


async def test_no_prompt_follows_the_reply_it_was_waiting_for(desk: Desk) -> None:
    await with_agent(desk, *CUSTOMERS)
    desk.clock.advance(45)
    member = await desk.member("101")
    ids = [(await desk.conversation(who)).id for who in CUSTOMERS]
    replies = [desk.gasdesk.core.acts.reply(id_, member, f"r-{id_}", "请带身份证") for id_ in ids]
    await asyncio.gather(*replies[:6], desk.gasdesk.core.timers.fire_due(), *replies[6:])
    await desk.gasdesk.settle()
    for who in CUSTOMERS:
        after_reply = [
            m.kind for m in (await history(desk, who)) if m.seq > _seq_of(await history(desk, who), "请带身份证")
        ]
        assert after_reply == []


async def test_no_breach_follows_the_reply_in_time(desk: Desk) -> None:
    """Either he answered and keeps the customer, or it was a breach and he may not answer any more."""
    await with_agent(desk, *CUSTOMERS)
    await desk.staff("102", capacity=50)
    desk.clock.advance(120)
    member = await desk.member("101")
    ids = [(await desk.conversation(who)).id for who in CUSTOMERS]
    replies = [desk.gasdesk.core.acts.reply(id_, member, f"r-{id_}", "请带身份证") for id_ in ids]
    *ended, _ = await asyncio.gather(*replies, desk.gasdesk.core.timers.fire_due(), return_exceptions=True)
    await desk.gasdesk.settle()
    breached = {breach.conversation_id for breach in await desk.gasdesk.stores.inbox.breaches(START)}
    for id_, how in zip(ids, ended, strict=True):
        assert isinstance(how, NotAllowed) == (id_ in breached)


async def test_a_message_while_the_agent_closes_is_never_lost(desk: Desk) -> None:
    await with_agent(desk, *CUSTOMERS)
    member = await desk.member("101")
    for who in CUSTOMERS:
        conversation = await desk.conversation(who)
        receive, contact = desk.gasdesk.core.receive, Contact(f"test:{who}", "test")
        closing = desk.gasdesk.core.acts.close(conversation.id, member, "", "")
        message, _ = await asyncio.gather(receive(contact, None, "还有一件事"), closing)
        await desk.gasdesk.settle()
        latest = await desk.conversation(who)
        if message.conversation_id == conversation.id:
            assert latest.owner is Owner.CLOSED
        else:
            assert (latest.id, latest.owner) == (message.conversation_id, Owner.BOT)
            assert desk.heard(who)[-1] == "您说的是：还有一件事"


async def test_two_tabs_write_at_once(desk: Desk) -> None:
    contact = Contact("test:ann", "test")
    await asyncio.gather(*[desk.gasdesk.core.receive(contact, f"m{n}", f"第{n}句") for n in range(12)])
    await desk.gasdesk.settle()
    said = await history(desk, "ann")
    assert [message.seq for message in said] == list(range(1, len(said) + 1))
    asked = [message.text for message in said if message.speaker is Speaker.CUSTOMER]
    assert len(asked) == 12
    assert answered(desk.heard()) == asked, "each is answered once, in the order of the numbers"


async def test_who_comes_and_who_asks_at_once_find_each_other(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101", capacity=50)
    await desk.presence("101", Presence.OFFLINE)
    receive, seats = desk.gasdesk.core.receive, desk.gasdesk.core.seats
    writing = [receive(Contact(f"test:{who}", "test"), None, "转人工") for who in CUSTOMERS]
    await asyncio.gather(*writing[:6], seats.set_presence("101", Presence.ONLINE, ""), *writing[6:])
    await desk.gasdesk.settle()
    for _ in CUSTOMERS:  # left messages come one at a time
        for who in CUSTOMERS:
            if await desk.owner(who) == (Owner.AGENT, "101") and (await desk.conversation(who)).waiting_since:
                await desk.reply("101", "您好", who)
    assert [await desk.owner(who) for who in CUSTOMERS] == [(Owner.AGENT, "101")] * len(CUSTOMERS)


def answered(heard: list[str]) -> list[str]:
    """What the answers answer: what waits together is answered together."""
    return [text for answer in heard for text in answer.removeprefix("您说的是：").split("\n")]


def _seq_of(messages: list[Message], text: str) -> int:
    return next(message.seq for message in messages if message.text == text)
