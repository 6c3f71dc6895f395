"""Who waits for an answer in a request, and when nobody waits any longer."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.wechat.slots import LONGEST, Slot, Slots
from bot.domain.conversations import Conversation, Owner
from bot.testing import START, ManualClock

ANN = "wechat:oAnn"
OPEN = Conversation(
    id="c", contact_id=ANN, channel="wechat", opened_at=START, last_at=START, last_seq=1, customer_seq=1, answered_seq=0
)
ANSWERED = replace(OPEN, last_seq=2, answered_seq=1)


@pytest.fixture
def slots(clock: ManualClock) -> Slots:
    return Slots(clock)


async def is_done(slot: Slot) -> bool:
    await asyncio.to_thread(lambda: None)
    return slot.done.is_set()


async def test_the_first_thing_said_answers_the_oldest_request(slots: Slots) -> None:
    first, second = slots.open(ANN), slots.open(ANN)
    assert slots.fill(ANN, "一")
    assert (await slots.wait(first), first.late) == ("一", False)
    assert slots.fill(ANN, "二")
    assert await slots.wait(second) == "二"
    assert not slots.fill(ANN, "三"), "nobody asks any more"
    assert not slots.is_open(ANN)


async def test_nobody_hears_another_customers_answer(slots: Slots) -> None:
    slots.open(ANN)
    assert not slots.fill("wechat:oBob", "x")


async def test_a_request_waits_no_longer_than_it_may(slots: Slots, clock: ManualClock) -> None:
    slot = slots.open(ANN)
    waiting = asyncio.create_task(slots.wait(slot))
    clock.advance(LONGEST.total_seconds() - 0.001)
    assert not await is_done(slot)
    assert not waiting.done()
    clock.advance(0.001)
    assert (await waiting, slot.late) == (None, True)
    assert not slots.fill(ANN, "zu spät")
    assert timedelta(seconds=5) > LONGEST


async def test_while_the_assistant_owes_an_answer_it_is_waited_for(slots: Slots) -> None:
    slot = slots.open(ANN)
    slots.stored(slot, 1)
    slots.heard_of(OPEN)
    assert not await is_done(slot)
    slots.heard_of(ANSWERED)
    assert not await is_done(slot), "the answer is stored, and on its way"
    slots.fill(ANN, "好")
    assert await slots.wait(slot) == "好"


@pytest.mark.parametrize("owner", [Owner.AGENT, Owner.QUEUE, Owner.CLOSED])
async def test_a_person_is_not_waited_for(slots: Slots, owner: Owner) -> None:
    slot = slots.open(ANN)
    slots.heard_of(replace(OPEN, owner=owner))
    assert not await is_done(slot), "that may have been before his message"
    slots.stored(slot, 1)
    assert await is_done(slot)
    assert (await slots.wait(slot), slot.late) == (None, False)


async def test_an_answer_may_be_there_before_the_message_is_known_to_be_stored(slots: Slots) -> None:
    """A safety instruction is stored in the same transaction, and its line is quicker than ours."""
    slot = slots.open(ANN)
    slots.fill(ANN, "请关阀")
    slots.stored(slot, 1)
    assert await slots.wait(slot) == "请关阀"


async def test_what_was_settled_before_his_message_says_nothing_about_it(slots: Slots) -> None:
    slot = slots.open(ANN)
    slots.heard_of(ANSWERED)
    slots.stored(slot, 3)
    assert not await is_done(slot)


async def test_two_messages_with_one_answer_leave_nobody_waiting(slots: Slots) -> None:
    first, second = slots.open(ANN), slots.open(ANN)
    slots.stored(first, 1)
    slots.stored(second, 2)
    slots.heard_of(replace(OPEN, last_seq=3, customer_seq=2, answered_seq=2))
    assert slots.fill(ANN, "好")
    slots.handed_over(ANN, 3)
    assert await slots.wait(first) == "好"
    assert (await slots.wait(second), second.late) == (None, False)


async def test_what_is_said_next_does_not_overtake_a_reply(slots: Slots, clock: ManualClock) -> None:
    await slots.until_left(ANN)
    ways: list[Callable[[], None]] = [
        lambda: slots.has_left(ANN),
        lambda: clock.advance(LONGEST.total_seconds()),
    ]
    for leave in ways:
        slots.open(ANN)
        slots.fill(ANN, "一")
        next_one = asyncio.create_task(slots.until_left(ANN))
        await asyncio.to_thread(lambda: None)
        assert not next_one.done()
        leave()
        await next_one
    await slots.until_left(ANN)
