"""瓶装燃气票 (S1 第十三条): the rule, how many are taken at a time, and until when."""

from decimal import Decimal
from typing import ClassVar

from actions.consultation import Consultation
from actions.facts import amount, day
from actions.follow_ups import About
from actions.quantities import COUPONS, CUBIC, amount_in, quantity, quarter_in
from actions.turns import Heard, Say, Slots, Step, say
from actions.understanding import normal
from bot.domain.gas import MeterKind
from bot.domain.gas_coupons import most_coupons, valid_until, worth_m3

IC_CARD, UNKNOWN = "ic_card", "unknown"
_MOST = 10_000


class GasCoupon(Consultation):
    form = "coupon_form"
    questions = ("coupon_average", "coupon_count")
    topic = "算燃气票"
    go_on = "瓶装燃气票怎么用"
    intents: ClassVar[frozenset[str]] = frozenset({"ask_gas_coupon"})
    follow_ups: ClassVar = {About.GRACE: "utter_coupon_grace"}
    own_case = frozenset({"coupon_count"})
    choices: ClassVar = {
        "coupon_average": {IC_CARD: "ic卡|卡表|插卡", UNKNOWN: "不知道|不清楚|不记得|没算过|忘"},
    }

    def opening(self, heard: Heard) -> tuple[Say, ...]:
        quarter = quarter_in(heard.text) if "季" in normal(heard.text) else None
        if quarter is None:
            return (say("utter_coupon_rule"),)
        today = self._office.clock.now().astimezone(self._office.company.company.zone).date()
        year = today.year - ("去年" in normal(heard.text))
        last = valid_until(year, quarter, self._office.company.gas_coupons)
        response = "utter_coupon_valid" if today <= last else "utter_coupon_expired"
        return (say(response, year=str(year), quarter=str(quarter), last=day(last)), say("utter_coupon_rule"))

    async def read(self, asked: str | None, text: str, slots: Slots) -> Slots:
        learnt: dict[str, str] = {}
        average = amount_in(text, CUBIC) if asked == "coupon_average" else quantity(text, CUBIC)
        if average is not None and 0 < average < _MOST:
            learnt["coupon_average"] = str(average)
        count = amount_in(text, COUPONS) if asked == "coupon_count" else quantity(text, COUPONS)
        if count is not None and count == int(count) and 1 < count < _MOST:
            learnt["coupon_count"] = str(int(count))
        return learnt

    async def advise(self, slots: Slots) -> Step:
        account = await self.known_account(slots)
        proven = await self.known_account(slots, proven=True)
        average, count = slots.get("coupon_average"), slots.get("coupon_count")
        if average is None and account and account.meter_kind is MeterKind.IC_CARD:
            average = IC_CARD
        elif average is None and proven:
            average = amount(proven.monthly_average_m3)
        if average is None:
            return Step(ask="coupon_average")
        if average == UNKNOWN:
            return self.answered("不清楚月均用量", say("utter_coupon_average_unknown"))
        if count is None:
            return Step(ask="coupon_count", learnt={"coupon_average": average})
        return self._told(average, int(count))

    def _told(self, average: str, count: int) -> Step:
        rules = self._office.company.gas_coupons
        most = count if average == IC_CARD else most_coupons(Decimal(average), rules)
        taken = min(count, most)
        figures = {"count": str(count), "most": str(most), "worth": amount(worth_m3(taken, rules))}
        if average == IC_CARD:
            told = say("utter_coupon_ic_card", **figures)
        else:
            fits = "utter_coupon_all" if count <= most else "utter_coupon_some"
            told = say(fits, **figures, average=average, rest=str(count - taken))
        return self.answered(f"{count}张，本次可用{taken}张", told, say("utter_coupon_receipt"))
