"""An IC card, step by step: recharge, insert, activate; does it work? (S0 卡表用户 3, 4)."""

import re
from typing import ClassVar

from actions.checks import is_for_later, reports_check, result_asked, works_again
from actions.meter_fault import BATTERY_QUESTIONS, asks_about_battery, symptom_in
from actions.records import consultation
from actions.turns import Heard, Slots, Step, say
from actions.understanding import is_question, normal, sounds_dangerous, yes_or_no
from actions.visits import VISIT, VisitDialogue


def recharged_in(text: str) -> bool | None:
    """Whether the card is recharged, as the customer says."""
    words = normal(text)
    if re.search("插|激活|步骤|流程", words) and is_question(words) and not re.search("没反应|充(好|了|完|过)", words):
        return None  # the whole way is asked for
    if re.search(
        "没(有)?(去)?(充|买|圈存)|还没|未充|(去|在)?哪.{0,6}(充|买)|(怎么|如何|咋).{0,4}(充|买|交|缴)|能.{0,8}充", words
    ):
        return False
    if re.search("(充|买|圈存)(好|了|完|过|上|值(了|后|完|好))|已经?(充|买)|插(卡|进|上|了)|没反应|不显示", words):
        return True
    return None


def _told_besides(text: str) -> bool:
    """ "没有欠费", "普通的卡表": says how things stand, and answers nothing that is asked."""
    return re.fullmatch("(我们?|家里?|是|也)*((没有?|不)欠[费钱]?|.{0,4}卡表)[的了啊呀,。 ]*", normal(text)) is not None


class CardUse(VisitDialogue):
    form = "card_form"
    questions = ("card_recharged", "card_inserted", "card_battery", *VISIT)
    topic = "IC卡充值插卡"
    go_on = "继续IC卡充值插卡"
    price = "utter_visit_price"
    intents: ClassVar[frozenset[str]] = frozenset({"ask_ic_card_use", "report_meter_fault", "ask_meter_battery"})
    own_questions = BATTERY_QUESTIONS

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        if asked in VISIT:
            return await self.is_plain_visit_answer(asked, text)
        if asked == "card_battery" and asks_about_battery(text):
            return True
        if sounds_dangerous(text) or is_question(text):
            return False
        if asked == "card_recharged":
            return recharged_in(text) is not None or yes_or_no(text) is not None
        return reports_check(text) or _told_besides(text)

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if asked in VISIT:
            return await self.hear_visit(slots, asked or "", heard)
        if asked in (None, "card_recharged"):
            return await self._hear_recharged(slots, asked, heard.text)
        return await self._hear_check(slots, asked or "", heard.text)

    async def _hear_recharged(self, slots: Slots, asked: str | None, text: str) -> Step | None:
        if asked is None and slots.get("card_recharged"):
            return Step(ask="card_battery" if slots.get("card_inserted") else "card_inserted")
        recharged = recharged_in(text)
        if asked and recharged is None:
            recharged = yes_or_no(text)
        if asked and recharged is None and symptom_in(text) and not is_question(text):
            return Step(ask=None, then="meter_fault_form")
        if recharged is None:
            return None if asked else Step(ask="card_recharged", says=(say("utter_card_steps"),))
        if recharged:
            return Step(ask="card_inserted", learnt={"card_recharged": True})
        filed = consultation("card_recharge", "咨询IC卡用法，已告知充值地点和插卡激活步骤")
        return Step(ask=None, says=(say("utter_card_recharge_first"),), signals=(filed,), closing=True)

    async def _hear_check(self, slots: Slots, asked: str, text: str) -> Step | None:
        if is_for_later(text):
            filed = consultation("card_later", "咨询IC卡用法，已告知步骤，用户稍后自行操作")
            return Step(ask=None, says=(say("utter_card_later"),), signals=(filed,), closing=True)
        if now := result_asked(text):
            return Step(ask=asked, says=(now,), question_said=True, asks_again=False)
        if asked == "card_battery" and asks_about_battery(text):
            return Step(ask=asked, says=(say("utter_battery_help"),), question_said=True, asks_again=False)
        works = works_again(text)
        if works is None:
            noted = (say("utter_repair_noted"),)
            return Step(ask=asked, says=noted, asks_again=False) if _told_besides(text) else None
        if works:
            filed = consultation("card_loaded", "指导IC卡插卡激活，气量已充入表中")
            return Step(ask=None, says=(say("utter_card_loaded"),), signals=(filed,), closing=True)
        if asked == "card_inserted":
            return Step(ask="card_battery", learnt={"card_inserted": True})
        return await self.arrange(slots, learnt={"card_battery": True}, says=(say("utter_card_to_repair"),))

    def summary(self, slots: Slots) -> str:
        return "IC卡充值后插卡无反应，换新电池后仍不正常：检查表和卡，确认卡内气量未使用后补卡补气"
