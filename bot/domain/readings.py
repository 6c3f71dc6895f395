"""Reported meter readings: is the number plausible, what does the gas cost, is it time to pay (S0 报数)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from bot.domain.company import CompanyProfile, PriceTier
from bot.domain.gas import Account, CustomerClass

CENT = Decimal("0.01")
#: Meters count in litres at the finest.
LITRE = Decimal("0.001")
_DAYS_A_MONTH = Decimal("30.4375")
MONTHS_A_YEAR = 12


class Verdict(StrEnum):
    OK = "ok"
    #: Not below the last reading (domain: meter-reading report).
    BELOW_LAST = "below_last"
    #: So much more than usual that the customer is asked to look again.
    IMPLAUSIBLY_HIGH = "implausibly_high"


@dataclass(frozen=True, kw_only=True)
class Plausibility:
    verdict: Verdict
    #: Readings that raise no question, m³.
    lowest_m3: Decimal
    highest_m3: Decimal

    @property
    def ok(self) -> bool:
        return self.verdict is Verdict.OK


def check_reading(account: Account, value_m3: Decimal, today: date, profile: CompanyProfile) -> Plausibility:
    """Compare a reading of `today` with the account's last one.

    Expected is at most the profile's factor times the monthly average for every month since the last reading, at
    least one month; a small use (`readings.allowance_m3`) always passes. The upper bound is rounded to whole m³.
    """
    rules = profile.readings
    days = max((today - account.last_reading_on).days, 0)
    months = max(Decimal(1), days / _DAYS_A_MONTH)
    allowed = max(rules.allowance_m3, rules.implausible_factor * account.monthly_average_m3 * months)
    lowest, highest = account.last_reading_m3, (account.last_reading_m3 + allowed).to_integral_value(ROUND_HALF_UP)
    if value_m3 < lowest:
        verdict = Verdict.BELOW_LAST
    elif value_m3 > highest:
        verdict = Verdict.IMPLAUSIBLY_HIGH
    else:
        verdict = Verdict.OK
    return Plausibility(verdict=verdict, lowest_m3=lowest, highest_m3=highest)


def tiers_of(account: Account, profile: CompanyProfile) -> tuple[PriceTier, ...]:
    """The price tiers that apply to the account."""
    if account.customer_class is CustomerClass.COMMERCIAL:
        return profile.prices.commercial
    return profile.prices.residential


def consumption_fee(used_before_m3: Decimal, volume_m3: Decimal, tiers: Sequence[PriceTier]) -> Decimal:
    """Yuan for `volume_m3` used on top of `used_before_m3` in the same pricing year.

    Every m³ costs the price of the tier it falls in. The sum is rounded once, half up, to 0.01 yuan: a volume billed
    in two parts may differ from the whole by one cent. Raises ValueError for a negative volume or past use.
    """
    return fee_exactly(used_before_m3, volume_m3, tiers).quantize(CENT, ROUND_HALF_UP)


def fee_exactly(used_before_m3: Decimal, volume_m3: Decimal, tiers: Sequence[PriceTier]) -> Decimal:
    """As `consumption_fee`, before rounding."""
    shares = tier_shares(used_before_m3, volume_m3, tiers)
    return sum((share.volume_m3 * share.yuan_per_m3 for share in shares), Decimal(0))


def volume_for(used_before_m3: Decimal, yuan: Decimal, tiers: Sequence[PriceTier]) -> Decimal:
    """The m³ that `yuan` buys on top of `used_before_m3` in the same pricing year, rounded down to 0.01.

    Raises ValueError for a negative sum or past use.
    """
    if used_before_m3 < 0 or yuan < 0:
        raise ValueError(f"neither can be negative: {used_before_m3} m³, {yuan} yuan")
    left, used = yuan, used_before_m3
    for tier in tiers:
        if tier.up_to_m3 is not None and used >= tier.up_to_m3:
            continue
        affordable = left / tier.yuan_per_m3
        within = affordable if tier.up_to_m3 is None else min(affordable, tier.up_to_m3 - used)
        used, left = used + within, left - within * tier.yuan_per_m3
        if within == affordable:
            break
    return (used - used_before_m3).quantize(CENT, ROUND_DOWN)


@dataclass(frozen=True)
class TierShare:
    """What part of a volume falls in one tier."""

    #: From 1.
    tier: int
    volume_m3: Decimal
    yuan_per_m3: Decimal


def tier_shares(used_before_m3: Decimal, volume_m3: Decimal, tiers: Sequence[PriceTier]) -> tuple[TierShare, ...]:
    """`volume_m3`, used on top of `used_before_m3`, by the tiers it falls in; tiers that get nothing are left out.

    Raises ValueError for a negative volume or past use.
    """
    if used_before_m3 < 0 or volume_m3 < 0:
        raise ValueError(f"volumes cannot be negative: {used_before_m3}, {volume_m3}")
    start, end = used_before_m3, used_before_m3 + volume_m3
    shares, lower = [], Decimal(0)
    for number, tier in enumerate(tiers, 1):
        upper = end if tier.up_to_m3 is None else tier.up_to_m3
        within = min(end, upper) - max(start, lower)
        if within > 0:
            shares.append(TierShare(number, within, tier.yuan_per_m3))
        lower = upper
    return tuple(shares)


@dataclass(frozen=True)
class YearlyUse:
    """What the same volume every month comes to from January to December."""

    volume_m3: Decimal
    #: Yuan of January, before anything was used, and of the whole year.
    first_month: Decimal
    fee: Decimal
    shares: tuple[TierShare, ...]


def yearly(monthly_m3: Decimal, tiers: Sequence[PriceTier]) -> YearlyUse:
    """A year in which `monthly_m3` is used every month. Raises ValueError for a negative volume."""
    volume = monthly_m3 * MONTHS_A_YEAR
    return YearlyUse(
        volume_m3=volume,
        first_month=consumption_fee(Decimal(0), monthly_m3, tiers),
        fee=consumption_fee(Decimal(0), volume, tiers),
        shares=tier_shares(Decimal(0), volume, tiers),
    )


def tier_at(used_m3: Decimal, tiers: Sequence[PriceTier]) -> int:
    """The tier, from 1, that the next m³ falls in after `used_m3` in the pricing year."""
    return next(n for n, tier in enumerate(tiers, 1) if tier.up_to_m3 is None or used_m3 < tier.up_to_m3)


class BalanceState(StrEnum):
    ENOUGH = "enough"
    LOW = "low"
    ARREARS = "arrears"


def balance_state(balance_yuan: Decimal, profile: CompanyProfile) -> BalanceState:
    """Below the low-balance limit (30 yuan) or in arrears the customer is asked to pay (S0 新抄表模式 5)."""
    if balance_yuan < 0:
        return BalanceState.ARREARS
    return BalanceState.LOW if balance_yuan < profile.balance.low_yuan else BalanceState.ENOUGH
