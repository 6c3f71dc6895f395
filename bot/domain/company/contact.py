"""Who the company is and where customers and field work find it."""

import re
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field

from bot.domain.company.base import Hours, Settings, Text


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("没有这个时区，中国大陆请写 Asia/Shanghai")
    return name


class Identity(Settings):
    """The company as customers know it."""

    name: Text = Field(description="Company name in greetings and scripts (XXX in S0)")
    city: Text = Field(description="City served")
    hotline: Text = Field(description="24-hour hotline, also for emergencies (S0 客服热线)")
    time_zone: Annotated[str, AfterValidator(_known_zone)] = Field(
        default="Asia/Shanghai", description="IANA zone of all hours, dates and working days"
    )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


_DAY = "[一二三四五六日天]"
_SPAN = re.compile(f"(?:周|星期)({_DAY})(?:(?:至|到|-|—|~|～)(?:周|星期)?({_DAY}))?")


def weekdays_in(days: str) -> frozenset[int]:
    """The weekdays that "周一至周五、周日" names, Monday 0; all seven for "每天"."""
    if "每天" in days or "每日" in days:
        return frozenset(range(7))
    found: set[int] = set()
    for first, last in _SPAN.findall(days):
        begin, end = _weekday(first), _weekday(last or first)
        found |= {(begin + step) % 7 for step in range((end - begin) % 7 + 1)}
    return frozenset(found)


def _weekday(character: str) -> int:
    return "一二三四五六日".index("日" if character == "天" else character)


def _named_days(days: str) -> str:
    if not weekdays_in(days):
        raise ValueError('看不出是星期几，应写成 "周一至周五" 这样')
    return days


class Hall(Settings):
    """A service hall (收费大厅)."""

    name: Text = Field(description="Name of the hall")
    address: Text = Field(description="Street address")
    days: Annotated[Text, AfterValidator(_named_days)] = Field(
        default="周一至周日", description='Weekdays it is open: "周一至周五", "周一至周五、周日"'
    )
    closed_on_holidays: bool = Field(
        default=False, description="Closed on statutory holidays, open on make-up workdays"
    )
    hours: Hours = Field(description='Opening hours, "08:30-17:00"')
    phone: Text = Field(description="Telephone of the hall")
    near: tuple[Text, ...] = Field(
        default=(), description="Districts, streets and communities whose people it is nearest to"
    )

    @property
    def weekdays(self) -> frozenset[int]:
        """Weekdays it is open: Monday is 0."""
        return weekdays_in(self.days)


class FieldUnit(Settings):
    """A unit that receives dispatched work orders."""

    name: Text = Field(description="Name of the unit")
    phone: Text = Field(description="Duty telephone: staff only, not told to customers")


class FieldUnits(Settings):
    """Receivers of work orders by handling (S0 在线客服: 转维修, 转运维, 转分公司)."""

    repair: FieldUnit = Field(description="维修站: indoor leaks, stoves, no gas, surveys (S0)")
    operations: FieldUnit = Field(description="运维部: outdoor emergencies (S0)")
    branch: FieldUnit = Field(description="分公司: water heater refits (S0 派单业务 1)")
