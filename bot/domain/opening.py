"""When a service hall is open: pure, with the calendar's holidays and make-up workdays."""

from datetime import date, datetime, timedelta

from bot.domain.company import Hall
from bot.domain.working_calendar import is_make_up_workday, is_statutory_holiday

#: No holiday is longer; a hall that is closed for so long has no next opening to tell.
_DAYS_AHEAD = 16


def is_open_on(hall: Hall, day: date) -> bool:
    """Its weekdays; one that keeps holidays is closed on them, and open on the days worked for them."""
    if not hall.closed_on_holidays:
        return day.weekday() in hall.weekdays
    return (day.weekday() in hall.weekdays and not is_statutory_holiday(day)) or is_make_up_workday(day)


def is_open_at(hall: Hall, local: datetime) -> bool:
    """Whether it is open at this moment of its own time."""
    return is_open_on(hall, local.date()) and hall.hours.contains(local.time())


def next_opening(hall: Hall, local: datetime) -> datetime | None:
    """The next moment at which it opens, after `local` of its own time; None if that is not in sight."""
    for ahead in range(_DAYS_AHEAD):
        day = local.date() + timedelta(days=ahead)
        opens = datetime.combine(day, hall.hours.opens, local.tzinfo)
        if opens > local and is_open_on(hall, day):
            return opens
    return None
