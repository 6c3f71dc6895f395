"""Reports: the company's days and weeks, and figures that can be added up."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.domain.service_report import By, Counts, periods

ZONE = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def test_days_are_the_company_s() -> None:
    since, until = datetime(2026, 11, 14, tzinfo=ZONE), datetime(2026, 11, 17, tzinfo=ZONE)
    found = periods(By.DAY, since, until, ZONE)
    assert [each.name for each in found] == ["2026-11-14", "2026-11-15", "2026-11-16"]
    assert (found[0].since, found[-1].until) == (since, until)
    assert found[0].until == found[1].since == datetime(2026, 11, 14, 16, tzinfo=UTC)


def test_weeks_begin_on_monday_and_the_first_may_be_cut() -> None:
    since, until = datetime(2026, 11, 14, tzinfo=ZONE), datetime(2026, 11, 24, tzinfo=ZONE)
    found = periods(By.WEEK, since, until, ZONE)
    assert [each.name for each in found] == ["2026-11-09", "2026-11-16", "2026-11-23"]
    assert (found[0].since, found[-1].until) == (since, until)
    assert all(earlier.until == later.since for earlier, later in pairwise(found))


def test_a_day_with_25_hours_is_one_day() -> None:
    since, until = datetime(2026, 10, 24, tzinfo=BERLIN), datetime(2026, 10, 27, tzinfo=BERLIN)
    lengths = [
        each.until.astimezone(UTC) - each.since.astimezone(UTC) for each in periods(By.DAY, since, until, BERLIN)
    ]
    assert [length.total_seconds() / 3600 for length in lengths] == [24, 25, 24]


def test_shares_are_of_what_is_decided_and_none_of_nothing() -> None:
    one = Counts(conversations=3, quick=1, quick_decided=2, in_limit=2, limit_decided=3, graded=1, points=5)
    both = one + Counts(conversations=1, graded=1, points=2)
    assert (both.conversations, both.quick_percent, both.limit_percent, both.satisfaction) == (4, 50.0, 66.7, 3.5)
    nothing = Counts()
    assert (nothing.quick_percent, nothing.limit_percent, nothing.satisfaction) == (None, None, None)
