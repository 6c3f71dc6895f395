"""The demo company: complete, invented, seeded once, and as its page describes it."""

import asyncio
import csv
import re
from collections import Counter
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import delete, func, select

from bot.adapters.demo import DEMO, read_accounts, read_communities, read_outages, seed_demo
from bot.adapters.sql.back_office import SqlBackOffice
from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_business import accounts, communities, outages
from bot.domain.gas import CustomerClass, MeterKind
from bot.domain.readings import check_reading
from tests.contract.business import FRIDAY, PROFILE, SHANGHAI, StoppedClock

TODAY = FRIDAY.astimezone(SHANGHAI).date()
PLACES = read_communities(DEMO / "communities.yml", TODAY)
CUSTOMERS = read_accounts(DEMO / "accounts.csv", PLACES, TODAY)
INTERRUPTIONS = read_outages(DEMO / "outages.yml", PLACES, FRIDAY)
NAME_OF = {place.id: place.name for place in PLACES}
ROWS = list(csv.DictReader((DEMO / "accounts.csv").read_text(encoding="utf-8").splitlines()))


async def counts(database: Database) -> list[int]:
    async with database.reader.connect() as connection:
        return [
            (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (communities, accounts, outages)
        ]


async def test_an_empty_database_is_filled_once(database: Database) -> None:
    whole = [len(PLACES), len(CUSTOMERS), len(INTERRUPTIONS)]
    assert await seed_demo(database, FRIDAY, SHANGHAI) is True
    assert await counts(database) == whole
    assert await seed_demo(database, FRIDAY + timedelta(days=3), SHANGHAI) is False
    assert await counts(database) == whole


async def test_a_company_with_records_of_its_own_is_left_alone(database: Database) -> None:
    await seed_demo(database, FRIDAY, SHANGHAI)
    async with database.writer.begin() as connection:
        await connection.execute(delete(accounts))
    assert await seed_demo(database, FRIDAY, SHANGHAI) is False
    assert (await counts(database))[1] == 0


async def test_two_replicas_that_start_at_once_seed_once(database: Database, database_url: str) -> None:
    other = Database.connect(database_url)
    seeded = await asyncio.gather(*[seed_demo(each, FRIDAY, SHANGHAI) for each in (database, other)])
    await other.close()
    assert sorted(seeded) == [False, True]
    assert (await counts(database))[0] == len(PLACES)


async def test_every_account_is_found_by_number_and_by_its_address_alone(database: Database) -> None:
    await seed_demo(database, FRIDAY, SHANGHAI)
    office = SqlBackOffice(database, StoppedClock(), SHANGHAI)
    for account in CUSTOMERS:
        assert await office.account(account.number) == account
        stated = f"{NAME_OF[account.community_id]}{account.address}"
        assert [each.number for each in await office.find_accounts(stated)] == [account.number], stated


async def test_one_outage_is_now_and_one_is_planned_within_two_days(database: Database) -> None:
    await seed_demo(database, FRIDAY, SHANGHAI)
    office = SqlBackOffice(database, StoppedClock(), SHANGHAI)
    (current,) = await office.outages_of("wuyi")
    assert current.starts_at < FRIDAY < current.ends_at
    assert not current.planned
    for place in ("binhe", "pingan"):
        (planned,) = await office.outages_of(place)
        assert planned.planned
        assert FRIDAY < planned.starts_at < FRIDAY + timedelta(hours=48)


def test_the_demo_shows_every_state_that_dialogues_tell_apart() -> None:
    assert len(CUSTOMERS) >= 60
    assert len({each.number for each in CUSTOMERS}) == len(CUSTOMERS)
    assert {(each.contract_signed, each.gas_on) for each in CUSTOMERS} == {(True, True), (True, False), (False, False)}
    kinds = Counter((each.customer_class, each.meter_kind) for each in CUSTOMERS if each.gas_on)
    for kind in [
        (CustomerClass.RESIDENTIAL, MeterKind.ORDINARY),
        (CustomerClass.RESIDENTIAL, MeterKind.IC_CARD),
        (CustomerClass.COMMERCIAL, MeterKind.ORDINARY),
    ]:
        assert kinds[kind] >= 2
    assert any(each.balance_yuan < 0 for each in CUSTOMERS)
    assert any(0 <= each.balance_yuan < PROFILE.balance.low_yuan and each.gas_on for each in CUSTOMERS)
    assert sum(not place.supplied for place in PLACES) == 3


def test_nobody_in_it_is_real() -> None:
    for each in CUSTOMERS:
        assert re.search("演示|示例|样本|样例|演练", each.holder), each.holder
        assert each.phone.startswith("130000000")


def test_a_years_use_fits_the_meter() -> None:
    for each in CUSTOMERS:
        assert 0 <= each.year_used_m3 <= each.last_reading_m3


PAGE = (DEMO.parent / "docs" / "demo-company.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """The body of the page's table whose first heading cell is this."""
    body = PAGE.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in body]


def test_the_page_lists_the_accounts_worth_trying() -> None:
    told = [[row["number"], row["community"] + row["address"], row["shows"]] for row in ROWS if row["shows"]]
    assert table("户号") == told


def test_the_page_lists_the_communities() -> None:
    def supply(days: int | None, supplied: bool) -> str:
        return "已通气" if supplied else "没有计划" if days is None else f"首次启动后 {days} 天"

    told = [
        [
            place.name,
            "、".join(place.aliases),
            supply(None if place.supply_planned is None else (place.supply_planned - TODAY).days, place.supplied),
        ]
        for place in PLACES
    ]
    assert [[name, aliases, days] for name, aliases, days in table("小区 | 别名")] == told


def test_the_page_lists_the_outages() -> None:
    def told(hours: float) -> str:
        return f"{-hours:g} 小时前" if hours < 0 else f"{hours:g} 小时后"

    rows = [
        [
            "、".join(NAME_OF[place] for place in each.community_ids),
            told((each.starts_at - FRIDAY) / timedelta(hours=1)),
            told((each.ends_at - FRIDAY) / timedelta(hours=1)),
            each.reason,
        ]
        for each in INTERRUPTIONS
    ]
    assert table("小区 | 从") == rows


def test_the_page_counts_right() -> None:
    assert f"{len(PLACES)} 个小区" in PAGE
    assert f"{len(CUSTOMERS)} 个户号" in PAGE
    assert f"{len(INTERRUPTIONS)} 次停气" in PAGE


async def test_the_addresses_the_page_calls_ambiguous_are(database: Database) -> None:
    await seed_demo(database, FRIDAY, SHANGHAI)
    office = SqlBackOffice(database, StoppedClock(), SHANGHAI)
    assert [each.number for each in await office.find_accounts("幸福小区3号楼501")] == ["10010001", "10010002"]
    assert [each.number for each in await office.find_accounts("3-2-501")] == ["10010001", "10020002"]
    assert [each.name for each in await office.find_communities("锦绣家园")] == ["锦绣家园一期", "锦绣家园二期"]


def test_the_readings_the_page_promises_are_judged_so() -> None:
    account = next(each for each in CUSTOMERS if each.number == "10010001")
    assert check_reading(account, Decimal(1235), TODAY, PROFILE).ok
    assert not check_reading(account, Decimal(12350), TODAY, PROFILE).ok
