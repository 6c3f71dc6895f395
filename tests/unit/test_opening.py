"""When halls are open: weekdays, holidays, make-up workdays (calendar of 2026)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from actions.halls import halls_near, opening_line
from bot.domain.company import Hall
from bot.domain.company.contact import weekdays_in
from bot.domain.opening import is_open_at, next_opening
from tests.unit.actions_stage import COMPANY, Stage

ZONE = ZoneInfo("Asia/Shanghai")
DAILY = Hall.model_validate({"name": "中心厅", "address": "平安路", "hours": "08:30-17:30", "phone": "1"})
OFFICE = Hall.model_validate(
    {**DAILY.model_dump(), "name": "东厅", "days": "周一至周五", "closed_on_holidays": True, "hours": "09:00-17:00"}
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("周一至周日", {0, 1, 2, 3, 4, 5, 6}),
        ("周一至周五", {0, 1, 2, 3, 4}),
        ("周一到五、周日", {0, 1, 2, 3, 4, 6}),
        ("星期六、星期天", {5, 6}),
        ("周六至周一", {5, 6, 0}),
        ("每天", set(range(7))),
    ],
)
def test_the_days_in_words(days: str, expected: set[int]) -> None:
    assert weekdays_in(days) == expected


def test_days_that_name_no_weekday_are_refused() -> None:
    with pytest.raises(ValidationError, match="周一至周五"):
        Hall.model_validate({**DAILY.model_dump(), "days": "工作日"})


@pytest.mark.parametrize(
    ("hall", "moment", "is_open"),
    [
        (DAILY, "2026-01-05T08:29", False),
        (DAILY, "2026-01-05T08:30", True),
        (DAILY, "2026-01-05T17:30", False),
        (DAILY, "2026-01-01T10:00", True),
        (OFFICE, "2026-01-01T10:00", False),  # New Year
        (OFFICE, "2026-01-02T10:00", False),  # Friday, free with it
        (OFFICE, "2026-01-04T10:00", True),  # Sunday, worked for it
        (OFFICE, "2026-01-10T10:00", False),  # Saturday
    ],
)
def test_open_or_not(hall: Hall, moment: str, is_open: bool) -> None:
    assert is_open_at(hall, at(moment)) is is_open


@pytest.mark.parametrize(
    ("hall", "moment", "opens"),
    [
        (DAILY, "2026-01-05T07:00", "2026-01-05T08:30"),
        (DAILY, "2026-01-05T18:00", "2026-01-06T08:30"),
        (OFFICE, "2025-12-31T18:00", "2026-01-04T09:00"),
        (OFFICE, "2026-01-09T18:00", "2026-01-12T09:00"),
    ],
)
def test_the_next_opening(hall: Hall, moment: str, opens: str) -> None:
    assert next_opening(hall, at(moment)) == at(opens)


def test_what_is_told() -> None:
    assert "现在营业中，17:30下班" in opening_line(DAILY, at("2026-01-05T10:00"))
    assert "下次开门：明天08:30" in opening_line(DAILY, at("2026-01-05T20:00"))
    assert "下次开门：今天08:30" in opening_line(DAILY, at("2026-01-05T06:00"))
    assert "下次开门：1月12日（周一）09:00" in opening_line(OFFICE, at("2026-01-09T18:00"))


def test_the_hall_of_a_neighbourhood() -> None:
    assert [hall.name for hall in halls_near("我住城东", COMPANY.halls)] == ["安居燃气城东营业厅"]
    assert halls_near("营业厅在哪", COMPANY.halls) == list(COMPANY.halls)


async def test_it_is_recorded_as_a_consultation_once() -> None:
    stage = Stage()
    for _ in range(2):
        await stage.act("action_service_hours", "营业厅几点下班", "ask_service_hours")
    assert stage.said == ["utter_ask_service_hours"]
    assert len(stage.casework.orders) == 1
