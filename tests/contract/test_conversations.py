"""The unit of work on both databases: all of it or nothing, one after the other, told afterwards."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import psycopg
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.adapters.sql.database import Database
from bot.adapters.sql.metadata import metadata
from bot.domain.conversations import (
    Breach,
    Button,
    Collected,
    Conversation,
    Draft,
    Emergency,
    EmergencyStep,
    Kind,
    Owner,
    Priority,
    SeenIntent,
    Speaker,
)
from bot.domain.emergencies import EmergencyKind
from bot.domain.events import ConversationChanged, MessagePosted, QueueChanged
from bot.domain.transitions import answered_by_assistant, closed
from bot.domain.work_orders import Handling, NewOrder, OrderState, OrderType
from bot.ports import NoSuchConversation
from bot.testing import START
from tests.contract.chat import Chat, another_replica, contact

ORDER = NewOrder(
    conversation_id="c1",
    type=OrderType.INDOOR_LEAK,
    handling=Handling.TO_REPAIR,
    state=OrderState.OPEN,
    summary="险情：室内泄漏",
)


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


async def rows(database: Database) -> dict[str, int]:
    """How many rows each table holds, empty ones left out."""
    async with database.reader.connect() as connection:
        counts = {
            name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for name, table in metadata.tables.items()
        }
    return {name: count for name, count in counts.items() if count}


async def test_the_same_id_twice_is_one_message(chat: Chat) -> None:
    first = await chat.write("ann", "你好", "m1")
    again = await chat.write("ann", "你好", "m1")
    assert again == first
    assert (await rows(chat.database))["messages"] == 1


async def test_the_same_id_at_the_same_moment_is_one_message(chat: Chat) -> None:
    stored = await asyncio.gather(*[chat.write("ann", "你好", "m1") for _ in range(8)])
    assert {message.seq for message in stored} == {1}
    assert await rows(chat.database) == {"conversations": 1, "messages": 1, "timers": 3}


async def test_two_customers_may_choose_the_same_id(chat: Chat) -> None:
    ann, bob = await asyncio.gather(chat.write("ann", "甲", "m1"), chat.write("bob", "乙", "m1"))
    assert (ann.text, bob.text, ann.seq, bob.seq) == ("甲", "乙", 1, 1)
    assert ann.conversation_id != bob.conversation_id


async def test_first_messages_at_the_same_moment_open_one_conversation(chat: Chat) -> None:
    async with another_replica(chat) as other:
        stored = await asyncio.gather(*[each.write("ann", f"第{n}句") for n in range(6) for each in (chat, other)])
    assert len({message.conversation_id for message in stored}) == 1
    assert sorted(message.seq for message in stored) == list(range(1, 13))
    assert (await rows(chat.database))["conversations"] == 1


async def test_what_fails_leaves_nothing_and_tells_nobody(chat: Chat) -> None:
    async def fail() -> None:
        async with chat.conversations.open_for(contact("ann")) as work:
            work.post(Draft(Speaker.CUSTOMER, Kind.TEXT, "漏气"))
            work.change(waiting_since=START, owner=Owner.QUEUE, queued_at=START)
            work.note("emergency", "险情")
            work.record_breach(
                Breach(conversation_id="x", at=START, promise="reply", staff_id="101", waited_seconds=1, moved_to=None)
            )
            await work.file(ORDER)
            work.emit(QueueChanged())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await rows(chat.database) == {}
    assert chat.published == []


async def test_what_fails_leaves_the_conversation_as_it_was(chat: Chat) -> None:
    await chat.write("ann")
    before, stored, told = await chat.conversation("ann"), await rows(chat.database), list(chat.published)

    async def fail() -> None:
        async with chat.conversations.open(before.id) as work:
            work.post(Draft(Speaker.BOT, Kind.ANSWER, "您好"))
            work.conversation = closed(work.conversation, START)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await chat.conversation("ann") == before
    assert (await rows(chat.database), chat.published) == (stored, told)


async def test_a_message_that_cannot_be_stored_fails_alone(chat: Chat) -> None:
    """One writer's failure must not break the next one's transaction."""
    message = await chat.write("ann", "你好", "m1")

    async def say_again() -> None:
        async with chat.conversations.open(message.conversation_id) as work:
            work.post(Draft(Speaker.BOT, Kind.ANSWER, "您好", id="m1"))

    with pytest.raises(IntegrityError):
        await say_again()
    assert (await chat.say(message.conversation_id, "您好")).seq == 2


def messages_in(url: str) -> int:
    """Counted from outside, on a connection of its own."""
    if url.startswith("sqlite"):
        opened = sqlite3.connect(url.partition("///")[2])
        count: int = opened.execute("SELECT count(*) FROM messages").fetchone()[0]
        opened.close()
        return count
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT count(*) FROM messages").fetchone()
        assert row is not None
        return int(row[0])


async def test_events_go_out_after_the_commit(chat: Chat, database_url: str) -> None:
    visible: list[int] = []
    chat.conversations._publish = lambda _: visible.append(messages_in(database_url))
    await chat.write("ann")
    await chat.write("ann")
    assert visible == [1, 2]


async def test_events_go_out_in_the_order_of_the_commits(chat: Chat) -> None:
    conversation_id = (await chat.write("ann")).conversation_id
    await asyncio.gather(*[chat.say(conversation_id, f"第{n}句") for n in range(20)])
    told = [event for event in chat.published if isinstance(event, MessagePosted)]
    assert [event.message.seq for event in told] == list(range(1, 22))
    changes = [event for event in chat.published if isinstance(event, ConversationChanged)]
    assert [event.conversation.last_seq for event in changes] == list(range(1, 22))
    assert all(later.before == earlier.conversation for earlier, later in pairwise(changes))


async def test_a_change_is_told_after_what_made_it(chat: Chat) -> None:
    await chat.write("ann")
    assert [type(event) for event in chat.published] == [MessagePosted, ConversationChanged]


async def test_looking_without_touching_tells_nothing(chat: Chat) -> None:
    conversation_id = (await chat.write("ann")).conversation_id
    told = len(chat.published)
    async with chat.conversations.open(conversation_id) as work:
        assert await work.message("unknown") is None
    async with chat.conversations.open_for(contact("nobody")):
        pass
    assert len(chat.published) == told
    assert (await rows(chat.database))["conversations"] == 1


async def test_an_unknown_conversation_is_refused(chat: Chat) -> None:
    with pytest.raises(NoSuchConversation, match="c-9"):
        async with chat.conversations.open("c-9"):
            pass


async def test_numbers_go_on_in_the_next_conversation(chat: Chat) -> None:
    first = await chat.write("ann")
    async with chat.conversations.open(first.conversation_id) as work:
        work.conversation = closed(work.conversation, START)
    second = await chat.write("ann")
    assert (second.seq, second.conversation_id != first.conversation_id) == (2, True)
    fresh = await chat.conversation("ann")
    assert (fresh.owner, fresh.customer_seq, fresh.answered_seq) == (Owner.BOT, 2, 1)


async def test_a_closed_conversation_is_found_by_what_was_written_in_it(chat: Chat) -> None:
    first = await chat.write("ann", message_id="m1")
    async with chat.conversations.open(first.conversation_id) as work:
        work.conversation = closed(work.conversation, START)
    assert await chat.write("ann", message_id="m1") == first


async def test_the_whole_state_is_stored(chat: Chat) -> None:
    conversation_id = (await chat.write("ann")).conversation_id
    later = START + timedelta(microseconds=1)
    full: dict[str, object] = {
        "owner": Owner.AGENT,
        "staff_id": "101",
        "last_at": later,
        "waiting_since": START,
        "prompts": 2,
        "queued_at": later,
        "priority": Priority.EMERGENCY,
        "handoff_reason": "用户要求人工",
        "offline": True,
        "agent_since": later,
        "warned": True,
        "lapsed": ("102", "103"),
        "breaches": 3,
        "emergency": Emergency(
            kind=EmergencyKind.FIRE,
            raised_at=START,
            step=EmergencyStep.CONFIRM,
            address="幸福小区",
            confirmed=True,
            asked=2,
            located_at=later,
            instructed_at=later,
            accepted_by="101",
            order_number="20260105-0001",
            overdue_alarms=4,
        ),
        "collected": (Collected("户号", "****0001"),),
        "intents": (SeenIntent("report_reading", 0.93, "报数"),),
        "account_number": "80000001",
        "account_state": "matched",
        "account_by": "101",
        "turn_until": later,
        "assistant_notice": True,
        "answered_seq": 1,
        "for_lead": True,
        "served_by": "104",
        "skill_group": "账单",
        "asked_at": START,
        "first_reply_at": later,
        "held_at": later,
        "category": "投诉",
    }
    async with chat.conversations.open(conversation_id) as work:
        work.change(**full)
        expected = work.conversation
    assert await chat.conversation("ann") == expected
    async with chat.conversations.open(conversation_id) as work:
        work.change(emergency=None, waiting_since=None, lapsed=(), collected=())
        expected = work.conversation
    assert await chat.conversation("ann") == expected
    unset = {name for name in vars(expected) if name not in full} - {"id", "contact_id", "channel", "opened_at"}
    assert unset == {"closed_at", "last_seq", "customer_seq"}, "every field is tried here"


async def test_a_message_is_stored_whole(chat: Chat) -> None:
    conversation_id = (await chat.write("ann")).conversation_id
    async with chat.conversations.open(conversation_id) as work:
        said = work.post(
            Draft(Speaker.AGENT, Kind.ANSWER, "您好\n👌", (Button("是", "/affirm"),), staff_id="101", id="m-1/answer/0")
        )
    assert (await chat.transcripts.messages(conversation_id))[-1] == said


async def test_the_next_question_is_known_with_the_answer(chat: Chat) -> None:
    first = await chat.write("ann")
    chat.clock.advance(5)
    second = await chat.write("ann")
    async with chat.conversations.open(first.conversation_id) as work:
        assert await work.customer_wrote_after(0) == START
        assert await work.customer_wrote_after(first.seq) == second.at
        assert await work.customer_wrote_after(second.seq) is None


async def test_what_was_said_since_the_customer_wrote_before_is_known(chat: Chat) -> None:
    await chat.write("ann")
    second = await chat.write("ann")
    async with chat.conversations.open(second.conversation_id) as work:
        answers = [work.post(Draft(Speaker.BOT, Kind.ANSWER, text)) for text in ("一", "二")]
    third = await chat.write("ann")
    await chat.write("bob")
    async with chat.conversations.open(third.conversation_id) as work:
        assert await work.said_before(third.seq) == [second, *answers]
        assert await work.said_before(1) == []


async def test_an_order_is_filed_with_the_conversation_or_not_at_all(chat: Chat) -> None:
    conversation_id = (await chat.write("ann")).conversation_id
    async with chat.conversations.open(conversation_id) as work:
        order = await work.file(replace(ORDER, conversation_id=conversation_id))
        work.note("dispatched", order.number)

    async def fail() -> None:
        async with chat.conversations.open(conversation_id) as work:
            await work.file(ORDER)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert (await rows(chat.database))["work_orders"] == 1
    assert [fact.text for fact in await chat.transcripts.facts(conversation_id)] == [order.number]


async def test_many_conversations_change_together_each_in_its_own_way(chat: Chat) -> None:
    """Batches are written by columns: nobody gets another's values."""
    ids = [(await chat.write(name)).conversation_id for name in ("ann", "bob", "cleo", "dora")]
    due = [timer for c in [await chat.conversation(n) for n in ("ann", "bob", "cleo", "dora")] for timer in chat.due(c)]
    async with chat.conversations.open_due(due) as works:
        works[ids[0]].change(prompts=1)
        works[ids[1]].change(prompts=2, handoff_reason="乙")
        works[ids[2]].conversation = answered_by_assistant(works[ids[2]].conversation, 1)
        works[ids[3]].conversation = closed(works[ids[3]].conversation, START)
        expected = {id_: work.conversation for id_, work in works.items()}
    found: dict[str, Conversation | None] = {id_: await chat.transcripts.get(id_) for id_ in ids}
    assert found == expected


async def test_reading_within_a_transaction_never_waits_for_those_who_wait_for_it(chat: Chat) -> None:
    """A rule looks up places in the queue while many customers of its conversations write."""
    conversation_id = (await chat.write("ann")).conversation_id
    async with chat.conversations.open(conversation_id):
        waiting = [asyncio.create_task(chat.say(conversation_id, f"第{n}句")) for n in range(30)]
        await asyncio.wait(waiting, timeout=0.5)
        async with asyncio.timeout(5):
            assert await chat.inbox.positions() == {}
    await asyncio.gather(*waiting)
