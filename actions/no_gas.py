"""No gas (S0 报修管道无气业务): an interruption, the valve, the batteries, the card meter's display, the neighbours.

What is solved is filed as done; what is not goes to the repair station with address and telephone number.
"""

import re
from dataclasses import replace
from enum import StrEnum
from typing import ClassVar

from actions.checks import (
    AND_NOW,
    NOT_YET,
    Meter,
    is_for_later,
    is_not_yet,
    is_unsure,
    known_meter,
    meter_in,
    one_fails,
    only_one_appliance,
    reports_check,
    result_asked,
    works_again,
)
from actions.contacts import phone_in, time_in, without_phone
from actions.places import find_places
from actions.records import consultation
from actions.repair import PROBLEM
from actions.stated_address import address_in
from actions.supply import CommunityDialogue, coverage_answer, outage_answer
from actions.turns import Heard, Say, Signal, Slots, Step, say
from actions.understanding import is_question, names_a_dwelling, normal, sounds_dangerous, yes_or_no
from actions.visits import ADDRESS, PHONE, TIME, VISIT, VisitDialogue
from bot.domain.gas import Community
from bot.domain.knowledge import choose
from bot.domain.places import is_only_dwelling
from bot.domain.work_orders import OrderType

METER, VALVE, STOVE, DISPLAY, CARD, NEIGHBOURS = (
    "no_gas_meter", "no_gas_valve", "no_gas_battery", "no_gas_display", "no_gas_card", "no_gas_neighbours",
)  # fmt: skip
#: The slot with the first words, where they name the appliance that fails.
TROUBLE = "appliance_trouble"
#: "灶的火是红的 正常吗": there is gas, and the knowledge base tells of it.
_FLAME = re.compile("火[焰苗]?(是|有点|都|烧得?)?[^,。]{0,3}(红|黄|橙)|冒黑烟|锅底[^,。]{0,4}黑")
_WORKS_NOW = re.compile("(好了|有气了|来气了|能用了|可以用了)$")
_WHERE = re.compile("哪|找不到|没看(见|到)|不(知道|认识|清楚|晓得)")
_ON_DISPLAY = re.compile("显示|屏|上面(写|有|是)|写着|提示|(气|燃气)?表(上|是|里|都|啥|什么)")
#: "是不是欠费把我气停了": told only to who proves the account.
_ARREARS = re.compile(
    "欠[了着]?(气|煤气|燃气)?费|没(有)?(交|缴)(气|煤气|燃气)?费|忘了?(交|缴)费|停我.{0,2}气|把.{0,4}气.{0,2}停"
)
_NO_SPARK = re.compile("没(有)?(声音?|声儿|火花|火星|动静)|不(打火|出火|冒火)|打不[着出]|点不[着燃]|光响|只响")
#: "刚充的钱": what it is not, no wish to know the balance.
_JUST_PAID = re.compile("^(才|刚|昨天|前天|今天|早上|已经|都|气|我|卡里?|钱|[,，])*(充|交|缴|买|存)(了|过|的|完)")
_ASKS_OUTAGE = re.compile(
    "停不停气|(有没有|是不是|会不会|要|哪天|几点|啥时候|什么时候)[^,。]{0,6}停气|停气[^,。]{0,4}(吗|不|没|通知)|检修"
)
#: "开着呢 电池也换了".
_IS_OPEN = re.compile("开着|是开|都开|打开")
_LONGEST_CHECK = 14
_OF_NEIGHBOURS = re.compile("邻居|隔壁|对门|楼[上下]|别人家|人家家?里?|就我|只有我")
_NOT_ASKED = re.compile("没(问|人|有邻居)|不(在家|方便|认识|好意思)|问不")


class Display(StrEnum):
    """What the display of a card meter shows."""

    LOW_BATTERY = "电量不足"
    LOW_GAS = "气量不足"
    VALVE_CLOSED = "关阀"
    BLANK = "黑屏不显示"
    FINE = "显示正常"


_SHOWN = {
    Display.BLANK: "黑|[不没]亮|(没|不|无)(有)?显示|没字|没反应|空白",
    Display.LOW_BATTERY: "电量|电池|欠压|没电|低电|缺电",
    Display.LOW_GAS: "气量|(剩|余).{0,4}(0|零|没)|没气|气不足|余量不足|购气|买气|充值|用完",
    Display.VALVE_CLOSED: "阀",
    Display.FINE: "正常|有气|有数|(还|剩|余).{0,6}\\d|都有|没(有)?(什么)?(问题|提示)|够",
}


#: The display shows again, and nothing is said of the gas.
_ONLY_LIT = re.compile("^(?!.*(能用|打着|点着|有气|来气|好了|可以了|行了|解决)).*(亮了|有显示|显示了|有数了)")
_NO_GAS_YET = frozenset({Display.VALVE_CLOSED, Display.LOW_GAS, Display.LOW_BATTERY})


def display_in(text: str) -> Display | None:
    words = normal(text)
    return next((shown for shown, pattern in _SHOWN.items() if re.search(pattern, words)), None)


def _works_here(text: str) -> bool | None:
    """As `works_again`; that a neighbour has gas says that it is missing here."""
    if not _OF_NEIGHBOURS.search(text):
        return works_again(text)
    here = works_again(re.sub(f"({_OF_NEIGHBOURS.pattern})[^,，。 ]*", "", text))
    return False if here is None and neighbours_have_gas(text) else here


def _told_of_display(text: str) -> Display | None:
    """What is written there counts, not what was done before: "换了电池亮了 上面写阀关"."""
    if not (found := _ON_DISPLAY.search(text)):
        return None
    return display_in(text[found.start() :]) or display_in(text)


def neighbours_have_gas(text: str) -> bool | None:
    words = normal(text)
    if (
        re.search("就我|只有我|单我家|(邻居|他们|别人|楼[上下]).{0,4}(都|是)?(有气|有$|能用|正常)", words)
        and "也没" not in words
    ):
        return True
    if re.search("也(都)?(没|不|打不)|都没(有)?气?|没有?气|同样|一样|他们也", words):
        return False
    return True if re.search("有气|能用|正常|都有|好好的|就我|只有我", words) else yes_or_no(words)


class NoGas(CommunityDialogue, VisitDialogue):
    form = "no_gas_form"
    supersedes: ClassVar = frozenset(["outage_form", "order_form"])
    questions = ("no_gas_community", VALVE, STOVE, METER, DISPLAY, CARD, NEIGHBOURS, *VISIT)
    place = "no_gas_community"
    topic = "检查没有气的原因"
    go_on = "我家没气了"
    intents: ClassVar[frozenset[str]] = frozenset(
        {"report_no_gas", "ask_outage", "report_meter_fault", "ask_meter_battery", "ask_ic_card_use", "request_repair"}
    )
    price = "utter_visit_price"
    own_questions: ClassVar = {"欠费[^,。]{0,8}停|停[^,。]{0,4}欠费": "utter_no_gas_arrears"}
    #: S0 无气业务 6: 炉具使用问题 / 转维修 / 未完成.
    order_type = OrderType.STOVE_PROBLEM

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        if asked == self.place:
            return await super().is_plain_answer(asked, text)
        if asked in VISIT:
            return _tells_a_check(text) or await self.is_plain_visit_answer(asked, text)
        told = self._read(asked, text) is not None or (_OF_NEIGHBOURS.search(text) and neighbours_have_gas(text))
        told = told or works_again(text) is False
        return bool(told) and not sounds_dangerous(text) and not is_question(text)

    def _read(self, asked: str, text: str) -> object:
        if asked == METER:
            return meter_in(text) or (display_in(text) if _ON_DISPLAY.search(text) else None)
        if asked == DISPLAY:
            return display_in(text)
        return neighbours_have_gas(text) if asked == NEIGHBOURS else (reports_check(text) or None)

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if asked in VISIT:
            step = await self.hear_visit(slots, asked or "", heard)
            return step or _noted(asked or "", heard.text)
        if low := _low_everywhere(heard.text):
            return await self._low_pressure(f"{low}：{normal(heard.text)}", heard.text)
        if only_one_appliance(heard.text, slots.get(TROUBLE) if asked else None):
            story = "，".join(filter(None, (slots.get(TROUBLE), normal(heard.text))))
            return Step(ask=None, learnt={PROBLEM: story, TROUBLE: None}, then="repair_form")
        if asked is None and _FLAME.search(normal(heard.text)) and (article := self._article(heard.text)):
            return Step(ask=None, says=(article,), closing=True)
        if asked in (None, self.place):
            return await self._hear_place(slots, asked, heard)
        if outages := await self._outages_asked(slots, heard.text):
            return Step(ask=asked, says=outages, asks_again=False)
        told = phone_in(heard.text) is not None
        step = None if told else await self._hear_own(slots, asked or "", heard)
        return step or await self._for_the_visit(slots, asked or "", heard.text)

    async def _low_pressure(self, problem: str, text: str) -> Step:
        places = await find_places(text, self._office.back_office)
        place = {"community": places[0].community.id} if len(places) == 1 else {}
        return Step(ask=None, learnt={PROBLEM: problem, TROUBLE: None, **place}, then="repair_form")

    async def visit_wished(self, slots: Slots, asked: str, heard: Heard) -> Step | None:
        """ "没有 你派个人来吧", once a check has failed: nobody is made to go on with the others."""
        failed = works_again(heard.text) is False or slots.get(VALVE) or slots.get(STOVE)
        if asked in VISIT or not failed:
            return await super().visit_wished(slots, asked, heard)
        return await self.arrange(slots, learnt={asked: True} if asked in (VALVE, STOVE, CARD) else {})

    def _article(self, text: str) -> Say | None:
        knowledge = self._office.knowledge
        choice = choose(knowledge.search(text, self._office.clock.now()))
        return say("utter_article", article=knowledge.answer(choice.answer)) if choice.answer else None

    async def _outages_asked(self, slots: Slots, text: str) -> tuple[Say, ...]:
        """ "小区停不停气呀 通知上写后天检修", in the middle of the checks: what is known of the community."""
        words = normal(text)
        community = await self._office.back_office.community(slots.get(self.place) or "")
        if community is None or not is_question(words) or not _ASKS_OUTAGE.search(words):
            return ()
        office = self._office
        return await outage_answer(
            community, office.clock.now(), back_office=office.back_office, company=office.company
        )

    async def _for_the_visit(self, slots: Slots, asked: str, text: str) -> Step | None:
        """House or telephone number while the stove is looked at: kept for whoever comes."""
        learnt: dict[str, str] = {PHONE: phone} if (phone := phone_in(text)) else {}
        time = time_in(without_phone(text), self._now(), asked=False)
        if time and not time.past:
            learnt |= {TIME: time.text}
        if asked != NEIGHBOURS and _OF_NEIGHBOURS.search(text) and (have := neighbours_have_gas(text)) is not None:
            learnt |= {NEIGHBOURS: "邻居有气" if have else "邻居也无气"}
        house = is_only_dwelling(text) and names_a_dwelling(text)
        stated = await address_in(text, self._office.back_office, slots.get("community")) if house else None
        if stated and stated.address:
            learnt |= {ADDRESS: stated.address, **stated.memory()}
        if learnt:
            return Step(ask=asked, learnt=learnt, says=(say("utter_repair_noted"),))
        if is_question(text):
            return None
        if _JUST_PAID.search(normal(text)) or _NO_SPARK.search(normal(text)):
            return Step(ask=asked, says=(say("utter_repair_noted"),), asks_again=False)
        return _noted(asked, text) if works_again(text) is False else None

    async def _hear_own(self, slots: Slots, asked: str, heard: Heard) -> Step | None:
        meter = meter_in(heard.text)
        if asked != NEIGHBOURS and _OF_NEIGHBOURS.match(normal(heard.text)):
            return await self._for_the_visit(slots, asked, heard.text)
        if asked == METER:
            return await self._hear_meter(slots, heard)
        learnt = {METER: str(meter)} if meter and not slots.get(METER) else {}
        known = {**slots, **learnt}
        if asked == DISPLAY:
            return await self._hear_display(known, learnt, heard)
        if asked == NEIGHBOURS:
            return await self._hear_neighbours(known, heard)
        return await self._hear_check(known, learnt, asked, heard)

    async def _hear_place(self, slots: Slots, asked: str | None, heard: Heard) -> Step | None:
        """The community; a whole address or the kind of meter that is said with it is kept."""
        meter = meter_in(heard.text) or await known_meter(slots, self._office.back_office)
        stated = await address_in(heard.text, self._office.back_office, slots.get("community"))
        shown = display_in(heard.text) if _ON_DISPLAY.search(heard.text) else None
        known: dict[str, str | bool] = {METER: str(meter)} if meter else {}
        known |= {METER: str(Meter.CARD), DISPLAY: str(shown)} if shown else {}
        if stated and stated.address and stated.community:
            known |= {ADDRESS: stated.address, **stated.memory()}
        tried = dict.fromkeys(_checks_named(heard.text), True) if reports_check(heard.text) else {}
        known |= tried if asked is None and _BATTERY_CHANGED.search(normal(heard.text)) else {}
        step = await self.hear_community({**slots, **known}, asked, heard)
        if asked and tried and step and step.failed:
            return Step(ask=asked, learnt={**known, **tried}, says=(say("utter_repair_noted"),), asks_again=False)
        if asked and step and step.failed and (meter_in(heard.text) or shown or slots.get("failures")):
            return await self._without_place(slots, known)
        if asked is None and one_fails(heard.text):
            known[TROUBLE] = normal(heard.text)
        arrears = (say("utter_no_gas_arrears"),) if asked is None and _ARREARS.search(normal(heard.text)) else ()
        return replace(step, learnt={**known, **step.learnt}, says=(*arrears, *step.says)) if step else None

    async def _without_place(self, slots: Slots, known: Slots) -> Step:
        """Who tells of the meter instead of the place, or does not find its name again, is helped all the same."""
        step = await self._next({**slots, **known}, known)
        return replace(step, says=(say("utter_no_gas_checks_first"), *step.says))

    async def with_community(self, community: Community, slots: Slots) -> Step:
        office = self._office
        if not community.supplied:
            return Step(ask=None, says=(coverage_answer(community),))
        now = office.clock.now()
        outages = await outage_answer(community, now, back_office=office.back_office, company=office.company)
        if any(each.response == "utter_outage_current" for each in outages):
            return Step(ask=None, says=outages)
        step = await self._next(slots, {})
        return replace(step, says=(say("utter_no_gas_not_outage", community=community.name), *step.says))

    async def _next(self, slots: Slots, learnt: Slots) -> Step:
        check = self._open_check(slots)
        if check is None:
            return await self.arrange(slots, learnt=learnt, says=(say("utter_no_gas_to_repair"),))
        return Step(ask=check, learnt=learnt)

    def _open_check(self, slots: Slots) -> str | None:
        """S0 无气业务: first what costs a glance; the neighbours only in the frost season (item 4).

        What the display tells comes before the stove's battery, if the customer has seen it already.
        """
        has_card, shown = slots.get(METER) == Meter.CARD, slots.get(DISPLAY)
        told = has_card and shown is not None and shown != Display.FINE
        applies = {
            VALVE: True,
            CARD: told,
            STOVE: not told,
            METER: True,
            DISPLAY: has_card,
            NEIGHBOURS: self._office.company.frost_season.holds(self._now().date()),
        }
        return next((check for check, needed in applies.items() if needed and not slots.get(check)), None)

    async def question(self, asked: str, slots: Slots) -> Say:
        instead = {
            Display.LOW_GAS: "utter_question_no_gas_card_low_gas",
            Display.VALVE_CLOSED: "utter_question_no_gas_card_closed",
        }
        shown = slots.get(DISPLAY)
        if asked == CARD and shown in instead:
            return say(instead[Display(shown)])
        return await super().question(asked, slots)

    async def _hear_meter(self, slots: Slots, heard: Heard) -> Step | None:
        if _WORKS_NOW.search(normal(heard.text)):
            return self._solved()
        meter = meter_in(heard.text)
        shown = display_in(heard.text) if _ON_DISPLAY.search(heard.text) else None
        if meter is None and shown:  # only a card meter has a display
            learnt = {METER: str(Meter.CARD), DISPLAY: str(shown)}
            return await self._next({**slots, **learnt}, learnt)
        if meter is None:
            explained = Step(ask=METER, failed=True, says=(say("utter_no_gas_which_meter"),))
            return explained if is_unsure(heard.text) else None
        learnt = {METER: str(meter)}
        return await self._next({**slots, **learnt}, learnt)

    async def _hear_display(self, slots: Slots, learnt: Slots, heard: Heard) -> Step | None:
        if _WORKS_NOW.search(normal(heard.text)):
            return self._solved()
        shown = display_in(heard.text)
        if shown is None:
            return None
        return await self._next({**slots, DISPLAY: shown}, {**learnt, DISPLAY: str(shown)})

    async def _hear_neighbours(self, slots: Slots, heard: Heard) -> Step | None:
        have = neighbours_have_gas(heard.text)
        if have is None and not (is_unsure(heard.text) or _NOT_ASKED.search(normal(heard.text))):
            return None
        told = {None: "未问到", True: "邻居有气", False: "邻居也无气"}[have]
        return await self._next({**slots, NEIGHBOURS: told}, {NEIGHBOURS: told})

    async def _hear_check(self, slots: Slots, learnt: Slots, asked: str, heard: Heard) -> Step | None:
        if is_not_yet(heard.text):
            return Step(ask=asked, says=(NOT_YET,), question_said=True, asks_again=False)
        if is_for_later(heard.text):
            later = "utter_no_gas_buy" if slots.get(DISPLAY) == Display.LOW_GAS else "utter_no_gas_later"
            filed = _settled("later", "已指导检查，用户稍后自行处理")
            return Step(ask=None, says=(say(later),), signals=(filed,), learnt=learnt, keep=True)
        if now := result_asked(heard.text):
            return Step(ask=asked, says=(now,), question_said=True, asks_again=False)
        works = _works_here(heard.text)
        # "新房表上显示0" is the reading of an ordinary meter.
        shown = None if slots.get(METER) == Meter.ORDINARY else _told_of_display(heard.text)
        if works and (shown in _NO_GAS_YET or _ONLY_LIT.search(normal(heard.text))):
            return await self._hear_lit(slots, learnt, asked, shown)
        if works:
            return self._solved()
        if works is None and shown is None:
            if learnt:  # "普通表": an answer to a later question
                return Step(ask=asked, learnt=learnt, says=(say("utter_repair_noted"),))
            if asked == VALVE and _WHERE.search(normal(heard.text)):
                return Step(
                    ask=VALVE, says=(say("utter_question_no_gas_valve_where"),), question_said=True, asks_again=False
                )
            return None
        seen = {METER: str(Meter.CARD), DISPLAY: str(shown)} if shown else {}
        named = _checks_named(heard.text) if asked in (VALVE, STOVE) else set()
        if named and asked == VALVE and _IS_OPEN.search(normal(heard.text)):
            named.add(VALVE)
        tried = (named or {asked}) if works is False else set()
        found = {**learnt, **seen, **dict.fromkeys(tried, True)}
        step = await self._next({**slots, **found}, found)
        return replace(step, says=(say("utter_repair_noted"), *step.says)) if step.ask == asked else step

    async def _hear_lit(self, slots: Slots, learnt: Slots, asked: str, shown: Display | None) -> Step:
        """The new battery has lit the display; what it shows, if anything, says whether there is gas."""
        if shown not in _NO_GAS_YET:
            return Step(ask=asked, learnt=learnt, says=(AND_NOW,), question_said=True, asks_again=False)
        seen = {**learnt, METER: str(Meter.CARD), DISPLAY: str(shown), CARD: None}
        return await self._next({**slots, **seen}, seen)

    def _solved(self) -> Step:
        filed = _settled("solved", "指导检查后恢复使用")
        return Step(ask=None, says=(say("utter_no_gas_solved"),), signals=(filed,), closing=True)

    def summary(self, slots: Slots) -> str:
        shown = f"，表屏{slots[DISPLAY]}" if slots.get(DISPLAY) else ""
        meter = f"（{slots[METER]}{shown}）" if slots.get(METER) else ""
        neighbours = slots.get(NEIGHBOURS)
        frost = f"；冻害季节，{neighbours}" if neighbours else ""
        suspected = "，疑似冻害" if neighbours == "邻居也无气" else ""
        tried = "电池已换，" if slots.get(STOVE) or slots.get(CARD) else ""
        return f"无气{meter}：无停气通知，表前阀和灶前阀已开，{tried}仍不能用气{frost}{suspected}"


#: "灶打不着火 电池换了".
_BATTERY_CHANGED = re.compile("电池[^,。]{0,4}换[过了]|换[过了]?[^,。]{0,3}电池")


_WEAK = re.compile("(火|气|火苗|压力)[^,。 ]{0,6}(小|弱|不够|不足|低)")
_EVERYWHERE = re.compile(
    "(邻居|隔壁|对门|楼[上下]|整栋|全楼|大家|别人家)[^,。]{0,6}(也|都)[^,。]{0,4}(小|弱|这样|一样|不够)"
)


def _low_everywhere(text: str) -> str:
    """ "火就是小 邻居家也小": no battery and no valve of this home; somebody has to look at the supply."""
    words = normal(text)
    weak = _WEAK.search(words) is not None or "压力" in words
    return "气压低，邻居也一样" if weak and _EVERYWHERE.search(words) else ""


def _checks_named(text: str) -> set[str]:
    """ "换过电池了 还是不行" tells of the battery, whatever was asked."""
    return {check for check, word in {VALVE: "阀", STOVE: "电池"}.items() if word in text}


def _tells_a_check(text: str) -> bool:
    """ "插过卡了没用", "邻居家有": told after the question for it, or before it would come."""
    told = reports_check(text) or re.search("邻居|楼[上下]", text) is not None
    return told and len(text) <= _LONGEST_CHECK and yes_or_no(text) is None and not re.search(r"\d", text)


def _noted(asked: str, text: str) -> Step | None:
    """More of what was tried, while the visit is arranged."""
    return Step(ask=asked, says=(say("utter_repair_noted"),), asks_again=False) if _tells_a_check(text) else None


def _settled(how: str, outcome: str) -> Signal:
    """S0 无气业务 5: 炉具使用问题 / 电话处理 / 已完成."""
    return consultation(f"no_gas_{how}", f"用户反映无气，{outcome}", kind=OrderType.STOVE_PROBLEM)
