"""A meter that shows nothing, an error, or reads no card: battery first, then repair (S0 卡表用户 3, S1 第十五条).

The same dialogue answers how the meter's battery is changed: it ends with "does it work now?" as well.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from actions.checks import (
    Meter,
    is_for_later,
    known_meter,
    meter_in,
    reports_check,
    result_asked,
    works_again,
)
from actions.records import consultation
from actions.turns import Heard, Slots, Step, say
from actions.understanding import is_question, names_a_dwelling, normal, sounds_dangerous
from actions.visits import VISIT, VisitDialogue


class Symptom(StrEnum):
    BLANK = "屏幕不亮"
    ERROR = "显示错误"
    CARD = "不认卡"
    BATTERY = "电量不足"
    STUCK = "数字不走"
    BROKEN = "外观损坏"
    OTHER = "其他故障"


_SIGNS = {
    Symptom.BROKEN: "撞|碎|裂|进水|泡水|生锈|锈|响|漏液|盖",
    Symptom.STUCK: "不走|不转|卡住|停走|不动|走不动|走字|跳字|表停|停了",
    Symptom.CARD: "(不|没|未|无法)(认|读|识别)|(认|读|识别)不|插卡.{0,6}没|卡.{0,6}没反应|非法卡|卡错|刷不|插不进",
    Symptom.BLANK: "黑屏|全黑|黑的|黑了|白屏|花屏|花了|不亮|(不|没|无)(有)?显示|没字|没数|看不清|死机|不上电",
    Symptom.ERROR: "错误|err|乱码|故障码|代码|报错|显示e|e\\d|攻击|磁干扰|关阀|离线|上传不",
    Symptom.BATTERY: "电池|电量|欠压|低电|没电|更换电池|换电",
}
#: A battery does not help these.
_MECHANICAL = frozenset({Symptom.STUCK, Symptom.BROKEN})


def symptom_in(text: str) -> Symptom | None:
    """What is wrong with the meter, the most particular first."""
    words = normal(text).lower()
    return next((symptom for symptom, pattern in _SIGNS.items() if re.search(pattern, words)), None)


def asks_about_battery(text: str) -> bool:
    """Which battery, where it goes, how it is changed: asked while it is being changed."""
    words = normal(text)
    asks = re.search("几号|几节|型号|什么|哪|怎么|打不开|正负|方向|装反", words)
    return asks is not None and re.search("电池|盖|装|换|正负", words) is not None


#: "换电池要你们换吗", "多少节": whatever is asked for.
BATTERY_QUESTIONS: Mapping[str, str] = dict.fromkeys(
    (
        "^[要用得需]*(多少|几)节|几号电池",
        "电池[^,。]{0,6}(谁|你们|自己)[^,。]{0,2}换|换电池[^,。]{0,4}(你们|自己|师傅)",
    ),
    "utter_battery_help",
)
#: Told before it is asked for.
_BATTERY_NEW = re.compile("电池[^,。?]{0,6}换[的过了]|换[过了]?[^,。?]{0,4}新?电池")


class MeterFault(VisitDialogue):
    form = "meter_fault_form"
    questions = ("meter_symptom", "meter_battery", *VISIT)
    topic = "检查燃气表"
    go_on = "燃气表坏了"
    price = "utter_visit_price"
    intents: ClassVar[frozenset[str]] = frozenset({"report_meter_fault", "ask_meter_battery", "request_repair"})
    own_questions = BATTERY_QUESTIONS

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        if asked in VISIT:
            return await self.is_plain_visit_answer(asked, text)
        if asked == "meter_battery" and asks_about_battery(text):
            return True
        if sounds_dangerous(text) or is_question(text):
            return False
        return symptom_in(text) is not None if asked == "meter_symptom" else reports_check(text)

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if asked in VISIT:
            return await self.hear_visit(slots, asked or "", heard)
        if asked == "meter_battery":
            return await self._hear_battery(slots, heard)
        return await self._hear_symptom(slots, asked, heard)

    async def _hear_symptom(self, slots: Slots, asked: str | None, heard: Heard) -> Step | None:
        if asked and _BATTERY_NEW.search(normal(heard.text)):
            learnt = {"meter_battery": "已更换新电池"}
            return Step(ask="meter_symptom", learnt=learnt, says=(say("utter_repair_noted"),))
        symptom = Symptom.BATTERY if heard.intent == "ask_meter_battery" and not asked else symptom_in(heard.text)
        if symptom is None and asked:
            if is_question(heard.text) or names_a_dwelling(heard.text) or self.is_other_subject(heard):
                return None
            symptom = Symptom.OTHER
        known = symptom or slots.get("meter_symptom")
        if known is None:
            return Step(ask="meter_symptom")
        if slots.get("meter_battery"):
            told = {"meter_symptom": str(known)}
            return await (self._to_repair(slots, told) if asked else self.arrange(slots))
        meter = meter_in(heard.text) or await known_meter(slots, self._office.back_office)
        if known in _MECHANICAL or meter is Meter.ORDINARY:
            return await self._to_repair(slots, {"meter_symptom": str(known)})
        return Step(ask="meter_battery", learnt={"meter_symptom": str(known)})

    async def _hear_battery(self, slots: Slots, heard: Heard) -> Step | None:
        if is_for_later(heard.text):
            filed = consultation("meter_battery", "已指导更换燃气表电池，用户稍后自行更换")
            return Step(ask=None, says=(say("utter_meter_battery_later"),), signals=(filed,), closing=True)
        if now := result_asked(heard.text):
            return Step(ask="meter_battery", says=(now,), question_said=True, asks_again=False)
        if asks_about_battery(heard.text):
            return Step(ask="meter_battery", says=(say("utter_battery_help"),), question_said=True, asks_again=False)
        works = works_again(heard.text)
        if works is None:
            symptom = symptom_in(heard.text)  # "屏幕全黑": told once more, or in other words
            return Step(ask="meter_battery", learnt={"meter_symptom": str(symptom)}) if symptom else None
        if works:
            filed = consultation("meter_works", f"燃气表{slots.get('meter_symptom')}，指导更换电池后恢复正常")
            return Step(ask=None, says=(say("utter_meter_works"),), signals=(filed,), closing=True)
        return await self._to_repair(slots, {"meter_battery": "已更换新电池"})

    async def _to_repair(self, slots: Slots, learnt: Slots) -> Step:
        return await self.arrange(slots, learnt=learnt, says=(say("utter_meter_to_repair"),))

    def summary(self, slots: Slots) -> str:
        tried = f"，{slots['meter_battery']}后仍不正常" if slots.get("meter_battery") else ""
        return f"燃气表故障：{slots.get('meter_symptom')}{tried}。换表时用转移卡转移气量，转不了的补气"
