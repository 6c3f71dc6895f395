"""What the contract tests of the company's records and of its work orders share."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import Table, insert

from bot.adapters.sql import business_rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_business import accounts, communities, outage_communities, outages
from bot.domain.company import CompanyProfile, FieldUnit, FieldUnits, Hall, Hours, Identity
from bot.domain.gas import Account, Community, CustomerClass, MeterKind, Outage

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: A Friday, 10:00 in Shanghai.
FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)

_UNIT = FieldUnit(name="站", phone="0000-1")
PROFILE = CompanyProfile(
    company=Identity(name="测试燃气", city="测试市", hotline="0000-119"),
    halls=(Hall(name="厅", address="路1号", hours=Hours.model_validate("08:30-17:00"), phone="0000-2"),),
    units=FieldUnits(repair=_UNIT, operations=_UNIT, branch=_UNIT),
)


class StoppedClock:
    """Shows what a test sets."""

    def __init__(self, moment: datetime = FRIDAY) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    async def wait_until(self, moment: datetime | None, wake: asyncio.Event) -> None:
        raise NotImplementedError


def community(name: str, *aliases: str, supplied: bool = True, planned: date | None = None) -> Community:
    return Community(id=f"id-{name}", name=name, aliases=aliases, supplied=supplied, supply_planned=planned)


def account(number: str, community_name: str, address: str, last_on: date = date(2026, 10, 20)) -> Account:
    return Account(
        number=number,
        community_id=f"id-{community_name}",
        address=address,
        holder="测试用户",
        phone="13000000001",
        customer_class=CustomerClass.RESIDENTIAL,
        meter_kind=MeterKind.ORDINARY,
        contract_signed=True,
        gas_on=True,
        balance_yuan=Decimal("-12.50"),
        last_reading_m3=Decimal("1200.125"),
        last_reading_on=last_on,
        monthly_average_m3=Decimal("15.5"),
        year_used_m3=Decimal(150),
        arrears_since=date(2026, 8, 1),
        direct_debit=True,
    )


async def fill(
    database: Database,
    places: Sequence[Community] = (),
    customers: Sequence[Account] = (),
    interruptions: Sequence[Outage] = (),
) -> None:
    rows: list[tuple[Table, list[dict[str, object]]]] = [
        (communities, [business_rows.community_row(each) for each in places]),
        (accounts, [business_rows.account_row(each) for each in customers]),
        (outages, [business_rows.outage_row(each) for each in interruptions]),
        (outage_communities, [{**row} for row in business_rows.outage_community_rows(interruptions)]),
    ]
    async with database.writer.begin() as connection:
        for table, values in rows:
            if values:
                await connection.execute(insert(table), values)
