"""What is in a household: card meters, hoses, pipes, and the frost that stops the gas."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.domain.company.base import Positive, Sentence, Settings, Text, Yuan


class CardMeters(Settings):
    """IC卡表 (S0 卡表用户, S1 第十五条)."""

    batteries: Sentence = Field(
        default="电池盒里标明的型号，新旧不要混用",
        description="The meter's batteries, in words: a company with one kind of meter names it (S0 卡表用户 3)",
    )


class Hoses(Settings):
    """灶具连接软管 (S0 点火业务 6, S1 第五条七)."""

    recommended: Text = Field(default="不锈钢波纹管", description="The kind of hose advised (S1 第五条七)")
    replace_days: Positive = Field(default=3, description="Working days to replace one (S1 第三条一 3)")
    free_for: Text = Field(
        default="烈士军属、残疾人和孤寡老人", description="Households served at home without charge (S1 第三条十)"
    )


class Rate(Settings):
    """The price of a kind of work."""

    work: Text = Field(description="What is done, as on the price list")
    yuan: Yuan = Field(description="Price")
    unit: Text = Field(default="次", description="For one of what: 次, 米, 户…")


class PipeRefit(Settings):
    """管道改装 (S0 管道改装, S1 第三条一 1)."""

    rates: tuple[Rate, ...] = Field(
        default=(), description="Price list; without one, the price is told after the survey (S0 管道改装 2, 3)"
    )
    install_days: Positive = Field(default=5, description="Working days from the payment to the end (S1 第三条一 1)")
    shared_pipe_days: Positive = Field(
        default=15, description="The same for pipes that several households share (S1 第三条一 1)"
    )


_MONTH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})")


def _month_day(text: str) -> str:
    found = _MONTH_DAY.fullmatch(text)
    try:
        date(2024, *(map(int, found.groups() if found else ())))  # a leap year: 02-29 is a day
    except (TypeError, ValueError):
        raise ValueError('应写成 "12-01" 这样的月和日') from None
    return text


MonthDay = Annotated[str, AfterValidator(_month_day)]


class FrostSeason(Settings):
    """冻害季节 (S0 无气业务 4): pipes may be frozen, so neighbours are asked about."""

    begins: MonthDay = Field(default="12-01", description='First day, "12-01"')
    ends: MonthDay = Field(default="02-29", description='Last day, "02-29"; may lie in the next year')

    def holds(self, day: date) -> bool:
        """Whether `day` lies in it, first and last day included."""
        first, last, today = _parts(self.begins), _parts(self.ends), (day.month, day.day)
        return first <= today <= last if first <= last else today >= first or today <= last


def _parts(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)
