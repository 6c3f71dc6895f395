"""Work orders being worked on, on SQLite and PostgreSQL: one at a time, with their history, timer and outbox."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.adapters.sql.casework import SqlCasework
from bot.adapters.sql.database import Database
from bot.adapters.sql.orders import SqlOrders
from bot.adapters.sql.timers import SqlTimers
from bot.adapters.sql.webhooks import SqlWebhooks
from bot.casework.ports import (
    Beside,
    NoSuchOrder,
    OrderFilter,
    OrderNotice,
    OrderStep,
    ReportLink,
    Webhook,
    WebhookState,
)
from bot.domain.events import Event, OrderChanged
from bot.domain.order_life import Unit, dispatched
from bot.domain.work_orders import Stage, WorkOrder
from tests.contract.business import FRIDAY, PROFILE, StoppedClock
from tests.contract.test_casework import ORDER

WEBHOOK = Webhook(
    id="msg_1", number="", unit=Unit.REPAIR, type="order.dispatched", body="{}", created_at=FRIDAY, next_at=FRIDAY
)
SOON = FRIDAY + timedelta(minutes=1)


class Room:
    """Orders on a database; reminded of an hour after they were filed until they are dispatched."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = StoppedClock()
        self.events: list[Event] = []
        self.casework = SqlCasework(database, self.clock, PROFILE, self.beside)
        self.orders = SqlOrders(
            database,
            casework=self.casework,
            clock=self.clock,
            remind_at=self.remind_at,
            publish=self.publish,
            timer_set=lambda _: None,
        )
        self.webhooks = SqlWebhooks(database)
        self.timers = SqlTimers(database)

    def beside(self, order: WorkOrder) -> Beside:
        step = OrderStep(number=order.number, at=self.clock.now(), what="filed", text="受理", staff_id=order.owner)
        return Beside(remind_at=self.remind_at(order), steps=(step,))

    def remind_at(self, order: WorkOrder) -> datetime | None:
        return order.created_at + timedelta(hours=1) if order.stage is Stage.ACCEPTED else None

    def publish(self, events: Sequence[Event]) -> None:
        self.events += events

    async def keys(self) -> list[str]:
        return [timer.key for timer in await self.timers.due(FRIDAY + timedelta(days=99), 99)]


@pytest.fixture
def room(database: Database) -> Room:
    return Room(database)


async def test_a_new_order_has_its_history_and_its_timer(room: Room) -> None:
    filed = await room.casework.file(ORDER)
    (step,) = await room.orders.steps(filed.number)
    assert (step.what, step.staff_id, step.at) == ("filed", "101", FRIDAY)
    assert await room.keys() == [f"order:{filed.number}"]
    assert await room.orders.get(filed.number) == filed


async def test_a_change_is_stored_with_everything_beside_it(room: Room) -> None:
    number = (await room.casework.file(ORDER)).number
    link = ReportLink(key_hash="a" * 64, number=number, expires_at=SOON)
    notice = OrderNotice(id="n1", number=number, text="已派单")
    async with room.orders.open(number) as work:
        work.order = replace(dispatched(work.order, FRIDAY), reminded=("due_soon",), assignee="102")
        work.note("dispatched", "派单", "101")
        work.send(replace(WEBHOOK, number=number))
        work.link(link)
        work.tell(notice)
    stored = await room.orders.get(number)
    assert stored is not None
    assert (stored.stage, stored.reminded, stored.assignee) == (Stage.DISPATCHED, ("due_soon",), "102")
    assert [step.what for step in await room.orders.steps(number)] == ["filed", "dispatched"]
    assert await room.webhooks.of_order(number) == [replace(WEBHOOK, number=number)]
    assert await room.orders.link("a" * 64) == link
    assert await room.orders.link("b" * 64) is None
    assert await room.orders.notice("n1") == notice
    assert sorted(await room.keys()) == ["order_notice:n1", "webhook:msg_1"]
    assert room.events == [OrderChanged(stored, FRIDAY)]
    await room.orders.forget_notice("n1")
    assert await room.orders.notice("n1") is None


async def test_what_fails_has_not_happened(room: Room) -> None:
    number = (await room.casework.file(ORDER)).number

    async def fail() -> None:
        async with room.orders.open(number) as work:
            work.order = dispatched(work.order, FRIDAY)
            work.send(replace(WEBHOOK, number=number))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    stored = await room.orders.get(number)
    assert stored is not None
    assert stored.stage is Stage.ACCEPTED
    assert await room.webhooks.of_order(number) == []
    assert room.events == []


async def test_an_order_that_is_not_there(room: Room) -> None:
    with pytest.raises(NoSuchOrder):
        async with room.orders.open("20260105-0001"):
            pass
    assert await room.orders.get("20260105-0001") is None


async def test_a_look_changes_nothing_and_keeps_the_timer(room: Room) -> None:
    number = (await room.casework.file(ORDER)).number
    async with room.orders.open(number):
        pass
    assert room.events == []
    assert await room.keys() == [f"order:{number}"]


async def test_two_people_at_once_do_not_undo_each_other(room: Room) -> None:
    number = (await room.casework.file(ORDER)).number

    async def remind(what: str) -> None:
        async with room.orders.open(number) as work:
            work.order = replace(work.order, reminded=(*work.order.reminded, what))

    await asyncio.gather(*(remind(str(count)) for count in range(8)))
    stored = await room.orders.get(number)
    assert stored is not None
    assert sorted(stored.reminded) == [str(count) for count in range(8)]


async def test_filing_twice_the_same_subject_opens_the_order_there_is(room: Room) -> None:
    wanted = replace(ORDER, subject="desk:1")
    numbers = []
    for _ in range(2):
        async with room.orders.file(wanted) as work:
            numbers.append(work.order.number)
    assert numbers[0] == numbers[1]
    assert len(await room.orders.steps(numbers[0])) == 1


async def test_open_orders_come_first_the_soonest_due_before_the_others(room: Room) -> None:
    late, soon, never = [
        (await room.casework.file(replace(ORDER, due_at=due))).number
        for due in (FRIDAY + timedelta(days=2), FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=9))
    ]
    found = await room.orders.search(OrderFilter(now=FRIDAY))
    assert [order.number for order in found] == [soon, late, never]
    mine = await room.orders.search(OrderFilter(now=FRIDAY, staff_id="102"))
    assert mine == []
    overdue = OrderFilter(now=FRIDAY + timedelta(days=1, hours=1), state="overdue")
    assert [order.number for order in await room.orders.search(overdue)] == [soon]
    assert [order.number for order in await room.orders.search(OrderFilter(now=FRIDAY, limit=1))] == [soon]
    assert len(await room.orders.search(OrderFilter(now=FRIDAY, words="501"))) == 3
    assert await room.orders.search(OrderFilter(now=FRIDAY, words="5_1")) == []


async def sent(room: Room) -> str:
    number = (await room.casework.file(ORDER)).number
    async with room.orders.open(number) as work:
        work.order = dispatched(work.order, FRIDAY)
        work.send(replace(WEBHOOK, number=number))
    return number


async def test_an_attempt_is_claimed_by_one_replica(room: Room) -> None:
    await sent(room)
    claims = await asyncio.gather(*(room.webhooks.claim("msg_1", FRIDAY, SOON) for _ in range(5)))
    (claimed,) = [claim for claim in claims if claim]
    assert claimed.attempts == 1
    assert await room.timers.next_due_at() == SOON
    assert await room.webhooks.claim("msg_1", SOON, SOON + timedelta(minutes=1)) is not None


async def test_a_delivered_message_keeps_no_key_and_no_timer(room: Room) -> None:
    await sent(room)
    await room.webhooks.claim("msg_1", FRIDAY, SOON)
    await room.webhooks.settle("msg_1", WebhookState.DELIVERED, "", None)
    settled = await room.webhooks.get("msg_1")
    assert settled is not None
    assert (settled.state, settled.body, settled.next_at) == (WebhookState.DELIVERED, "", None)
    assert await room.keys() == []
    assert await room.webhooks.claim("msg_1", SOON, SOON) is None


async def test_a_failed_one_is_tried_again_and_a_dead_one_only_when_revived(room: Room) -> None:
    await sent(room)
    await room.webhooks.claim("msg_1", FRIDAY, SOON)
    await room.webhooks.settle("msg_1", WebhookState.WAITING, "HTTP 500", SOON)
    assert await room.webhooks.claim("msg_1", FRIDAY, SOON) is None
    assert await room.keys() == ["webhook:msg_1"]
    assert await room.webhooks.claim("msg_1", SOON, SOON + timedelta(minutes=1)) is not None
    await room.webhooks.settle("msg_1", WebhookState.DEAD, "HTTP 500", None)
    (dead,) = await room.webhooks.dead()
    assert (dead.last_error, dead.body, dead.attempts) == ("HTTP 500", "{}", 2)
    assert await room.webhooks.claim("msg_1", SOON, SOON) is None
    await room.webhooks.revive(replace(dead, next_at=SOON))
    revived = await room.webhooks.claim("msg_1", SOON, SOON + timedelta(minutes=1))
    assert revived is not None
    assert revived.attempts == 1


async def test_a_timer_that_outlived_its_message_goes(room: Room) -> None:
    assert await room.webhooks.claim("msg_gone", FRIDAY, SOON) is None
    assert await room.webhooks.get("msg_gone") is None
