"""报装费 (S1 第十条三): by the kind of house, or by use and power for non-residents; the prepayment beside it (S0)."""

import re
from decimal import Decimal
from typing import ClassVar

from actions.consultation import Consultation
from actions.facts import amount, yuan
from actions.follow_ups import About
from actions.quantities import KILOWATT, amount_in, power_kw
from actions.turns import Heard, Say, Slots, Step, say
from actions.understanding import normal
from bot.domain.opening_fees import BusinessUse, House, business_fee, house_fee, rate_per_kw

BUSINESS = "business"
_MOST_KW = Decimal(100_000)
_HOUSES = {House.MULTI_STOREY: "多层住宅", House.HIGH_RISE: "高层住宅", House.VILLA: "别墅"}
_USES = {
    BusinessUse.KITCHEN_COMMERCIAL: "营业厨房",
    BusinessUse.KITCHEN_OTHER: "非营业厨房",
    BusinessUse.BOILER: "锅炉",
}


_OF_PREPAYMENT = re.compile("押金|预存|退|存的")


class OpeningFee(Consultation):
    form = "opening_fee_form"
    questions = ("opening_house", "opening_use", "opening_power")
    topic = "算报装费"
    go_on = "报装费是多少"
    intents: ClassVar[frozenset[str]] = frozenset({"ask_opening_fee"})
    own_questions: ClassVar = {
        "押金|退(不退|吗|么|给)|(预存|存)的?[^,。]{0,8}退": "utter_startup_prepay_kind",
    }
    own_case = frozenset({"opening_power"})
    follow_ups: ClassVar = {
        About.PAPERS: "utter_open_account_bring",
        About.WHERE: "utter_open_account_where",
        About.WHEN: "utter_open_account_where",
        About.AWAY: "utter_by_proxy",
    }
    choices: ClassVar = {
        "opening_house": {
            House.MULTI_STOREY: "多层|步梯|楼梯房|[六七6-7]层",
            House.HIGH_RISE: "高层|电梯",
            House.VILLA: "别墅|独栋|联排",
            BUSINESS: "单位|商业|商铺|公司|餐[饮馆厅]|店|企业|工厂|食堂|学校|机关|非居民|锅炉|厨房|千瓦",
        },
        "opening_use": {
            BusinessUse.KITCHEN_COMMERCIAL: "(?<!非)营业性?的?(厨房|用气)|^营业|餐[饮馆厅]|店|火锅|企业|工厂|公司",
            BusinessUse.KITCHEN_OTHER: "非营业|学校|机关|政府|部队|军队|警|团体|幼儿园|敬老院",
            BusinessUse.BOILER: "锅炉",
        },
    }

    def opening(self, heard: Heard) -> tuple[Say, ...]:
        return (say("utter_opening_fees"),)

    async def read(self, asked: str | None, text: str, slots: Slots) -> Slots:
        power = power_kw(text)
        of_the_prepayment = _OF_PREPAYMENT.search(normal(text)) is not None  # "不知道功率 我就问2000退不退"
        if power is None and asked == "opening_power" and not of_the_prepayment:
            power = amount_in(text, KILOWATT)
        return {"opening_power": str(power)} if power is not None and 0 < power < _MOST_KW else {}

    async def advise(self, slots: Slots) -> Step:
        house, use, power = (slots.get(name) for name in self.questions)
        if use is None and house is None:
            return Step(ask="opening_house")
        if use is None and house == BUSINESS:
            return Step(ask="opening_use")
        if use is None:
            return self._answer_house(House(str(house)))
        if power is None:
            return Step(ask="opening_power")
        return self._answer_business(BusinessUse(use), Decimal(power))

    def _answer_house(self, house: House) -> Step:
        fee = amount(house_fee(house, self._office.company.opening_fees))
        told = say("utter_opening_house", house=_HOUSES[house], opening_fee=fee)
        return self.answered(f"{_HOUSES[house]}{fee}元", told)

    def _answer_business(self, use: BusinessUse, power: Decimal) -> Step:
        fees = self._office.company.opening_fees
        fee = yuan(business_fee(use, power, fees))
        told = say(
            "utter_opening_business",
            use=_USES[use],
            power=amount(power),
            rate=amount(rate_per_kw(use, fees)),
            opening_fee=fee,
        )
        return self.answered(f"{_USES[use]}{amount(power)}千瓦，{fee}元", told)
