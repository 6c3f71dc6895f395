"""Conditions and fees of single services: start-up, refits, readings, safety checks."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from bot.domain.company.base import Positive, Sentence, Settings, Text, Yuan


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

    free_visits_per_year: Positive = Field(default=1, description="Free safety checks a year (S1 第三条三)")
    within_days: Positive = Field(default=3, description="Days to a check that a customer asks for (S1 第三条一 10)")
    signs: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        default=(
            "穿公司统一的工作服，随身带工作牌或服务证",
            "进门前先自报单位，主动出示证件，说明来意",
            "不索取额外费用，不收礼品",
        ),
        description="How a genuine inspector is known (S1 第五条 1, 3, 4)",
    )
    at_the_door: Sentence = Field(
        default="如果人就在门口：先不要开门，请对方隔着门说出姓名和工号，您拨打{hotline}核实。核实不了就不要让进，也不要交钱；对方不走或硬闯，请拨打110。",
        description="What to do with a stranger at the door now",
    )


class Emergencies(Settings):
    """What the field crew is held to."""

    arrival_minutes: Positive = Field(
        default=20, description="Crew on site after a leak report (S0: 20; Henan, S1: 30)"
    )
