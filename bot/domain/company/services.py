"""Conditions and fees of single services: start-up, refits, readings, safety checks."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from bot.domain.company.base import Positive, Settings, Text, Yuan


class StartUp(Settings):
    """点火开通 (S0 受理用户点火业务)."""

    prepay_yuan: Yuan = Field(default=Decimal(200), description="Prepayment with the contract (S0 点火业务 4)")
    prepay_high_use_yuan: Yuan = Field(
        default=Decimal(2000), description="Prepayment for catering or a wall-hung boiler (S0 点火业务 5)"
    )
    hose_max_metres: Annotated[Decimal, Field(gt=0)] = Field(
        default=Decimal(2), description="Longest hose (S0 点火业务 6)"
    )
    clamps: Positive = Field(default=2, description="Hose clamps to prepare (S0 点火业务 6)")
    flame_failure_protection_required: bool = Field(
        default=True, description="A stove without it is not lit (S0 点火业务 6; S1 点火)"
    )


class WaterHeater(Settings):
    """热水器改装, by the company only (S0 热水器改装)."""

    refit_yuan: Yuan = Field(default=Decimal(380), description="Heater bought elsewhere (S0 热水器改装 3)")
    refit_bought_here_yuan: Yuan = Field(
        default=Decimal(0), description="Heater bought at the branch (S0 热水器改装 2)"
    )


class ReadingWay(Settings):
    """A way to report a reading."""

    name: Text = Field(description="Short name, for a button or a list")
    how: Text = Field(description="One sentence: what the customer does")


class Readings(Settings):
    """报数 (S0 受理用户上报表数)."""

    ways: Annotated[tuple[ReadingWay, ...], Field(min_length=1)] = Field(
        default=(
            ReadingWay(name="在线客服", how="在这里直接告诉我户号或地址和表上的读数。"),
            ReadingWay(name="微信公众号", how="关注公司微信公众号，在“自助报数”中填写读数。"),
            ReadingWay(name="报数客服号", how="添加报数客服微信号，发送户号和表盘照片。"),
            ReadingWay(name="电话报数", how="拨打24小时客服热线，由客服人员登记。"),
        ),
        description="The ways to report a reading (S0 新抄表模式 2: four)",
    )
    implausible_factor: Annotated[Decimal, Field(gt=1)] = Field(
        default=Decimal(5), description="Use above so many monthly averages since the last reading is asked about again"
    )
    allowance_m3: Annotated[Decimal, Field(ge=0)] = Field(
        default=Decimal(30), description="Use up to this never counts as implausible, however low the average"
    )


class SafetyChecks(Settings):
    """入户安检 (S1)."""

    free_visits_per_year: Positive = Field(default=1, description="Free safety checks a year (S1)")


class Emergencies(Settings):
    """What the field crew is held to."""

    arrival_minutes: Positive = Field(
        default=20, description="Crew on site after a leak report (S0: 20; Henan, S1: 30)"
    )
