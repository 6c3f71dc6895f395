"""报装费, with the amounts of S1 第十条三."""

from decimal import Decimal

import pytest

from bot.domain.company import OpeningFees
from bot.domain.opening_fees import BusinessUse, House, business_fee, house_fee, rate_per_kw

FEES = OpeningFees()


def test_a_dwelling_costs_what_its_house_says() -> None:
    # 多层2400元/户; 高层2850元/户; 别墅4000元/户 (S1 第十条三)
    assert [house_fee(house, FEES) for house in House] == [2400, 2850, 4000]


@pytest.mark.parametrize(
    ("use", "power", "fee"),
    [
        # 厨房(营业) 功率×280; 厨房(非营业) 功率×220; 锅炉 功率×170 (S1 第十条三)
        (BusinessUse.KITCHEN_COMMERCIAL, "1", "280"),
        (BusinessUse.KITCHEN_COMMERCIAL, "62.5", "17500"),
        (BusinessUse.KITCHEN_OTHER, "40", "8800"),
        (BusinessUse.BOILER, "700", "119000"),
        (BusinessUse.BOILER, "0.003", "0.51"),
    ],
)
def test_others_pay_by_power(use: BusinessUse, power: str, fee: str) -> None:
    assert business_fee(use, Decimal(power), FEES) == Decimal(fee)
    assert rate_per_kw(use, FEES) > 0


@pytest.mark.parametrize("power", ["0", "-3"])
def test_a_power_is_positive(power: str) -> None:
    with pytest.raises(ValueError, match="power"):
        business_fee(BusinessUse.BOILER, Decimal(power), FEES)
