"""What the queue is worked from, on both databases."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from bot.adapters.sql.database import Database
from bot.domain.conversations import Emergency, Owner, Priority
from bot.domain.emergencies import EmergencyKind
from bot.testing import START
from tests.contract.chat import Chat, contact
from tests.queue_head import head

LEAK = Emergency(kind=EmergencyKind.INDOOR_LEAK, raised_at=START)


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Conversations of every sort in the queue, and one that an agent has."""
    chat = Chat(database)
    sorts = product((None, LEAK), (False, True), ((), ("101",)), (False, True), (Priority.NORMAL, Priority.HIGH))
    for number, (emergency, for_lead, lapsed, offline, priority) in enumerate(sorts):
        chat.clock.advance(1)
        await chat.write(f"c{number}")
        async with chat.conversations.open_for(contact(f"c{number}")) as work:
            work.conversation = replace(
                work.conversation,
                owner=Owner.QUEUE,
                emergency=emergency,
                for_lead=for_lead,
                lapsed=lapsed,
                offline=offline,
                priority=priority,
                queued_at=START - timedelta(seconds=number),
            )
    await chat.write("served")
    async with chat.conversations.open_for(contact("served")) as work:
        work.change(owner=Owner.AGENT, staff_id="101", emergency=LEAK, priority=Priority.EMERGENCY)
    return chat


@pytest.mark.parametrize("places", [0, 1, 2, 3, 99])
async def test_the_head_of_the_queue_is_read(chat: Chat, places: int) -> None:
    queue = [c for c in await chat.inbox.waiting() if c.owner is Owner.QUEUE]
    assert len(queue) == 32
    assert [c.id for c in await chat.inbox.next_up(places)] == [c.id for c in head(queue, places)]


async def test_a_queue_is_empty_when_nobody_is_in_it(database: Database) -> None:
    chat = Chat(database)
    for owner in (Owner.AGENT, Owner.QUEUE):
        await chat.write(owner.value)
        async with chat.conversations.open_for(contact(owner.value)) as work:
            work.change(owner=owner)
        assert await chat.inbox.queue_is_empty() is (owner is Owner.AGENT)
