"""The rates of the board: what counts, and from when."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.channels.live_board import start_of_day
from bot.desk.board import FirstReply, decided_at, rates
from bot.testing import START

QUICK, LIMIT = timedelta(seconds=15), timedelta(seconds=120)


def begun(replied: float | None = None, closed: float | None = None, asked: float = 0) -> FirstReply:
    """Seconds after START."""
    moments = [None if seconds is None else START + timedelta(seconds=seconds) for seconds in (replied, closed)]
    return FirstReply(START + timedelta(seconds=asked), *moments)


def shares(*conversations: FirstReply, at: float) -> tuple[float | None, float | None, float | None]:
    found = rates(conversations, START + timedelta(seconds=at), QUICK, LIMIT, LIMIT)
    return found.quick, found.in_limit, found.at_all


def test_nothing_begun_has_no_rate() -> None:
    assert shares(at=0) == (None, None, None)


@pytest.mark.parametrize(
    ("replied", "quick", "in_limit"), [(0, 1, 1), (15, 1, 1), (15.001, 0, 1), (120, 0, 1), (120.001, 0, 0)]
)
def test_in_time_means_not_later_than_the_limit(replied: float, quick: float, in_limit: float) -> None:
    assert shares(begun(replied), at=999) == (quick, in_limit, 1)


def test_who_still_waits_counts_once_his_time_is_up() -> None:
    waits = begun()
    assert shares(waits, at=15) == (None, None, None)
    assert shares(waits, at=16) == (0, None, None)
    assert shares(waits, at=121) == (0, 0, 0)
    assert shares(begun(5), waits, at=10) == (1, 1, 1), "he spoils no share before"


def test_who_was_closed_without_an_answer_got_none() -> None:
    assert shares(begun(closed=3), at=4) == (0, 0, 0)


def test_shares_are_of_all_that_is_decided() -> None:
    answered = [begun(10), begun(10), begun(100), begun(500)]
    found = rates(answered, START + timedelta(seconds=600), QUICK, LIMIT, LIMIT)
    assert (found.asked, found.answered, found.quick, found.in_limit, found.at_all) == (4, 4, 0.5, 0.75, 1)


def test_today_begins_at_the_company_s_midnight() -> None:
    late = datetime(2026, 1, 5, 17, 30, tzinfo=UTC)  # half past one in the morning in China
    assert start_of_day(late, ZoneInfo("Asia/Shanghai")) == datetime(2026, 1, 5, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(("at", "then"), [(0, 15), (15, 15), (16, 120), (120, 120), (121, None)])
def test_waiting_alone_decides_at_the_targets(at: float, then: float | None) -> None:
    over = [begun(5), begun(closed=3)]
    found = decided_at([*over, begun()], START + timedelta(seconds=at), [QUICK, LIMIT])
    assert found == (None if then is None else START + timedelta(seconds=then))
    assert decided_at(over, START, [QUICK, LIMIT]) is None, "nothing changes for who was answered or has gone"
