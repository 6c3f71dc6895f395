"""The gas company's own records: communities, accounts, meters, outages."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class MeterKind(StrEnum):
    ORDINARY = "ordinary"  # 基表: read and billed
    IC_CARD = "ic_card"  # 卡表: prepaid by card


class CustomerClass(StrEnum):
    RESIDENTIAL = "residential"  # 居民
    COMMERCIAL = "commercial"  # 餐饮、商业等非居民


@dataclass(frozen=True, kw_only=True)
class Community:
    """A residential compound (小区)."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    supplied: bool
    #: When supply is planned to begin, if it is not supplied yet.
    supply_planned: date | None = None


@dataclass(frozen=True, kw_only=True)
class Account:
    """A gas account (户号). Holder, address and phone are personal data: confirmed, never told."""

    number: str
    community_id: str
    #: Within the community, e.g. "3号楼2单元501室".
    address: str
    holder: str
    phone: str
    customer_class: CustomerClass
    meter_kind: MeterKind
    #: 供用气协议 signed.
    contract_signed: bool
    gas_on: bool
    balance_yuan: Decimal
    last_reading_m3: Decimal
    last_reading_on: date
    monthly_average_m3: Decimal
    #: Used since the start of the pricing year: decides the tier.
    year_used_m3: Decimal
    #: The earliest unpaid bill: any day of its month for a resident, the day it was due for a business.
    arrears_since: date | None = None
    #: Pays by direct debit (银行代扣), not at a hall or the like.
    direct_debit: bool = False


@dataclass(frozen=True, kw_only=True)
class Outage:
    """An interruption of supply."""

    id: str
    community_ids: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    planned: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A meter reading reported by a customer (报数)."""

    account_number: str
    value_m3: Decimal
    reported_at: datetime
    conversation_id: str


class NoSuchAccount(LookupError):
    """No gas account has this number."""
