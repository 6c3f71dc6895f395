"""Working days of the mainland-China calendar, with its make-up workdays, and daily hours."""

import logging
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache

import chinese_calendar

log = logging.getLogger(__name__)

#: Statutory holidays that fall on the same date every year (State Council, from 2025).
_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


def is_known_year(year: int) -> bool:
    """Whether the holidays of `year` were announced when the installed chinesecalendar was released."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def is_working_day(day: date) -> bool:
    """Whether offices work on `day`, make-up workdays included.

    For years that chinesecalendar does not know yet: Monday to Friday but for the holidays of fixed date, and a
    warning in the log, once a year of the calendar. Newer releases bring the year's holidays (each November or so).
    """
    if _is_known_or_warned(day.year):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and (day.month, day.day) not in _FIXED_HOLIDAYS


def is_statutory_holiday(day: date) -> bool:
    """Whether `day` is free by law, and not only a weekend; a make-up workday is not."""
    if _is_known_or_warned(day.year):
        free, occasion = chinese_calendar.get_holiday_detail(day)
        return bool(free) and occasion is not None
    return (day.month, day.day) in _FIXED_HOLIDAYS


def is_make_up_workday(day: date) -> bool:
    """Whether a Saturday or Sunday is worked to make up for a holiday."""
    return day.weekday() >= 5 and is_working_day(day)


@cache
def _is_known_or_warned(year: int) -> bool:
    known = is_known_year(year)
    if not known:
        log.warning("holidays of %d are not known: counting Monday to Friday; update the package chinesecalendar", year)
    return known


def add_working_days(moment: datetime, days: int, zone: tzinfo) -> datetime:
    """The same local time on the `days`-th working day after the local day of `moment`, in UTC.

    Filed on Friday 10:00, three working days end on Wednesday 10:00; so do they when filed on Saturday 10:00.
    Raises ValueError when `days` is less than 1 or `moment` has no zone.
    """
    if days < 1:
        raise ValueError(f"a promise takes at least one working day, not {days}")
    local = _local(moment, zone)
    while days:
        local += timedelta(days=1)
        days -= is_working_day(local.date())
    return local.astimezone(UTC)


def subtract_working_days(moment: datetime, days: int, zone: tzinfo) -> datetime:
    """The same local time on the `days`-th working day before the local day of `moment`, in UTC.

    Raises ValueError when `days` is less than 1 or `moment` has no zone.
    """
    if days < 1:
        raise ValueError(f"a reminder comes at least one working day before, not {days}")
    local = _local(moment, zone)
    while days:
        local -= timedelta(days=1)
        days -= is_working_day(local.date())
    return local.astimezone(UTC)


def _local(moment: datetime, zone: tzinfo) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {moment!r}")
    return moment.astimezone(zone)
