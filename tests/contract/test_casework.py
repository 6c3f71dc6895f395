"""Work orders on SQLite and PostgreSQL: one number each, whatever happens at once."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.sql.casework import SqlCasework, insert_order
from bot.adapters.sql.database import Database
from bot.domain.work_orders import Grade, Handling, NewOrder, OrderNote, OrderState, OrderType
from tests.contract.business import FRIDAY, PROFILE, SHANGHAI, StoppedClock

ORDER = NewOrder(
    conversation_id="c1",
    type=OrderType.STOVE_PROBLEM,
    handling=Handling.TO_REPAIR,
    state=OrderState.OPEN,
    summary="打不着火，电池已换",
    address="幸福小区3号楼2单元501室",
    contact_phone="13000000001",
    contact_time="1月6日（周二）上午",
    account_number="80000001",
    owner="101",
)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def casework(database: Database, clock: StoppedClock) -> SqlCasework:
    return SqlCasework(database, clock, PROFILE)


async def test_an_order_is_stored_as_filed(casework: SqlCasework) -> None:
    filed = await casework.file(ORDER)
    assert filed.number == "20261120-0001"
    assert filed.created_at == FRIDAY
    assert (filed.dispatched_at, filed.done_at) == (None, None)
    assert (filed.summary, filed.contact_time) == (ORDER.summary, ORDER.contact_time)
    assert await casework.orders_of("c1") == [filed]
    assert await casework.orders_of("c2") == []


async def test_numbers_count_up_and_begin_anew_each_day(casework: SqlCasework, clock: StoppedClock) -> None:
    numbers = [(await casework.file(ORDER)).number for _ in range(3)]
    clock.moment += timedelta(days=1)
    numbers.append((await casework.file(ORDER)).number)
    assert numbers == ["20261120-0001", "20261120-0002", "20261120-0003", "20261121-0001"]
    assert [order.number for order in await casework.orders_of("c1")] == numbers


async def test_the_day_begins_at_the_companys_midnight(casework: SqlCasework, clock: StoppedClock) -> None:
    clock.moment = datetime(2026, 11, 20, 15, 59, tzinfo=UTC)
    assert (await casework.file(ORDER)).number == "20261120-0001"
    clock.moment = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert (await casework.file(ORDER)).number == "20261121-0001"


async def test_orders_filed_at_once_by_two_replicas_share_no_number(
    database_url: str, casework: SqlCasework, clock: StoppedClock
) -> None:
    other_database = Database.connect(database_url)
    other = SqlCasework(other_database, clock, PROFILE)
    filed = await asyncio.gather(*[each.file(ORDER) for each in (casework, other) for _ in range(15)])
    await other_database.close()
    assert sorted(order.number for order in filed) == [f"20261120-{count:04d}" for count in range(1, 31)]


async def test_an_order_that_is_rolled_back_takes_its_number_with_it(database: Database, casework: SqlCasework) -> None:
    async with database.writer.connect() as connection:
        assert (await insert_order(connection, ORDER, FRIDAY, SHANGHAI)).number == "20261120-0001"
        await connection.rollback()
    assert await casework.orders_of("c1") == []
    assert (await casework.file(ORDER)).number == "20261120-0001"


async def test_an_order_within_another_transaction_has_the_same_numbers(
    database: Database, casework: SqlCasework
) -> None:
    await casework.file(ORDER)
    async with database.writer.begin() as connection:
        filed = await insert_order(connection, ORDER, FRIDAY)
    assert filed.number == "20261120-0002"
    assert filed in await casework.orders_of("c1")


async def test_what_is_done_or_dispatched_at_once_says_so(casework: SqlCasework) -> None:
    done = await casework.file(replace(ORDER, state=OrderState.DONE, type=OrderType.READING))
    assert (done.done_at, done.due_at, done.dispatched_at) == (FRIDAY, None, None)
    leak = replace(ORDER, type=OrderType.INDOOR_LEAK, dispatch_now=True)
    dispatched = await casework.file(leak)
    assert (dispatched.dispatched_at, dispatched.done_at) == (FRIDAY, None)
    assert dispatched.due_at == FRIDAY + timedelta(minutes=20)


async def test_an_open_order_is_due_as_promised(casework: SqlCasework) -> None:
    filed = await casework.file(ORDER)
    assert filed.due_at == datetime(2026, 11, 25, 10, 0, tzinfo=SHANGHAI)  # Friday and three working days
    agreed = FRIDAY + timedelta(hours=5)
    assert (await casework.file(replace(ORDER, due_at=agreed))).due_at == agreed
    assert [order.due_at for order in await casework.orders_of("c1")] == [filed.due_at, agreed]


async def test_orders_are_found_by_number_by_the_phone_left_and_by_account(casework: SqlCasework) -> None:
    first = await casework.file(ORDER)
    other = await casework.file(replace(ORDER, conversation_id="c2", contact_phone="", account_number=None))
    assert await casework.order(first.number) == first
    assert await casework.order("20261120-9999") is None
    assert await casework.orders_with_phone(ORDER.contact_phone) == [first]
    assert await casework.orders_with_phone("") == []
    assert await casework.orders_of_account("80000001") == [first]
    assert await casework.order(other.number) == other


async def test_a_subject_is_filed_once_in_a_conversation_and_keeps_its_grade(casework: SqlCasework) -> None:
    complaint = replace(ORDER, type=OrderType.COMPLAINT, grade=Grade.SEVERE, subject="complaint:乱收费")
    filed = await casework.file(complaint)
    assert await casework.file(replace(complaint, summary="又说了一遍")) == filed
    assert await casework.orders_of("c1") == [filed]
    assert filed.grade is Grade.SEVERE
    assert (await casework.file(replace(complaint, conversation_id="c2"))).number != filed.number


async def test_notes_are_added_with_their_moment(
    database: Database, casework: SqlCasework, clock: StoppedClock
) -> None:
    filed = await casework.file(ORDER)
    other = await casework.file(ORDER)
    for _ in range(2):
        async with database.writer.begin() as connection:
            await casework.note_within(connection, OrderNote(filed.number, "用户催办"))
        clock.moment += timedelta(minutes=5)
    noted = await casework.order(filed.number)
    assert noted is not None
    assert noted.notes == "11月20日 10:00 用户催办\n11月20日 10:05 用户催办"
    assert await casework.order(other.number) == other


async def test_what_the_customer_puts_right_replaces_what_stood_there(
    database: Database, casework: SqlCasework
) -> None:
    filed = await casework.file(ORDER)
    note = OrderNote(filed.number, "用户更正联系电话", contact_phone="13000000002")
    async with database.writer.begin() as connection:
        await casework.note_within(connection, note)
    noted = await casework.order(filed.number)
    assert noted is not None
    assert (noted.contact_phone, noted.address) == ("13000000002", ORDER.address)
    assert "用户更正联系电话" in noted.notes
