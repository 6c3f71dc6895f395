"""报装费: by the kind of house for residents, by the power of the appliances for others (S1 第十条三)."""

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bot.domain.company import OpeningFees
from bot.domain.readings import CENT


class House(StrEnum):
    MULTI_STOREY = "multi_storey"  # 多层
    HIGH_RISE = "high_rise"  # 高层
    VILLA = "villa"  # 别墅


class BusinessUse(StrEnum):
    """What a non-resident burns gas for."""

    KITCHEN_COMMERCIAL = "kitchen_commercial"  # 营业性厨房
    KITCHEN_OTHER = "kitchen_other"  # 非营业性单位 (机关, 社会团体, 学校, 军队…) 的厨房
    BOILER = "boiler"  # 锅炉


def house_fee(house: House, fees: OpeningFees) -> Decimal:
    """Yuan for one dwelling."""
    return {
        House.MULTI_STOREY: fees.multi_storey_yuan,
        House.HIGH_RISE: fees.high_rise_yuan,
        House.VILLA: fees.villa_yuan,
    }[house]


def rate_per_kw(use: BusinessUse, fees: OpeningFees) -> Decimal:
    """Yuan per kW."""
    return {
        BusinessUse.KITCHEN_COMMERCIAL: fees.kitchen_commercial_yuan_per_kw,
        BusinessUse.KITCHEN_OTHER: fees.kitchen_other_yuan_per_kw,
        BusinessUse.BOILER: fees.boiler_yuan_per_kw,
    }[use]


def business_fee(use: BusinessUse, power_kw: Decimal, fees: OpeningFees) -> Decimal:
    """Yuan for appliances of `power_kw` together, to the cent. Raises ValueError unless the power is positive."""
    if power_kw <= 0:
        raise ValueError(f"appliances have a power above 0 kW, not {power_kw}")
    return (rate_per_kw(use, fees) * power_kw).quantize(CENT, ROUND_HALF_UP)
