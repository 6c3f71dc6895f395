"""Water heaters and boilers (S0 热水器改装): only the company connects them; the fee, the hall, and the order."""

import re
from enum import StrEnum
from typing import ClassVar

from actions.checks import wants
from actions.follow_ups import About
from actions.offered_visits import OfferedVisit
from actions.turns import Heard, Say, Slots, Step, say
from actions.understanding import is_question, normal, without_tag
from actions.visits import VISIT
from bot.domain.work_orders import OrderType


class Bought(StrEnum):
    HERE = "本公司购买"
    ELSEWHERE = "其他商家购买"
    NOT_YET = "还没有买"
    UNKNOWN = "说不清在哪里买的"


class Formalities(StrEnum):
    DONE = "改装手续已办"
    OPEN = "改装手续未办"
    UNSAID = "改装手续待核实"


#: "原房主的 也不知道搁哪买的".
_FORGOTTEN = re.compile(
    "(不知道|不清楚|不晓得|不记得|记不得|记不清|忘了?|谁知道|哪知道|说不准|说不好)[^,。]{0,8}(买|家的|哪的|谁)"
    "|(原|前|老|以前的?)(房主|业主|户主|房东)[^,。]{0,4}(的|留|买|装|配)"
)


def bought_in(text: str) -> Bought | None:
    words = normal(text)
    if re.search("(还)?(没有?|未)买|没有?(热水器|壁挂炉)|打算买|准备买|想买", words):
        return Bought.NOT_YET
    if _FORGOTTEN.search(words):
        return Bought.UNKNOWN
    if re.search(
        "网上|京东|淘宝|天猫|拼多多|苏宁|国美|商场|超市|别(处|家|的|人)|其他|其它|外面|自己买|自购|二手|不是(在|从)?(你们|你家|本公司)|房东|专卖店|厂家",
        words,
    ):
        return Bought.ELSEWHERE
    if re.search(
        "(你们?|本公司|贵公司|公司|燃气|分公司|大厅|营业厅).{0,10}(买|购|订)|本公司|(买|购)(的)?(是)?(你们|本公司)",
        words,
    ):
        return Bought.HERE
    return None


#: "还没办 我周末去办": the visit is registered when the papers are done.
_LATER = re.compile(
    "(周末|周[一二三四五六日天]|改天|过[几两]天|明天|后天|下周|回头|有空|抽空|到时)[^,。]{0,4}(去|再)[^,。]{0,3}办|办(好|完)了?再"
)
_ENTERS = re.compile("先登|现在登|登记上")


def formalities_in(text: str) -> Formalities | None:
    words = normal(text)
    if re.search("[不别]办", words):
        return None
    if re.search("(还)?(没有?|未)(去)?办|没有?(办|签|手续|去)|未签|没签|还没有?$", words):
        return Formalities.OPEN
    return Formalities.DONE if re.search("办(好|了|完|过)|签(好|了|完|过)|手续(都|已|齐)", words) else None


class WaterHeater(OfferedVisit):
    """Filed as S0 热水器改装 4 says: 录单热水器改装 / 转维修 / 未完成."""

    form = "heater_form"
    questions = ("heater_bought", "heater_visit", *VISIT)
    offered = "heater_visit"
    topic = "热水器改装"
    go_on = "继续办理热水器改装"
    subject = "热水器改装"
    order_type = OrderType.WATER_HEATER_REFIT
    price = "utter_heater_pay"
    follow_ups: ClassVar = {
        **OfferedVisit.follow_ups,
        About.WHEN: "utter_heater_when",
        About.CUT: "utter_work_cuts_gas",
        About.OWN_WORK: "utter_heater_ours_only",
        About.MONEY: "utter_heater_pay",
        About.WHERE: "utter_heater_hall",
        About.MERCY: "utter_fee_fixed",
        About.PAPERS: "utter_heater_papers",
    }
    own_questions: ClassVar = {
        "(你们|公司|这边)[^,。]{0,2}(能|可以|给|管)[^,。]{0,3}(改|装|弄)": "utter_heater_ours_only"
    }
    intents: ClassVar[frozenset[str]] = frozenset({"ask_water_heater_conversion"})

    def answers(self, asked: str, text: str) -> bool:
        if asked == "heater_bought":
            return bought_in(text) is not None
        return formalities_in(text) is not None or super().answers(asked, text)

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        """ "自己买的行不" at the offer still tells where it was bought."""
        said = without_tag(text)
        bought = asked == self.offered and not is_question(said) and bought_in(said) is not None
        return bought or await super().is_plain_answer(asked, text)

    async def hear_own(self, slots: Slots, asked: str | None, heard: Heard) -> Step | None:
        bought = bought_in(heard.text) or slots.get("heater_bought")
        boiler = (say("utter_heater_boiler"),) if re.search("壁挂炉|采暖|地暖|锅炉", heard.text) else ()
        if bought is None:
            return None if asked else Step(ask="heater_bought", says=(say("utter_heater_ours_only"), *boiler))
        told = (*boiler, self._told_fee(Bought(bought)), say("utter_heater_hall"))
        return await self.offer(slots, {"heater_bought": str(bought)}, *told)

    def _told_fee(self, bought: Bought) -> Say:
        fee = {Bought.HERE: "utter_heater_bought_here", Bought.ELSEWHERE: "utter_heater_bought_elsewhere"}
        return say(fee.get(bought, "utter_heater_not_bought"))

    async def hear_offer(self, slots: Slots, heard: Heard) -> Step | None:
        bought = bought_in(without_tag(heard.text))
        if bought and bought != slots.get("heater_bought") and wants(heard.text) is None:
            return Step(ask=self.offered, learnt={"heater_bought": str(bought)}, says=(self._told_fee(bought),))
        formalities, wanted = formalities_in(heard.text), wants(heard.text)
        if wanted is False and formalities is not Formalities.DONE and not re.search("先登记", heard.text):
            return self.only_asked()
        if _LATER.search(normal(heard.text)) and not _ENTERS.search(normal(heard.text)):
            return Step(ask=None, says=(say("utter_heater_later"),), closing=True)
        if wanted is None and formalities is None:
            return None
        if wanted is None and formalities is Formalities.OPEN:
            return Step(ask=self.offered, says=(say("utter_heater_register_first"),), question_said=True)
        return await self.arrange(slots, learnt={self.offered: str(formalities or Formalities.UNSAID)}, text=heard.text)

    def filed(self, slots: Slots) -> tuple[Say, ...]:
        done = slots.get(self.offered) == Formalities.DONE
        return (say("utter_heater_filed" if done else "utter_heater_filed_open"),)

    def summary(self, slots: Slots) -> str:
        stated = [slots.get("heater_bought"), slots.get("heater_visit")]
        return "热水器改装（" + "，".join(str(each) for each in stated if each) + "）"
