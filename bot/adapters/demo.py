"""The demo company's records, read from demo/: invented people, to try the product with."""

import csv
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sqlalchemy import func, insert, select

from bot.adapters.sql import business_rows
from bot.adapters.sql.database import Database, locked
from bot.adapters.sql.tables_business import accounts, communities, outage_communities, outages
from bot.domain.gas import Account, Community, CustomerClass, MeterKind, Outage

DEMO = Path(__file__).parents[2] / "demo"


async def seed_demo(database: Database, now: datetime, zone: tzinfo, folder: Path = DEMO) -> bool:
    """Fill a database that knows no community and no account; dates count from `now`. False if there was something.

    Two replicas that start at once seed once.
    """
    places = read_communities(folder / "communities.yml", now.astimezone(zone).date())
    customers = read_accounts(folder / "accounts.csv", places, now.astimezone(zone).date())
    interruptions = read_outages(folder / "outages.yml", places, now)
    async with locked(database, "seed_demo") as connection:
        for table in (communities, accounts):
            if (await connection.execute(select(func.count()).select_from(table))).scalar_one():
                return False
        await connection.execute(insert(communities), [business_rows.community_row(each) for each in places])
        await connection.execute(insert(accounts), [business_rows.account_row(each) for each in customers])
        await connection.execute(insert(outages), [business_rows.outage_row(each) for each in interruptions])
        await connection.execute(insert(outage_communities), business_rows.outage_community_rows(interruptions))
    return True


def read_communities(path: Path, today: date) -> list[Community]:
    return [_community(item, today) for item in _yaml(path)]


def read_accounts(path: Path, places: list[Community], today: date) -> list[Account]:
    """Raises KeyError for a community that `places` do not name."""
    ids = {place.name: place.id for place in places}
    with path.open(encoding="utf-8", newline="") as lines:
        return [_account(row, ids, today) for row in csv.DictReader(lines)]


def read_outages(path: Path, places: list[Community], now: datetime) -> list[Outage]:
    """Times count from the full hour. Raises KeyError for a community that `places` do not name."""
    ids = {place.name: place.id for place in places}
    hour = now.replace(minute=0, second=0, microsecond=0)
    return [_outage(item, ids, hour) for item in _yaml(path)]


def _yaml(path: Path) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return items


def _community(item: Mapping[str, Any], today: date) -> Community:
    days = item.get("supply_planned_in_days")
    return Community(
        id=item["id"],
        name=item["name"],
        aliases=tuple(item["aliases"]),
        supplied=item["supplied"],
        supply_planned=None if days is None else today + timedelta(days=days),
    )


def _account(row: Mapping[str, str], ids: Mapping[str, str], today: date) -> Account:
    return Account(
        number=row["number"],
        community_id=ids[row["community"]],
        address=row["address"],
        holder=row["holder"],
        phone=row["phone"],
        customer_class=CustomerClass(row["customer_class"]),
        meter_kind=MeterKind(row["meter_kind"]),
        contract_signed=row["contract_signed"] == "yes",
        gas_on=row["gas_on"] == "yes",
        balance_yuan=Decimal(row["balance_yuan"]),
        last_reading_m3=Decimal(row["last_reading_m3"]),
        last_reading_on=today - timedelta(days=int(row["last_reading_days_ago"])),
        monthly_average_m3=Decimal(row["monthly_average_m3"]),
        year_used_m3=Decimal(row["year_used_m3"]),
        arrears_since=today - timedelta(days=int(days)) if (days := row["arrears_since_days_ago"]) else None,
        direct_debit=row["direct_debit"] == "yes",
    )


def _outage(item: Mapping[str, Any], ids: Mapping[str, str], hour: datetime) -> Outage:
    return Outage(
        id=item["id"],
        community_ids=tuple(ids[name] for name in item["communities"]),
        starts_at=hour + timedelta(hours=item["starts_in_hours"]),
        ends_at=hour + timedelta(hours=item["ends_in_hours"]),
        planned=item["planned"],
        reason=item["reason"],
    )
