"""Who the company is and where customers and field work find it."""

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


class Hall(Settings):
    """A service hall (收费大厅)."""

    name: Text = Field(description="Name of the hall")
    address: Text = Field(description="Street address")
    days: Text = Field(default="周一至周日", description="Days it is open, in words")
    hours: Hours = Field(description='Opening hours, "08:30-17:00"')
    phone: Text = Field(description="Telephone of the hall")


class FieldUnit(Settings):
    """A unit that receives dispatched work orders."""

    name: Text = Field(description="Name of the unit")
    phone: Text = Field(description="Duty telephone: staff only, not told to customers")


class FieldUnits(Settings):
    """Receivers of work orders by handling (S0 在线客服: 转维修, 转运维, 转分公司)."""

    repair: FieldUnit = Field(description="维修站: indoor leaks, stoves, no gas, surveys (S0)")
    operations: FieldUnit = Field(description="运维部: outdoor emergencies (S0)")
    branch: FieldUnit = Field(description="分公司: water heater refits (S0 派单业务 1)")
