"""Working days as announced for mainland China, make-up workdays included."""

import logging
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import working_calendar
from bot.domain.working_calendar import (
    add_working_days,
    is_known_year,
    is_working_day,
    subtract_working_days,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def test_the_calendar_in_force_is_known() -> None:
    assert is_known_year(2026)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),  # Friday
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 10, 1), False),  # National Day, a Thursday
        (date(2026, 10, 7), False),  # its last day off
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # Saturday, make-up workday
        (date(2026, 2, 17), False),  # Spring Festival
        (date(2026, 2, 14), True),  # Saturday, make-up workday
    ],
)
def test_working_days_of_2026(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        (at(2026, 11, 20), at(2026, 11, 25)),  # Friday → Wednesday
        (at(2026, 11, 21), at(2026, 11, 25)),  # Saturday: counted from Monday
        (at(2026, 11, 17), at(2026, 11, 20)),
        (at(2026, 9, 29), at(2026, 10, 9)),  # Wed 30 Sep, Thu 8 Oct, Fri 9 Oct
        (at(2026, 10, 8), at(2026, 10, 12)),  # Fri 9, make-up Saturday 10, Mon 12
    ],
)
def test_three_working_days(filed: datetime, due: datetime) -> None:
    assert add_working_days(filed, 3, SHANGHAI) == due


@pytest.mark.parametrize(
    ("due", "day_before"),
    [
        (at(2026, 11, 25), at(2026, 11, 24)),
        (at(2026, 11, 23), at(2026, 11, 20)),  # Monday ← Friday
        (at(2026, 10, 8), at(2026, 9, 30)),  # over National Day
        (at(2026, 10, 12), at(2026, 10, 10)),  # Monday ← make-up Saturday
    ],
)
def test_one_working_day_before(due: datetime, day_before: datetime) -> None:
    assert subtract_working_days(due, 1, SHANGHAI) == day_before


def test_a_reminder_needs_a_day_and_a_zone() -> None:
    with pytest.raises(ValueError, match="at least one"):
        subtract_working_days(at(2026, 11, 20), 0, SHANGHAI)
    with pytest.raises(ValueError, match="time zone"):
        subtract_working_days(datetime(2026, 11, 20), 1, SHANGHAI)  # noqa: DTZ001 - that is the point


def test_the_day_is_the_companys_not_utcs() -> None:
    # 20:00 UTC on Thursday is Friday 04:00 in Shanghai.
    assert add_working_days(datetime(2026, 11, 19, 20, tzinfo=UTC), 1, SHANGHAI) == at(2026, 11, 23, 4)


def test_beyond_the_known_years_weekdays_count_and_the_log_says_so(caplog: pytest.LogCaptureFixture) -> None:
    working_calendar._is_known_or_warned.cache_clear()
    with caplog.at_level(logging.WARNING):
        assert is_working_day(date(2099, 7, 1))
        assert not is_working_day(date(2099, 7, 4))
        assert not is_working_day(date(2099, 10, 1))
    assert [record.getMessage() for record in caplog.records] == [
        "holidays of 2099 are not known: counting Monday to Friday; update the package chinesecalendar"
    ]


def test_a_promise_can_reach_into_a_year_not_announced_yet() -> None:
    assert add_working_days(at(2099, 12, 31), 1, SHANGHAI) == at(2100, 1, 4)


@pytest.mark.parametrize("days", [0, -1])
def test_a_promise_takes_at_least_a_day(days: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        add_working_days(at(2026, 11, 20), days, SHANGHAI)


def test_a_moment_without_zone_is_refused() -> None:
    naive = at(2026, 11, 20).replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        add_working_days(naive, 1, SHANGHAI)


@given(
    st.timedeltas(timedelta(0), timedelta(days=12 * 365)),
    st.integers(1, 10),
    st.integers(1, 10),
)
def test_promises_end_on_working_days_and_add_up(since_2015: timedelta, first: int, second: int) -> None:
    moment = at(2015, 1, 1) + since_2015
    due = add_working_days(moment, first, SHANGHAI)
    assert due > moment
    assert is_working_day(due.astimezone(SHANGHAI).date())
    assert add_working_days(due, second, SHANGHAI) == add_working_days(moment, first + second, SHANGHAI)
