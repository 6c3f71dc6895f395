"""瓶装燃气票, by the rules of S1 第十三条."""

from datetime import date
from decimal import Decimal

import pytest

from bot.domain.company import GasCoupons
from bot.domain.gas_coupons import most_coupons, valid_until, worth_m3

RULES = GasCoupons()


def test_a_coupon_is_worth_five_cubic_metres() -> None:
    assert [worth_m3(count, RULES) for count in (0, 1, 7)] == [0, 5, 35]
    with pytest.raises(ValueError, match="coupons"):
        worth_m3(-1, RULES)


@pytest.mark.parametrize(("average", "most"), [("10", 6), ("12", 7), ("9.9", 5), ("1.6", 0), ("0", 0)])
def test_at_most_three_monthly_averages_are_taken_at_a_time(average: str, most: int) -> None:
    count = most_coupons(Decimal(average), RULES)
    assert count == most
    assert worth_m3(count, RULES) <= 3 * Decimal(average) < worth_m3(count + 1, RULES)


def test_an_average_is_not_negative() -> None:
    with pytest.raises(ValueError, match="average"):
        most_coupons(Decimal(-1), RULES)


@pytest.mark.parametrize(
    ("quarter", "last"),
    [(1, date(2026, 4, 30)), (2, date(2026, 7, 31)), (3, date(2026, 10, 31)), (4, date(2027, 1, 31))],
)
def test_a_coupon_is_taken_a_month_past_its_quarter(quarter: int, last: date) -> None:
    assert valid_until(2026, quarter, RULES) == last


def test_without_grace_the_quarter_ends_it() -> None:
    assert valid_until(2027, 4, GasCoupons(grace_months=0)) == date(2027, 12, 31)
    assert valid_until(2027, 4, GasCoupons(grace_months=2)) == date(2028, 2, 29)
    with pytest.raises(ValueError, match="quarter"):
        valid_until(2026, 5, RULES)
