"""瓶装燃气票 taken for piped gas: how many at a time, and until when (S1 第十三条)."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from bot.domain.company import GasCoupons

_MONTHS_A_QUARTER = 3


def most_coupons(monthly_average_m3: Decimal, rules: GasCoupons) -> int:
    """Coupons taken at a time: worth at most 3 monthly averages (S1 第十三条四; IC-card meters are not limited).

    Raises ValueError for a negative average.
    """
    if monthly_average_m3 < 0:
        raise ValueError(f"an average cannot be negative: {monthly_average_m3}")
    return int(monthly_average_m3 * rules.monthly_average_factor // rules.m3_each)


def worth_m3(coupons: int, rules: GasCoupons) -> Decimal:
    """m³ of piped LPG that they pay for (S1 第十三条二). Raises ValueError for a negative number."""
    if coupons < 0:
        raise ValueError(f"there are no {coupons} coupons")
    return coupons * rules.m3_each


def valid_until(year: int, quarter: int, rules: GasCoupons) -> date:
    """The last day on which a coupon of this quarter is taken: a month's grace (S1 第十三条三).

    Raises ValueError unless the quarter is 1 to 4.
    """
    if quarter not in range(1, 5):
        raise ValueError(f"a year has no quarter {quarter}")
    last = year * 12 + quarter * _MONTHS_A_QUARTER - 1 + rules.grace_months
    year, month = last // 12, last % 12 + 1
    return date(year, month, monthrange(year, month)[1])
