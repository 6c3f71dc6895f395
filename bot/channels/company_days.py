"""Days of the company's calendar, asked for by date, as moments."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from fastapi import Query

Day = Annotated[date | None, Query(description="公司所在时区的日期")]


class Span(NamedTuple):
    #: From `since` on and before `until`.
    since: datetime
    until: datetime


def span(first: date | None, last: date | None, now: datetime, zone: ZoneInfo, usual_days: int = 1) -> Span:
    """From `first` to `last`, both included; one of them alone is that day, none is the last `usual_days`."""
    today = now.astimezone(zone).date()
    begin = first or last or today - timedelta(days=usual_days - 1)
    end = last or first or today
    return Span(_midnight(begin, zone), _midnight(end + timedelta(days=1), zone))


def local(moment: datetime | None, zone: ZoneInfo) -> str:
    """As a spreadsheet reads it."""
    return "" if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
