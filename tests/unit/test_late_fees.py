"""滞纳金, against the worked examples of S1 第十四条七 and the dates of 第十四条一、三 and 第七条四."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.testing import sample_account
from bot.domain.company import LateFees
from bot.domain.gas import CustomerClass
from bot.domain.late_fees import (
    commercial_late_fee,
    days_since,
    is_cut_off,
    late_fee_today,
    residential_late_fee,
    runs_from,
)

RULES = LateFees()
OWING = sample_account("1", "c1", "1号楼", balance_yuan=Decimal(-100), arrears_since=date(2026, 9, 12))


@pytest.mark.parametrize(
    ("arrears", "days", "fee"),
    [
        # 0--0.49元以下可以不收; 0.5--0.99元收0.5元; 1.0--1.49元收1元 (S1 第十四条七)
        ("163.33", 1, "0"),  # 0.48999
        ("166.66", 1, "0"),  # 0.49998
        ("166.67", 1, "0.5"),  # 0.50001
        ("330", 1, "0.5"),  # 0.99
        ("333.34", 1, "1"),  # 1.00002
        ("496.66", 1, "1"),  # 1.48998
        ("100", 5, "1.5"),
        ("86", 30, "7.5"),  # 7.74
        ("100", 0, "0"),
        ("0", 30, "0"),
    ],
)
def test_a_resident_pays_in_steps_of_half_a_yuan_rounded_down(arrears: str, days: int, fee: str) -> None:
    assert residential_late_fee(Decimal(arrears), days, RULES) == Decimal(fee)


@given(st.decimals(0, 9999, places=2), st.integers(0, 1000))
def test_rounding_costs_the_company_less_than_a_step(arrears: Decimal, days: int) -> None:
    fee = residential_late_fee(arrears, days, RULES)
    exact = arrears * RULES.residential_daily_rate * days
    assert fee % RULES.step_yuan == 0
    assert 0 <= exact - fee < RULES.step_yuan


@pytest.mark.parametrize(("arrears", "days", "fee"), [("1000", 10, "50"), ("1234.56", 3, "18.52"), ("500", 0, "0")])
def test_a_business_pays_half_a_percent_a_day_to_the_cent(arrears: str, days: int, fee: str) -> None:
    assert commercial_late_fee(Decimal(arrears), days, RULES) == Decimal(fee)


@pytest.mark.parametrize("fee", [residential_late_fee, commercial_late_fee])
def test_negative_figures_are_refused(fee: object) -> None:
    assert callable(fee)
    for arrears, days in [("-1", 1), ("1", -1)]:
        with pytest.raises(ValueError, match="negative"):
            fee(Decimal(arrears), days, RULES)


@pytest.mark.parametrize(
    ("bill", "debit", "first"),
    [
        (date(2026, 9, 12), False, date(2026, 10, 21)),  # 次月21日 (S1 第十四条三)
        (date(2026, 9, 12), True, date(2026, 11, 21)),  # 第二个月的21日 (S1 第十四条一)
        (date(2026, 12, 31), False, date(2027, 1, 21)),
        (date(2026, 11, 1), True, date(2027, 1, 21)),
    ],
)
def test_from_which_day_it_runs(bill: date, debit: bool, first: date) -> None:
    assert runs_from(bill, RULES, direct_debit=debit) == first


def test_the_first_day_counts_and_none_before_it() -> None:
    first = date(2026, 10, 21)
    assert [days_since(first, date(2026, 10, day)) for day in (1, 20, 21, 22)] == [0, 0, 1, 2]


def test_a_business_is_cut_off_after_more_than_fifteen_days() -> None:
    assert [is_cut_off(days, RULES) for days in (14, 15, 16)] == [False, False, True]


def test_what_an_account_owes_today() -> None:
    today = date(2026, 11, 9)  # the 20th day from 21 October
    assert late_fee_today(OWING, today, RULES) == Decimal(6)
    assert late_fee_today(replace(OWING, direct_debit=True), today, RULES) == 0
    business = replace(OWING, customer_class=CustomerClass.COMMERCIAL, arrears_since=date(2026, 11, 1))
    assert late_fee_today(business, today, RULES) == Decimal(4)
    assert late_fee_today(replace(OWING, balance_yuan=Decimal(0)), today, RULES) is None
    assert late_fee_today(replace(OWING, arrears_since=None), today, RULES) is None
