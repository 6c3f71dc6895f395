"""Is a reported reading plausible, what does it cost, is it time to pay."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.company_file import load_company
from bot.domain.company import PriceTier
from bot.domain.gas import Account, CustomerClass, MeterKind
from bot.domain.readings import (
    BalanceState,
    Verdict,
    balance_state,
    check_reading,
    consumption_fee,
    fee_exactly,
    tier_at,
    tier_shares,
    tiers_of,
    volume_for,
    yearly,
)

PROFILE = load_company(Path(__file__).parents[2] / "company.yml", {})
TIERS = PROFILE.prices.residential  # to 360 at 2.66, to 600 at 3.19, then 3.99
LAST_ON = date(2026, 10, 20)


def account(
    last: str = "1200", average: str = "15", customer_class: CustomerClass = CustomerClass.RESIDENTIAL
) -> Account:
    return Account(
        number="80000001",
        community_id="c01",
        address="1号楼1单元101室",
        holder="测试用户",
        phone="13000000001",
        customer_class=customer_class,
        meter_kind=MeterKind.ORDINARY,
        contract_signed=True,
        gas_on=True,
        balance_yuan=Decimal(50),
        last_reading_m3=Decimal(last),
        last_reading_on=LAST_ON,
        monthly_average_m3=Decimal(average),
        year_used_m3=Decimal(100),
    )


@pytest.mark.parametrize(
    ("value", "days_later", "verdict"),
    [
        ("1199.9", 31, Verdict.BELOW_LAST),
        ("1200", 31, Verdict.OK),
        ("1235", 31, Verdict.OK),
        ("1276", 31, Verdict.OK),  # 5 times 15 m³ for 31 days: to 1276
        ("1277", 31, Verdict.IMPLAUSIBLY_HIGH),
        ("1277", 62, Verdict.OK),  # two months have passed
        ("12350", 31, Verdict.IMPLAUSIBLY_HIGH),  # a digit too many
        ("1275", 0, Verdict.OK),  # on the same day: at least a month's worth
        ("1276", 0, Verdict.IMPLAUSIBLY_HIGH),
    ],
)
def test_a_reading_is_compared_with_the_last_one_and_the_usual_use(
    value: str, days_later: int, verdict: Verdict
) -> None:
    found = check_reading(account(), Decimal(value), LAST_ON + timedelta(days=days_later), PROFILE)
    assert found.verdict is verdict
    assert found.ok is (verdict is Verdict.OK)


def test_the_expected_range_is_told() -> None:
    found = check_reading(account(), Decimal(9999), LAST_ON + timedelta(days=31), PROFILE)
    assert (found.lowest_m3, found.highest_m3) == (Decimal(1200), Decimal(1276))


def test_a_small_use_passes_however_low_the_average() -> None:
    new_home = account(last="0", average="0")
    assert check_reading(new_home, Decimal(30), LAST_ON, PROFILE).ok
    assert not check_reading(new_home, Decimal(31), LAST_ON, PROFILE).ok


@given(st.integers(0, 2000), st.integers(0, 400), st.integers(0, 5000), st.integers(0, 5000))
def test_nothing_between_the_bounds_is_asked_about(average: int, days: int, first: int, second: int) -> None:
    someone, today = account(average=str(average)), LAST_ON + timedelta(days=days)
    low, high = (check_reading(someone, Decimal(1200 + more), today, PROFILE) for more in sorted((first, second)))
    assert low.ok or not high.ok
    assert check_reading(someone, high.highest_m3, today, PROFILE).ok
    assert not check_reading(someone, high.highest_m3 + 1, today, PROFILE).ok


@pytest.mark.parametrize(
    ("used_before", "volume", "fee"),
    [
        ("0", "35", "93.10"),  # 35 x 2.66
        ("100", "0", "0.00"),
        ("350", "20", "58.50"),  # 10 x 2.66 + 10 x 3.19
        ("350", "300", "991.70"),  # 10 x 2.66 + 240 x 3.19 + 50 x 3.99
        ("600", "10", "39.90"),
        ("360", "1", "3.19"),  # the bound belongs to the lower tier
        ("0", "0.5", "1.33"),
        ("0", "12.125", "32.25"),  # 32.2525
        ("0", "1.125", "2.99"),  # 2.9925
        ("0", "0.125", "0.33"),  # 0.3325
    ],
)
def test_fees_by_tier(used_before: str, volume: str, fee: str) -> None:
    assert str(consumption_fee(Decimal(used_before), Decimal(volume), TIERS)) == fee


def test_half_a_cent_is_rounded_up() -> None:
    assert consumption_fee(Decimal(0), Decimal("0.5"), [PriceTier(yuan_per_m3=Decimal("2.67"))]) == Decimal("1.34")


def test_a_shop_pays_the_commercial_price() -> None:
    shop = account(customer_class=CustomerClass.COMMERCIAL)
    assert consumption_fee(Decimal(5000), Decimal(100), tiers_of(shop, PROFILE)) == Decimal("385.00")
    assert tiers_of(account(), PROFILE) == TIERS


@pytest.mark.parametrize(("used_before", "volume"), [("-1", "1"), ("1", "-0.001")])
def test_negative_volumes_are_refused(used_before: str, volume: str) -> None:
    with pytest.raises(ValueError, match="negative"):
        consumption_fee(Decimal(used_before), Decimal(volume), TIERS)


volumes = st.decimals(0, 3000, places=3)


@st.composite
def some_tiers(draw: st.DrawFn) -> list[PriceTier]:
    bounds = sorted(draw(st.sets(st.decimals("0.001", 2000, places=3), max_size=4)))
    prices = draw(st.lists(st.decimals("0.01", 9, places=2), min_size=len(bounds) + 1, max_size=len(bounds) + 1))
    closed = [PriceTier(up_to_m3=bound, yuan_per_m3=price) for bound, price in zip(bounds, prices, strict=False)]
    return [*closed, PriceTier(yuan_per_m3=prices[-1])]


@given(volumes, volumes, volumes, some_tiers())
def test_more_gas_never_costs_less(used: Decimal, volume: Decimal, more: Decimal, tiers: list[PriceTier]) -> None:
    assert consumption_fee(used, volume + more, tiers) >= consumption_fee(used, volume, tiers)


@given(volumes, volumes, volumes, some_tiers())
def test_two_parts_cost_what_the_whole_costs(
    used: Decimal, first: Decimal, second: Decimal, tiers: list[PriceTier]
) -> None:
    parts = fee_exactly(used, first, tiers) + fee_exactly(used + first, second, tiers)
    assert parts == fee_exactly(used, first + second, tiers)
    billed = consumption_fee(used, first, tiers) + consumption_fee(used + first, second, tiers)
    assert abs(billed - consumption_fee(used, first + second, tiers)) <= Decimal("0.01")


@given(volumes, volumes)
def test_a_fee_lies_between_the_lowest_and_the_highest_price(used: Decimal, volume: Decimal) -> None:
    exact = fee_exactly(used, volume, TIERS)
    assert volume * TIERS[0].yuan_per_m3 <= exact <= volume * TIERS[-1].yuan_per_m3


@pytest.mark.parametrize(
    ("balance", "state"),
    [
        ("30", BalanceState.ENOUGH),
        ("29.99", BalanceState.LOW),
        ("0", BalanceState.LOW),
        ("-0.01", BalanceState.ARREARS),
    ],
)
def test_a_low_balance_or_arrears_call_for_a_reminder(balance: str, state: BalanceState) -> None:
    assert balance_state(Decimal(balance), PROFILE) is state


def test_a_volume_is_split_by_tiers() -> None:
    shares = tier_shares(Decimal(350), Decimal(300), TIERS)
    assert [(each.tier, int(each.volume_m3), str(each.yuan_per_m3)) for each in shares] == [
        (1, 10, "2.66"), (2, 240, "3.19"), (3, 50, "3.99"),
    ]  # fmt: skip
    assert [each.tier for each in tier_shares(Decimal(0), Decimal(360), TIERS)] == [1]
    assert tier_shares(Decimal(700), Decimal(0), TIERS) == ()


@given(st.decimals(0, 2000, places=3), st.decimals(0, 2000, places=3))
def test_the_parts_of_a_volume_make_the_whole(before: Decimal, volume: Decimal) -> None:
    shares = tier_shares(before, volume, TIERS)
    assert sum(each.volume_m3 for each in shares) == volume
    if shares:
        assert shares[0].tier == tier_at(before, TIERS)


def test_the_tier_that_comes_next() -> None:
    assert [tier_at(Decimal(used), TIERS) for used in (0, 359, 360, 600, 9999)] == [1, 1, 2, 3, 3]


@pytest.mark.parametrize(
    ("used_before", "budget", "volume"),
    [
        ("0", "0", "0.00"),
        ("0", "266", "100.00"),
        ("0", "100", "37.59"),
        ("350", "58.5", "20.00"),  # ten at 2.66, ten at 3.19
        ("360", "3.19", "1.00"),
        ("600", "399", "100.00"),
        ("5000", "1", "0.25"),
    ],
)
def test_what_a_sum_buys(used_before: str, budget: str, volume: str) -> None:
    assert str(volume_for(Decimal(used_before), Decimal(budget), TIERS)) == volume


@given(used=st.decimals(0, 2000, places=2), budget=st.decimals(0, 9999, places=2))
def test_what_a_sum_buys_costs_no_more_and_a_little_more_would(used: Decimal, budget: Decimal) -> None:
    volume = volume_for(used, budget, TIERS)
    assert fee_exactly(used, volume, TIERS) <= budget
    assert fee_exactly(used, volume + Decimal("0.01"), TIERS) > budget


def test_no_negative_sums() -> None:
    with pytest.raises(ValueError, match="-1"):
        volume_for(Decimal(0), Decimal(-1), TIERS)


def test_a_year_of_equal_months() -> None:
    """50 m³ a month: 133 yuan before the first tier is used up; 360x2.66 + 240x3.19 for the year."""
    year = yearly(Decimal(50), TIERS)
    assert (year.first_month, year.volume_m3, year.fee) == (Decimal("133.00"), Decimal(600), Decimal("1723.20"))
    assert [(share.tier, share.volume_m3) for share in year.shares] == [(1, Decimal(360)), (2, Decimal(240))]
