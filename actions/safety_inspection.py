"""Safety checks (S1 第三条 and 第五条): an appointment; and first of all what to do with a stranger at the door."""

import re
from datetime import datetime, timedelta
from typing import ClassVar

from actions.afterthoughts import afterthought
from actions.follow_ups import About
from actions.offered_visits import OfferedVisit
from actions.records import consultation
from actions.turns import PERSON, Heard, Say, Slots, Step, say
from actions.understanding import is_question, normal
from actions.visits import VISIT

_STRANGER = re.compile(
    "敲门|砸门|按门铃|门口|门外|开门|让.{0,4}进|自称|真的?假|真假|假的|是真的|冒充|骗|推销|可疑|陌生|辨别|识别|正规|核实|验证|身份|工作证|证件|工牌|胸[牌卡]"
    "|工作服|(是|算)(不是)?你们(公司)?(的|派)|你们(公司)?(的人|派来?的)|(让|叫|逼|要)我(们|妈|爸)?(交|付|掏|买|换)|不敢开|卖.{0,6}(阀|报警器|管)|派.{0,3}的[吗么不]"
)
#: "贴个到访不遇": nobody stands there any more.
_MISSED = re.compile("到访不遇|(没|不)在家|没(敲门|人在|赶上|遇到)|错过|(贴|留)了?[个张]")
_APPOINTMENT = re.compile(
    "预约|约|申请|登记|安排|派|来(检|查|做|看|一趟|我家)|帮我?.{0,4}(检|查)|想(让|请|做|要)|复[查检]|改时间"
)

#: Said after the advice on a stranger at the door: money given, or let in.
_HARMED = (
    "(?<![没不别])(给|交|付|转|扫)(了|过去|出去)|(已经|都|我)[^,。没不别]{0,4}(买了|让[他她]们?进|开了门|进来了)"
    "|^[他她]们?(已经|都)?进(来|屋)了|被骗了|上当了"
)
#: A sign of our own people is missing, or somebody wants money or sells something, which ours never do.
_NOT_OURS = (
    "([他她]们?|人家|对方|非|硬)[^,。]{0,3}(让|叫|要|逼|催|劝)[^,。]{0,4}(换|买|交|付|掏|收|装)|推销|(要|得)收(我|钱|费|[0-9一二两三四五六七八九]+[百十块元])"
    "|(没|不)(有|穿|戴|带|挂|给|肯|让|愿意?|出示|见)?[^,。]{0,5}(工作服|制服|工服|工作牌|工牌|胸[牌卡]|证件?|工号|名字|姓名|鞋套)"
    "|(说不|报不)(出|上来|清)|支支吾吾|穿的?(便装|便服|自己的?衣服)|(证件?|工牌|工作服)[^,。]{0,4}(没有|没带|不给看|像假|是假|不像)"
)
_ACTS_SAFELY = (
    "(不|没|先不|别)(敢|给|让|想|要|会|再|能)?([他她]们?)?(开门?|进门?|交钱?|给钱?|给|付|掏钱?|买|理)"
    "|走了|跑了|离开了|不在了|轰走|打发走|赶走|报(了)?警|打(了)?110"
)


def asks_about_a_stranger(text: str) -> bool:
    """Whether somebody stands at the door, or the customer wants to know whom to let in."""
    words = normal(text)
    return _STRANGER.search(words) is not None and _MISSED.search(words) is None


def wants_appointment(text: str) -> bool:
    words = normal(text)
    return _APPOINTMENT.search(words) is not None and not is_question(re.sub("能不能|可不可以|可以|吗", "", words))


class SafetyInspection(OfferedVisit):
    form = "inspection_form"
    questions = ("inspection_wanted", *VISIT)
    offered = "inspection_wanted"
    topic = "预约安检"
    go_on = "预约安检"
    subject = "入户安检"
    promise = "utter_inspection_filed"
    follow_ups: ClassVar = {**OfferedVisit.follow_ups, About.WHEN: "utter_inspection_when"}
    intents: ClassVar[frozenset[str]] = frozenset({"request_safety_inspection"})
    price = "utter_inspection_free"
    #: In this order: what has happened comes before what the customer means to do.
    afterthoughts: ClassVar = {
        _HARMED: "utter_inspector_harmed",
        _NOT_OURS: "utter_inspector_not_ours",
        _ACTS_SAFELY: "utter_inspector_well_done",
    }
    #: "骗子" is said of the stranger at the door, and what to do comes before anything else.
    apologises = False

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        return (asked not in VISIT and asks_about_a_stranger(text)) or await super().is_plain_answer(asked, text)

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        of_the_door = asked not in VISIT or heard.intent in self.intents  # "3号楼门口" is an address
        if of_the_door and asks_about_a_stranger(heard.text):
            return self._stranger(asked)
        step = await super().hear(slots, asked, heard, conversation_id)
        told = None if step or asked != self.offered else afterthought(heard.text, self.afterthoughts)
        return Step(ask=asked, says=(say(told),), asks_again=False) if told else step

    async def hear_own(self, slots: Slots, asked: str | None, heard: Heard) -> Step | None:
        free = say("utter_inspection_free")
        if wants_appointment(heard.text):
            return await self.arrange(slots, learnt={self.offered: True}, says=(free,))
        return await self.offer(slots, {}, free, *_SIGNS)

    def _stranger(self, asked: str | None) -> Step:
        """The safe thing to do is said before anything else; in the middle of an appointment, it goes on afterwards."""
        says = (say("utter_inspector_at_door"), *_SIGNS)
        if asked:
            return Step(ask=asked, says=says)
        filed = consultation("inspector", "咨询如何核实上门人员身份，已告知核实办法")
        verify = Say("utter_inspector_verify", buttons=(PERSON,))
        return Step(ask=None, says=(*says, verify), signals=(filed,))

    def due_at(self, now: datetime) -> datetime | None:
        """S1 第三条一 10: within so many days, not working days."""
        return now + timedelta(days=self._office.company.safety_checks.within_days)

    def summary(self, slots: Slots) -> str:
        return "用户预约入户安检"


_SIGNS = (say("utter_inspector_signs"),)
