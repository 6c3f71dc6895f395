"""The gas company's records on SQLite and PostgreSQL."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import pytest_asyncio
from sqlalchemy import func, select
from sqlalchemy.exc import StatementError

from bot.adapters.sql.back_office import SqlBackOffice
from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_business import readings
from bot.domain.gas import NoSuchAccount, Outage, Reading
from tests.contract.business import FRIDAY, SHANGHAI, StoppedClock, account, community, fill

PLACES = [
    community("幸福小区", "幸福里"),
    community("阳光花园"),
    community("锦绣家园一期"),
    community("锦绣家园二期"),
    community("未来小区", supplied=False, planned=date(2027, 3, 1)),
]
CUSTOMERS = [
    account("80000001", "幸福小区", "3号楼2单元501室"),
    account("80000002", "幸福小区", "3号楼1单元501室"),
    account("80000003", "阳光花园", "3号楼2单元501室"),
    account("80000004", "阳光花园", "A座1203室"),
    account("80000005", "锦绣家园一期", "7号楼1单元101室"),
    account("80000006", "锦绣家园二期", "7号楼1单元101室"),
]


def outage(name: str, hours: float, length: float, *names: str) -> Outage:
    starts_at = FRIDAY + timedelta(hours=hours)
    return Outage(
        id=name,
        community_ids=tuple(f"id-{each}" for each in names),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=length),
        planned=True,
        reason="管道检修",
    )


INTERRUPTIONS = [
    outage("later", 48, 6, "幸福小区"),
    outage("soon", 24, 6, "幸福小区", "阳光花园"),
    outage("now", -2, 6, "幸福小区"),
    outage("over", -9, 6, "幸福小区"),
    outage("elsewhere", -2, 6, "阳光花园"),
]


@pytest_asyncio.fixture
async def database(database: Database) -> Database:
    await fill(database, PLACES, CUSTOMERS, INTERRUPTIONS)
    return database


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def office(database: Database, clock: StoppedClock) -> SqlBackOffice:
    return SqlBackOffice(database, clock, SHANGHAI)


async def test_a_community_comes_back_as_it_was_stored(office: SqlBackOffice) -> None:
    assert await office.community("id-幸福小区") == PLACES[0]
    assert await office.community("id-未来小区") == PLACES[4]
    assert await office.community("id-没有") is None


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("幸福", ["幸福小区"]),
        ("幸福里", ["幸福小区"]),
        ("阳光花园3号楼", ["阳光花园"]),
        ("锦绣家园", ["锦绣家园一期", "锦绣家园二期"]),
        ("锦绣家园2期", ["锦绣家园二期"]),
        ("平安小区", []),
        ("'; DROP TABLE communities; --", []),
    ],
)
async def test_communities_are_found_by_their_spellings(office: SqlBackOffice, words: str, names: list[str]) -> None:
    assert [each.name for each in await office.find_communities(words)] == names


async def test_at_most_five_communities_are_given(office: SqlBackOffice, database: Database) -> None:
    await fill(database, [community(f"和平里{street}区") for street in range(8)])
    assert len(await office.find_communities("和平里")) == 5


async def test_an_account_comes_back_as_it_was_stored(office: SqlBackOffice) -> None:
    assert await office.account("80000001") == CUSTOMERS[0]
    assert await office.account(" 80000001 ") == CUSTOMERS[0]
    assert await office.account("99999999") is None


@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        ("幸福小区3号楼2单元501室", ["80000001"]),
        ("幸福小区3-2-501", ["80000001"]),
        ("我家在幸福小区三号楼二单元五零一", ["80000001"]),
        ("幸福里 3栋2单元 501", ["80000001"]),
        ("阳光花园3-2-501", ["80000003"]),
        ("阳光花园A座1203", ["80000004"]),
        ("幸福小区3号楼501", ["80000001", "80000002"]),
        ("3-2-501", ["80000001", "80000003"]),
        ("锦绣家园7-1-101", ["80000005", "80000006"]),
        ("锦绣家园二期7-1-101", ["80000006"]),
        ("幸福小区3号楼2单元502", []),
        ("幸福小区", []),
        ("平安小区3-2-501", []),
        ("幸福小区3号楼", []),
        ("", []),
        ("我家漏气了", []),
    ],
)
async def test_accounts_are_found_by_the_stated_address_and_never_guessed(
    office: SqlBackOffice, address: str, numbers: list[str]
) -> None:
    assert [each.number for each in await office.find_accounts(address)] == numbers


async def test_outages_that_are_not_over_come_current_ones_first(office: SqlBackOffice, clock: StoppedClock) -> None:
    assert [each.id for each in await office.outages_of("id-幸福小区")] == ["now", "soon", "later"]
    assert [each.id for each in await office.outages_of("id-阳光花园")] == ["elsewhere", "soon"]
    assert await office.outages_of("id-锦绣家园一期") == []
    clock.moment = INTERRUPTIONS[2].ends_at
    assert [each.id for each in await office.outages_of("id-幸福小区")] == ["soon", "later"]


async def test_an_outage_comes_back_whole(office: SqlBackOffice) -> None:
    soon = (await office.outages_of("id-幸福小区"))[1]
    assert sorted(soon.community_ids) == sorted(INTERRUPTIONS[1].community_ids)
    assert (soon.starts_at, soon.ends_at, soon.planned, soon.reason) == (
        INTERRUPTIONS[1].starts_at,
        INTERRUPTIONS[1].ends_at,
        True,
        "管道检修",
    )


def reading(value: str, at: datetime = FRIDAY, conversation_id: str = "c1", number: str = "80000001") -> Reading:
    return Reading(account_number=number, value_m3=Decimal(value), reported_at=at, conversation_id=conversation_id)


async def count(database: Database) -> int:
    async with database.reader.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(readings))).scalar_one()


async def test_the_accounts_last_reading_follows_the_report(office: SqlBackOffice) -> None:
    await office.save_reading(reading("1235.625"))
    after = await office.account("80000001")
    assert after is not None
    assert (after.last_reading_m3, after.last_reading_on) == (Decimal("1235.625"), date(2026, 11, 20))
    assert after.year_used_m3 == Decimal("185.5")
    assert after.balance_yuan == CUSTOMERS[0].balance_yuan
    assert await office.account("80000002") == CUSTOMERS[1]


async def test_the_same_report_twice_is_one(office: SqlBackOffice, database: Database) -> None:
    await office.save_reading(reading("1235"))
    before = await office.account("80000001")
    await office.save_reading(reading("1235.000", FRIDAY + timedelta(hours=2)))
    assert await count(database) == 1
    assert await office.account("80000001") == before


async def test_the_same_report_at_once_is_one(office: SqlBackOffice, database: Database) -> None:
    await asyncio.gather(*[office.save_reading(reading("1235")) for _ in range(10)])
    assert await count(database) == 1
    after = await office.account("80000001")
    assert after is not None
    assert after.year_used_m3 == Decimal("184.875")


@pytest.mark.parametrize(
    "other",
    [
        reading("1236"),
        reading("1235", FRIDAY + timedelta(days=1)),
        reading("1235", conversation_id="c2"),
        reading("1235", number="80000002"),
    ],
)
async def test_another_report_is_another(office: SqlBackOffice, database: Database, other: Reading) -> None:
    await office.save_reading(reading("1235"))
    await office.save_reading(other)
    assert await count(database) == 2


async def test_the_day_of_a_report_is_the_companys(office: SqlBackOffice) -> None:
    await office.save_reading(reading("1235", datetime(2026, 11, 20, 16, 30, tzinfo=UTC)))
    after = await office.account("80000001")
    assert after is not None
    assert after.last_reading_on == date(2026, 11, 21)


async def test_an_older_report_is_kept_but_does_not_turn_the_meter_back(
    office: SqlBackOffice, database: Database
) -> None:
    await office.save_reading(reading("1235"))
    await office.save_reading(reading("1220", FRIDAY - timedelta(days=3)))
    assert await count(database) == 2
    after = await office.account("80000001")
    assert after is not None
    assert after.last_reading_m3 == Decimal(1235)


async def test_the_tiers_begin_anew_with_the_year(office: SqlBackOffice, clock: StoppedClock) -> None:
    clock.moment = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)  # midnight in Shanghai
    before = await office.account("80000001")
    assert before is not None
    assert before.year_used_m3 == 0
    await office.save_reading(reading("1210.125", clock.moment))
    after = await office.account("80000001")
    assert after is not None
    assert after.year_used_m3 == Decimal(10)


async def test_a_report_for_no_account_is_refused_and_nothing_is_stored(
    office: SqlBackOffice, database: Database
) -> None:
    with pytest.raises(NoSuchAccount, match="99999999"):
        await office.save_reading(reading("5", number="99999999"))
    assert await count(database) == 0


async def test_a_value_that_would_not_be_stored_exactly_is_refused(office: SqlBackOffice, database: Database) -> None:
    with pytest.raises(StatementError, match="more than 3 decimals"):
        await office.save_reading(reading("1235.0005"))
    assert await count(database) == 0
    assert await office.account("80000001") == CUSTOMERS[0]


async def test_a_new_community_is_known_within_ten_seconds(
    office: SqlBackOffice, database: Database, clock: StoppedClock
) -> None:
    assert await office.find_communities("临江仙墅") == []
    await fill(database, [community("临江仙墅")], [], [])
    clock.moment += timedelta(seconds=10)
    assert await office.find_communities("临江仙墅") == [community("临江仙墅")]
    assert await office.community("id-临江仙墅") == community("临江仙墅")
