"""Amounts, volumes, powers and months in a customer's words."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actions.quantities import (
    COUPONS,
    CUBIC,
    YUAN,
    amount_in,
    days_in,
    month_in,
    power_kw,
    quantity,
    quarter_in,
)

TODAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "units", "expected"),
    [
        ("欠了86.5元", YUAN, "86.5"),
        ("86块5", YUAN, "86.5"),
        ("一百二十块钱", YUAN, "120"),
        ("１２０元", YUAN, "120"),
        ("两百块，30天", YUAN, "200"),
        ("五十方", CUBIC, "50"),
        ("50个立方", CUBIC, "50"),
        ("50m3", CUBIC, "50"),
        ("五张", COUPONS, "5"),
        ("3千方", CUBIC, "3000"),
        ("100元和200元", YUAN, None),
        ("一百二", YUAN, None),
        ("", YUAN, None),
    ],
)
def test_a_number_with_its_unit(text: str, units: str, expected: str | None) -> None:
    assert quantity(text, units) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("120", "120"),
        ("一百二十", "120"),
        ("是86.5吧", "86.5"),
        ("欠120元，30天", "120"),
        ("3月到5月", None),
        ("没有", None),
    ],
)
def test_the_answer_to_how_much(text: str, expected: str | None) -> None:
    assert amount_in(text, YUAN) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40千瓦", "40"),
        ("四十千瓦", "40"),
        ("62.5KW", "62.5"),
        ("5000瓦", "5"),
        ("5000w", "5"),
        ("40个千瓦", "40"),
        ("40", None),
        ("学校食堂", None),
    ],
)
def test_a_power_is_in_kilowatts(text: str, expected: str | None) -> None:
    assert power_kw(text) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9月", date(2025, 9, 1)),
        ("九月份的", date(2025, 9, 1)),
        ("1月", date(2026, 1, 1)),
        ("十二月", date(2025, 12, 1)),
        ("2024年9月", date(2024, 9, 1)),
        ("去年10月开始没交的", date(2025, 10, 1)),
        ("前年3月", date(2024, 3, 1)),
        ("12月31号到期", date(2025, 12, 31)),
        ("1月6日", date(2025, 1, 6)),
        ("上个月", date(2025, 12, 1)),
        ("上上个月", date(2025, 11, 1)),
        ("这个月", date(2026, 1, 1)),
        ("三个月", date(2025, 10, 1)),
        ("欠了3个多月了", date(2025, 10, 1)),
        ("十三个月", date(2024, 12, 1)),
        ("半年没交", date(2025, 7, 1)),
        ("2027年9月", None),
        ("13月", None),
        ("2月30日", None),
        ("很久了", None),
    ],
)
def test_a_month_is_the_latest_that_is_not_to_come(text: str, expected: date | None) -> None:
    assert month_in(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("30天", 30), ("三十天", 30), ("两周", 14), ("一个星期", 7), ("半个月", 15), ("三个月", None), ("好几天", None)],
)
def test_a_number_of_days(text: str, expected: int | None) -> None:
    assert days_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第三季度的票", 3),
        ("四季度", 4),
        ("1季度", 1),
        ("8月份的票", 3),
        ("十二月的", 4),
        ("13月", None),
        ("去年的", None),
    ],
)
def test_a_quarter(text: str, expected: int | None) -> None:
    assert quarter_in(text) == expected


@example("25千个月")
@given(st.text(alphabet="0123456789一二十百千万点个月天年日号元块方张季周半上去前这w瓦kw.,， ", max_size=20))
def test_whatever_is_written_is_read_or_left(text: str) -> None:
    month = month_in(text, TODAY)
    assert month is None or month <= TODAY
    for read in (power_kw, days_in, quarter_in):
        read(text)
    amount_in(text, YUAN)
