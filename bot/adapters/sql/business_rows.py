"""The gas company's records as rows of their tables, and back."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import RowMapping

from bot.domain.gas import Account, Community, CustomerClass, MeterKind, Outage, Reading
from bot.domain.places import dwelling_key, room_key


def community_row(community: Community) -> dict[str, Any]:
    return {
        "id": community.id,
        "name": community.name,
        "aliases": list(community.aliases),
        "supplied": community.supplied,
        "supply_planned": community.supply_planned,
    }


def community(row: RowMapping) -> Community:
    return Community(
        id=row["id"],
        name=row["name"],
        aliases=tuple(row["aliases"]),
        supplied=row["supplied"],
        supply_planned=row["supply_planned"],
    )


def account_row(account: Account) -> dict[str, Any]:
    """With the keys by which its address is found."""
    return {
        "number": account.number,
        "community_id": account.community_id,
        "address": account.address,
        "dwelling_key": dwelling_key(account.address),
        "room_key": room_key(account.address),
        "holder": account.holder,
        "phone": account.phone,
        "customer_class": account.customer_class,
        "meter_kind": account.meter_kind,
        "contract_signed": account.contract_signed,
        "gas_on": account.gas_on,
        "balance_fen": account.balance_yuan,
        "last_reading_litres": account.last_reading_m3,
        "last_reading_on": account.last_reading_on,
        "monthly_average_litres": account.monthly_average_m3,
        "year_used_litres": account.year_used_m3,
        "arrears_since": account.arrears_since,
        "direct_debit": account.direct_debit,
    }


def account(row: RowMapping, year: int) -> Account:
    """The account as it stands in `year`."""
    return Account(
        number=row["number"],
        community_id=row["community_id"],
        address=row["address"],
        holder=row["holder"],
        phone=row["phone"],
        customer_class=CustomerClass(row["customer_class"]),
        meter_kind=MeterKind(row["meter_kind"]),
        contract_signed=row["contract_signed"],
        gas_on=row["gas_on"],
        balance_yuan=row["balance_fen"],
        last_reading_m3=row["last_reading_litres"],
        last_reading_on=row["last_reading_on"],
        monthly_average_m3=row["monthly_average_litres"],
        year_used_m3=used_in(year, row),
        arrears_since=row["arrears_since"],
        direct_debit=row["direct_debit"],
    )


def reading(row: RowMapping) -> Reading:
    return Reading(
        account_number=row["account_number"],
        value_m3=row["value_litres"],
        reported_at=row["reported_at"],
        conversation_id=row["conversation_id"],
    )


def used_in(year: int, row: RowMapping) -> Decimal:
    """The pricing year is the calendar year: what was used before counts no more."""
    used: Decimal = row["year_used_litres"]
    last_on: date = row["last_reading_on"]
    return used if last_on.year >= year else Decimal(0)


def outage_row(outage: Outage) -> dict[str, Any]:
    return {
        "id": outage.id,
        "starts_at": outage.starts_at,
        "ends_at": outage.ends_at,
        "planned": outage.planned,
        "reason": outage.reason,
    }


def outage_community_rows(each: Iterable[Outage]) -> list[dict[str, str]]:
    return [{"outage_id": outage.id, "community_id": place} for outage in each for place in outage.community_ids]


def outages(rows: Sequence[RowMapping]) -> list[Outage]:
    """Outages from rows with one community each, those of an outage side by side."""
    return [_outage(list(group)) for _, group in groupby(rows, key=lambda row: row["id"])]


def _outage(rows: Sequence[RowMapping]) -> Outage:
    row = rows[0]
    return Outage(
        id=row["id"],
        community_ids=tuple(each["community_id"] for each in rows),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        planned=row["planned"],
        reason=row["reason"],
    )
