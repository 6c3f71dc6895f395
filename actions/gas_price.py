"""Gas prices: the tiers, what a volume costs, and what a sum of money buys."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from actions.choices import EATERY
from actions.consultation import Consultation
from actions.facts import amount, yuan
from actions.follow_ups import About
from actions.quantities import CUBIC, YUAN, amount_in, quantity
from actions.turns import Heard, Say, Slots, Step, say
from actions.understanding import normal
from bot.domain.company import PriceTier
from bot.domain.gas import Account, CustomerClass
from bot.domain.readings import TierShare, consumption_fee, tier_shares, volume_for, yearly

RESIDENT, BUSINESS = "resident", "business"
_MOST_M3 = Decimal(1_000_000)
_USED_BEFORE = re.compile(
    r"(今年|年初|前面|之前|以前|累计).{0,6}?用.{0,2}?(?P<used>[\d.零〇一二两三四五六七八九十百千万]+(立方米?|方|度)?)"
)
#: "100块钱能买多少方": the money is given, the volume asked for.
_WHAT_IT_BUYS = re.compile("(多少|几)个?(立方|方|字|度|气|天然气|煤气)|(买|充|用|烧|换)[^,。]{0,4}多少")
#: Behind a sum in the slot of the volume: what it holds is money.
_MONEY = "元"
_NOTHING_USED = re.compile("没(怎么|咋|大|啥)?用|基本没|没有|还没|刚开|不知道|不清楚|不记得|从头|没数|[全整一]年|年初")
_WHOLE_YEAR = re.compile("[全整]年|[一1]年(总共|一共|共)|(总共|一共)[一1]年")
#: The volume is that of a year, or of this one so far: nothing was used before it.
_FROM_ZERO = re.compile("[一全整1]年|今年|年初|去年|年用|每年|年均")
#: "一个月大概50方": the same every month.
_A_MONTH = re.compile(r"(?<![上这下十])一个月|(?<!\d)1个月|每个?月|(平均|按)月|月均|月用气?量")
#: Behind a volume in the slot: so much is used every month.
_MONTHLY = "每月"


#: What the customer has said he is, for the rest of the conversation.
CUSTOMER_CLASS = "customer_class"


class GasPrice(Consultation):
    form = "price_form"
    questions = ("price_volume", "price_use", "price_used")
    topic = "算气费"
    go_on = "天然气多少钱一方"
    intents: ClassVar[frozenset[str]] = frozenset({"ask_gas_price"})
    follow_ups: ClassVar = {About.RESET: "utter_price_reset"}
    own_case = frozenset({"price_volume"})
    choices: ClassVar = {
        "price_use": {
            RESIDENT: "居民|家里|家用|自己家|我家|住宅|做饭|壁挂炉",
            BUSINESS: f"单位|商[业户铺用]|公司|{EATERY}|店|企业|工厂|食堂|非居民|营业",
        },
    }

    def opening(self, heard: Heard) -> tuple[Say, ...]:
        return (say("utter_price_list"),)

    async def read(self, asked: str | None, text: str, slots: Slots) -> Slots:
        if asked == "price_used":
            used = amount_in(text, CUBIC)
            if used is not None and _WHOLE_YEAR.search(normal(text)):  # "就全年420": the volume, said again
                return _within(price_used=Decimal(0), price_volume=used or None)
            nothing = used is None and _NOTHING_USED.search(normal(text))
            return _within(price_used=Decimal(0) if nothing else used)
        used, rest = _used_before(text)
        rest = _without_unit_price(rest)
        if money := _money_in(asked, rest):
            return _within(price_used=used) | {"price_volume": money}
        volume = amount_in(rest, CUBIC) if asked == "price_volume" else quantity(rest, CUBIC)
        if volume and used is None and _A_MONTH.search(normal(text)):
            return {"price_volume": f"{volume}{_MONTHLY}"} if volume < _MOST_M3 else {}
        if volume and used is None and _FROM_ZERO.search(normal(text)):
            used = Decimal(0)
        return _within(price_used=used, price_volume=volume or None)

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        """Who has said what he is is not asked again in this conversation."""
        step = await super().hear(slots, asked, heard, conversation_id)
        use = step and {**slots, **step.learnt}.get("price_use")
        return replace(step, learnt={**step.learnt, CUSTOMER_CLASS: use}) if step and use else step

    async def advise(self, slots: Slots) -> Step:
        account = await self.known_account(slots)
        proven = await self.known_account(slots, proven=True)
        volume, use = slots.get("price_volume"), slots.get("price_use") or slots.get(CUSTOMER_CLASS) or _use_of(account)
        if volume is None:
            return Step(ask="price_volume")
        if use is None:
            return Step(ask="price_use")
        prices = self._office.company.prices
        if volume.endswith(_MONTHLY):
            monthly = Decimal(volume.removesuffix(_MONTHLY))
            return self._every_month(monthly, prices.commercial if use == BUSINESS else prices.residential)
        if use == BUSINESS and volume.endswith(_MONEY):
            return self._buys(volume, Decimal(0), prices.commercial, "utter_price_budget_business")
        if use == BUSINESS:
            fee = consumption_fee(Decimal(0), Decimal(volume), prices.commercial)
            told = say("utter_price_business", volume=volume, fee=yuan(fee))
            return self.answered(f"非居民{volume}立方米，{yuan(fee)}元", told)
        used = slots.get("price_used") or (amount(proven.year_used_m3) if proven else None)
        if used is None:
            return Step(ask="price_used")
        if volume.endswith(_MONEY):
            return self._buys(volume, Decimal(used), prices.residential, "utter_price_budget")
        fee = consumption_fee(Decimal(used), Decimal(volume), prices.residential)
        lines = _lines(tier_shares(Decimal(used), Decimal(volume), prices.residential))
        from_zero = slots.get("price_used") == "0"
        facts = {"volume": volume, "fee": yuan(fee), "share_lines": lines}
        told = Say("utter_price_from_zero", facts) if from_zero else say("utter_price_fee", used=used, **facts)
        return self.answered(f"居民今年已用{used}，再用{volume}立方米，{yuan(fee)}元", told)

    def _every_month(self, monthly: Decimal, tiers: tuple[PriceTier, ...]) -> Step:
        """What a month costs before the first tier is used up, and what the whole year does."""
        year = yearly(monthly, tiers)
        facts = {
            "monthly": amount(monthly),
            "fee": yuan(year.first_month),
            "year_volume": amount(year.volume_m3),
            "year_fee": yuan(year.fee),
            "share_lines": _lines(year.shares),
        }
        response = "utter_price_monthly" if len(year.shares) == 1 else "utter_price_monthly_tiers"
        return self.answered(f"每月{amount(monthly)}立方米，全年{yuan(year.fee)}元", Say(response, facts))

    def _buys(self, money: str, used: Decimal, tiers: tuple[PriceTier, ...], response: str) -> Step:
        budget = Decimal(money.removesuffix(_MONEY))
        volume = volume_for(used, budget, tiers)
        lines = _lines(tier_shares(used, volume, tiers))
        facts = {"used": amount(used), "budget": amount(budget), "volume": amount(volume), "share_lines": lines}
        return self.answered(
            f"今年已用{amount(used)}，{amount(budget)}元能买{amount(volume)}立方米", Say(response, facts)
        )


def _use_of(account: Account | None) -> str | None:
    if account is None:
        return None
    return BUSINESS if account.customer_class is CustomerClass.COMMERCIAL else RESIDENT


def _within(**volumes: Decimal | None) -> dict[str, str]:
    return {name: str(value) for name, value in volumes.items() if value is not None and value < _MOST_M3}


def _used_before(text: str) -> tuple[Decimal | None, str]:
    """What was used since the beginning of the year, and the text without it; "今年用了50方" alone is the volume."""
    words = normal(text)
    found = _USED_BEFORE.search(words)
    rest = words[: found.start()] + " " + words[found.end() :] if found else words
    if found is None or quantity(rest, CUBIC) is None:
        return None, words
    return amount_in(found["used"], CUBIC), rest


def _money_in(asked: str | None, text: str) -> str | None:
    """The sum of which the customer wants to know what it buys."""
    budget = quantity(text, YUAN)
    meant = asked == "price_volume" or _WHAT_IT_BUYS.search(normal(text))
    given = budget and meant and quantity(text, CUBIC) is None and budget < _MOST_M3
    return f"{budget}{_MONEY}" if given else None


def _without_unit_price(text: str) -> str:
    """ "多少钱一方" asks for a price, not for the cost of one m³."""
    return re.sub(
        "(?<=[钱价元块格])(一|1|每)个?(立方米?|方|度|吨)|(一|1|每)个?(立方米?|方|度|吨)(?=.{0,3}(多少|几|什么价))",
        " ",
        text,
    )


def _lines(shares: tuple[TierShare, ...]) -> str:
    return "\n".join(f"第{each.tier}档：{amount(each.volume_m3)}立方米×{amount(each.yuan_per_m3)}元" for each in shares)
