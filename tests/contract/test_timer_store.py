"""Timers as rows: written with the state, fired once, whatever fails or happens at once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.adapters.sql.database import Database
from bot.domain.transitions import answered_by_assistant, closed
from bot.ports import Timer, Work
from bot.sla import deadlines as kinds
from bot.testing import START
from bot.timers import BATCH, PUT_OFF, Timers
from tests.contract.chat import Chat, another_replica

PROMPT = kinds.WAITING_PROMPT
Rule = Callable[[Work], Awaitable[None]]


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


async def count_prompt(work: Work) -> None:
    work.change(prompts=work.conversation.prompts + 1)


def service(
    chat: Chat,
    rule: Rule = count_prompt,
    lateness: Callable[[float], None] = lambda _: None,
    **others: Callable[[Timer], Awaitable[None]],
) -> Timers:
    return Timers(
        chat.timers,
        chat.clock,
        conversations=chat.conversations,
        deadlines=chat.due,
        rules={PROMPT: rule},
        others=others,
        lateness=lateness,
    )


async def rows(chat: Chat) -> set[Timer]:
    return set(await chat.timers.due(START + timedelta(days=99), 10_000))


async def test_timers_follow_the_state(chat: Chat) -> None:
    conversation_id = (await chat.write("ann")).conversation_id
    assert await rows(chat) == set(chat.due(await chat.conversation("ann"))) != set()
    assert min(timer.due_at for timer in await rows(chat)) in chat.armed
    chat.clock.advance(10)
    await chat.write("ann")
    assert await rows(chat) == set(chat.due(await chat.conversation("ann")))
    async with chat.conversations.open(conversation_id) as work:
        work.conversation = answered_by_assistant(work.conversation, 2)
    assert {timer.kind for timer in await rows(chat)} == {kinds.IDLE}
    async with chat.conversations.open(conversation_id) as work:
        work.conversation = closed(work.conversation, chat.clock.now())
    assert await rows(chat) == set()


async def test_the_longest_overdue_come_first(chat: Chat) -> None:
    for name in ("ann", "bob"):
        await chat.write(name)
        chat.clock.advance(1)
    due = [timer.due_at for timer in await chat.timers.due(START + timedelta(hours=1), 4)]
    assert len(due) == 4
    assert due == sorted(due)
    assert await chat.timers.due(START, 10) == []
    assert await chat.timers.next_due_at() == due[0]
    assert await chat.timers.armed() == 6


async def test_timers_nobody_here_acts_on_are_left_where_they_are(chat: Chat) -> None:
    """Of a channel that is switched off, or of a newer replica."""
    poll = Timer(kind="poll", subject="elsewhere", due_at=START)
    assert await chat.timers.due_at(poll.key) is None
    await chat.timers.put(poll)
    assert await chat.timers.due_at(poll.key) == START
    assert await chat.timers.due(START, 10, {"seat"}) == []
    assert await chat.timers.next_due_at({"seat"}) is None
    assert await service(chat).fire_due() == 0
    assert await chat.timers.due(START, 10, {"seat", "poll"}) == [poll]
    assert await chat.timers.next_due_at({"poll"}) == START
    fired = []

    async def act(timer: Timer) -> None:
        fired.append(timer)
        await chat.timers.drop(timer.key)

    timers = service(chat)
    timers.add({"poll": act})
    assert await timers.fire_due() == 1
    assert fired == [poll]


async def test_timers_of_other_subjects_are_put_and_dropped(chat: Chat) -> None:
    seat = Timer(kind="seat", subject="101", due_at=START)
    await chat.timers.put(seat)
    later = Timer(kind="seat", subject="101", due_at=START + timedelta(seconds=45))
    await chat.timers.put(later)
    assert await rows(chat) == {later}
    await chat.timers.drop(seat.key)
    await chat.timers.drop(seat.key)
    assert await rows(chat) == set()


async def test_each_fires_once_and_is_replaced_in_the_same_transaction(chat: Chat) -> None:
    await chat.write("ann")
    chat.clock.advance(45)
    timers = service(chat)
    await timers.fire_due()
    await timers.fire_due()
    assert (await chat.conversation("ann")).prompts == 1
    assert Timer(kind=PROMPT, subject=(await chat.conversation("ann")).id, due_at=START + timedelta(seconds=90)) in (
        await rows(chat)
    )


async def test_a_crash_before_the_commit_leaves_the_timer_due(chat: Chat) -> None:
    conversation_id = (await chat.write("ann")).conversation_id
    before = await rows(chat)
    due = await chat.timers.due(START + timedelta(seconds=45), 10)

    async def crash() -> None:
        async with chat.conversations.open_due(due) as works:
            await count_prompt(works[conversation_id])
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await crash()
    assert await rows(chat) == before
    assert (await chat.conversation("ann")).prompts == 0


async def test_a_rule_that_fails_for_one_does_not_stop_the_others(chat: Chat) -> None:
    for name in ("ann", "bob", "cleo"):
        await chat.write(name)
    bob = (await chat.conversation("bob")).id

    async def fails_for_bob(work: Work) -> None:
        await count_prompt(work)
        if work.conversation.id == bob:
            raise ZeroDivisionError

    chat.clock.advance(45)
    await service(chat, fails_for_bob).fire_due()
    assert [(await chat.conversation(name)).prompts for name in ("ann", "bob", "cleo")] == [1, 0, 1]
    put_off = Timer(kind=PROMPT, subject=bob, due_at=chat.clock.now() + PUT_OFF)
    assert put_off in await rows(chat), "tried again, but not at once"
    chat.clock.advance(10)
    await service(chat).fire_due()
    assert (await chat.conversation("bob")).prompts == 1


async def test_a_rule_that_changes_nothing_does_not_fire_for_ever(chat: Chat) -> None:
    fired = Counter[str]()

    async def idle(work: Work) -> None:
        fired[work.conversation.id] += 1

    await chat.write("ann")
    chat.clock.advance(45)
    for _ in range(3):
        await service(chat, idle).fire_due()
    assert fired.total() == 1


async def test_a_timer_overtaken_by_an_answer_does_nothing(chat: Chat) -> None:
    """The answer came between the look at the table and the lock."""
    conversation_id = (await chat.write("ann")).conversation_id
    due = await chat.timers.due(START + timedelta(seconds=45), 10)
    async with chat.conversations.open(conversation_id) as work:
        work.conversation = answered_by_assistant(work.conversation, 1)
    chat.clock.advance(45)
    await service(chat)._fire(due)
    assert (await chat.conversation("ann")).prompts == 0
    assert {timer.kind for timer in await rows(chat)} == {kinds.IDLE}


async def test_what_somebody_else_has_locked_is_left_for_later(chat: Chat) -> None:
    """PostgreSQL: another replica's conversation is passed over; SQLite: there is one writer, who is waited for."""
    conversation_id = (await chat.write("ann")).conversation_id
    await chat.write("bob")
    chat.clock.advance(45)
    due = await chat.timers.due(chat.clock.now(), 10)
    opened: list[set[str]] = []

    async def fire() -> None:
        async with chat.conversations.open_due(due) as works:
            opened.append(set(works))

    async with chat.conversations.open(conversation_id):
        firing = asyncio.create_task(fire())
        if not chat.database.is_sqlite:
            await firing
    await firing
    bob = (await chat.conversation("bob")).id
    assert opened == [{conversation_id, bob} if chat.database.is_sqlite else {bob}]
    await fire()
    assert opened[-1] == {conversation_id, bob}, "and not on the next try"


async def test_only_what_fired_was_late(chat: Chat) -> None:
    conversation_id = (await chat.write("ann")).conversation_id
    await chat.write("bob")
    chat.clock.advance(48)
    late: list[float] = []
    timers = service(chat, lateness=late.append)
    async with chat.conversations.open(conversation_id):
        firing = asyncio.create_task(timers.fire_due())
        if not chat.database.is_sqlite:
            assert await firing == 1, "the other one is another replica's for now"
    await firing
    while await timers.fire_due():
        pass
    assert late == [3.0, 3.0]


async def test_two_replicas_fire_each_timer_once(chat: Chat) -> None:
    names = [f"c{n}" for n in range(60)]
    for name in names:
        await chat.write(name)
    chat.clock.advance(45)
    async with another_replica(chat) as other:
        mine, theirs = service(chat), service(other)
        while await rows_due(chat):
            await asyncio.gather(mine.fire_due(), theirs.fire_due())
    assert [(await chat.conversation(name)).prompts for name in names] == [1] * 60


async def rows_due(chat: Chat) -> list[Timer]:
    return [timer for timer in await chat.timers.due(chat.clock.now(), 1_000) if timer.kind == PROMPT]


async def test_more_than_a_batch_is_fired_step_by_step(chat: Chat) -> None:
    for n in range(BATCH + 10):
        await chat.timers.put(Timer(kind="seat", subject=f"{n}", due_at=START))
    fired: list[str] = []

    async def give_up(timer: Timer) -> None:
        fired.append(timer.subject)
        await chat.timers.drop(timer.key)

    timers = service(chat, seat=give_up)
    assert [await timers.fire_due() for _ in range(3)] == [BATCH, 10, 0]
    assert len(set(fired)) == BATCH + 10


async def test_the_clock_goes_on_when_the_database_is_back(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    await chat.write("ann")
    timers = service(chat)
    failed = asyncio.Event()

    async def gone(*_: object) -> list[Timer]:
        failed.set()
        raise ConnectionError("the database is gone")

    with monkeypatch.context() as outage:
        outage.setattr(chat.timers, "due", gone)
        running = asyncio.create_task(timers.run())
        await failed.wait()
    while (await chat.conversation("ann")).prompts == 0:
        chat.clock.advance(45)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
