"""Prices and fees, in yuan."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.domain.company.base import Count, Positive, Settings, Yuan

Cubic = Annotated[Decimal, Field(gt=0)]
Rate = Annotated[Decimal, Field(ge=0, lt=1)]


class PriceTier(Settings):
    """One step of a tiered price."""

    up_to_m3: Cubic | None = Field(default=None, description="Upper end, m³ in the pricing year; none: no end")
    yuan_per_m3: Annotated[Decimal, Field(gt=0)] = Field(description="Price within the tier")


def _rising(tiers: tuple[PriceTier, ...]) -> tuple[PriceTier, ...]:
    if not tiers or tiers[-1].up_to_m3 is not None:
        raise ValueError("最后一档不能有上限（up_to_m3 留空）")
    bounds = [tier.up_to_m3 for tier in tiers[:-1]]
    if None in bounds or bounds != sorted(set(bounds), key=lambda bound: bound or 0):
        raise ValueError("除最后一档外，各档上限（up_to_m3）都要写，并且逐档增大")
    return tiers


Tiers = Annotated[tuple[PriceTier, ...], AfterValidator(_rising)]


class Prices(Settings):
    """Gas prices; the local price authority sets them."""

    residential: Tiers = Field(
        default=(
            PriceTier(up_to_m3=Decimal(360), yuan_per_m3=Decimal("2.66")),
            PriceTier(up_to_m3=Decimal(600), yuan_per_m3=Decimal("3.19")),
            PriceTier(yuan_per_m3=Decimal("3.99")),
        ),
        description="Yearly tiers for residents",
    )
    commercial_yuan_per_m3: Annotated[Decimal, Field(gt=0)] = Field(
        default=Decimal("3.85"), description="Price for catering and other non-residents"
    )

    @property
    def commercial(self) -> tuple[PriceTier, ...]:
        """The commercial price as a single tier."""
        return (PriceTier(yuan_per_m3=self.commercial_yuan_per_m3),)


class OpeningFees(Settings):
    """报装费 (S1 第十条)."""

    multi_storey_yuan: Yuan = Field(default=Decimal(2400), description="多层住宅, a dwelling (S1 第十条三)")
    high_rise_yuan: Yuan = Field(default=Decimal(2850), description="高层住宅, a dwelling (S1 第十条三)")
    villa_yuan: Yuan = Field(default=Decimal(4000), description="别墅, a dwelling (S1 第十条三)")
    kitchen_commercial_yuan_per_kw: Yuan = Field(default=Decimal(280), description="营业厨房, per kW (S1 第十条三)")
    kitchen_other_yuan_per_kw: Yuan = Field(default=Decimal(220), description="非营业厨房, per kW (S1 第十条三)")
    boiler_yuan_per_kw: Yuan = Field(default=Decimal(170), description="锅炉, per kW (S1 第十条三)")


class LateFees(Settings):
    """滞纳金 (S1 第十四条)."""

    residential_daily_rate: Rate = Field(default=Decimal("0.003"), description="Of the arrears, a day (S1 第十四条)")
    residential_from_day: Annotated[int, Field(ge=1, le=28)] = Field(
        default=21, description="Day of the month from which it runs (S1 第十四条一、三)"
    )
    residential_from_month: Positive = Field(
        default=1, description="Which month after the bill's, paid at a hall or the like: 次月 (S1 第十四条三)"
    )
    residential_debit_from_month: Positive = Field(
        default=2, description="Which month after the bill's, by direct debit: 第二个月 (S1 第十四条一)"
    )
    step_yuan: Annotated[Decimal, Field(gt=0)] = Field(
        default=Decimal("0.5"), description="Rounded down to it (S1 第十四条七)"
    )
    commercial_daily_rate: Rate = Field(default=Decimal("0.005"), description="Of the arrears, a day (S1)")
    commercial_cut_off_days: Positive = Field(default=15, description="Supply is stopped after so many days (S1)")


class Balance(Settings):
    """When a customer is reminded to pay."""

    low_yuan: Yuan = Field(default=Decimal(30), description="Below it, or in arrears: remind (S0 新抄表模式 5)")


class MeterTest(Settings):
    """气表检测 (S1 第十一条)."""

    deposit_yuan: Yuan = Field(default=Decimal(300), description="Deposit of a resident, refunded (S1 第十一条一)")
    removal_yuan: Yuan = Field(default=Decimal(20), description="Removal, if the meter passes (S1 第十一条四)")
    within_days: Positive = Field(default=15, description="The whole test takes at most (S1 第十一条七)")
    corrected_readings: Count = Field(default=2, description="Readings corrected if it fails (S1 第十一条四)")


class GasCoupons(Settings):
    """瓶装燃气票抵用 (S1 第十三条)."""

    m3_each: Cubic = Field(default=Decimal(5), description="m³ of piped LPG for one coupon (S1 第十三条二)")
    monthly_average_factor: Positive = Field(default=3, description="At most so many monthly averages (S1 第十三条四)")
    grace_months: Count = Field(default=1, description="Months a coupon stays valid past its quarter (S1 第十三条三)")
