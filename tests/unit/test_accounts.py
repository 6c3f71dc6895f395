"""The rules of lock-outs, as a table."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.accounts import BadAccount, LockRules, check_password
from bot.desk.attempts import MOST_ADDRESSES, AttemptLimit

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("failed", "minutes"), [(1, None), (4, None), (5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (10, 15), (10_000, 15)]
)
def test_lock_by_wrong_passwords_in_a_row(failed: int, minutes: int | None) -> None:
    assert LockRules().locked_until(failed, NOW) == (NOW + minutes * MINUTE if minutes else None)


def test_the_rules_are_settings() -> None:
    rules = LockRules(wrong_passwords=2, first_lock=timedelta(seconds=10), longest_lock=timedelta(seconds=15))
    assert rules.locked_until(1, NOW) is None
    assert rules.locked_until(2, NOW) == NOW + timedelta(seconds=10)
    assert rules.locked_until(3, NOW) == NOW + timedelta(seconds=15)


def test_the_window_of_attempts_slides() -> None:
    limit = AttemptLimit(most=2, within=timedelta(minutes=5))
    limit.note_wrong("a", NOW)
    assert not limit.wait("a", NOW)
    limit.note_wrong("a", NOW + MINUTE)
    assert limit.wait("a", NOW + 2 * MINUTE) == 3 * MINUTE
    assert not limit.wait("b", NOW + 2 * MINUTE)
    assert not limit.wait("a", NOW + 5 * MINUTE)
    limit.note_wrong("a", NOW + 5 * MINUTE)
    assert limit.wait("a", NOW + 5 * MINUTE) == MINUTE


def test_many_addresses_do_not_fill_the_memory() -> None:
    limit = AttemptLimit(most=1)
    for n in range(MOST_ADDRESSES + 1):
        limit.note_wrong(str(n), NOW)
    assert not limit.wait("0", NOW)
    assert limit.wait("1", NOW)


@pytest.mark.parametrize("length", [7, 201])
def test_a_password_has_8_to_200_characters(length: int) -> None:
    check_password("x" * 8)
    check_password("x" * 200)
    with pytest.raises(BadAccount, match="8 至 200"):
        check_password("x" * length)
