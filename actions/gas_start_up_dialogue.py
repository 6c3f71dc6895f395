"""The start-up dialogue: community, address, water heater, use; one question at a time, then the whole answer."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from actions.ambiguous import NAMED, ask_which, by_name, find_named, still_open
from actions.capability import Office
from actions.dialogue import Dialogue
from actions.facts import amount, day
from actions.follow_ups import About
from actions.gas_start_up import (
    GAS_ON,
    NOT_SUPPLIED,
    Case,
    Conditions,
    Use,
    conditions,
    filed_consultation,
    start_up_told,
    summary,
    take_in,
    with_besides,
)
from actions.pieces import BUILDING, building_alone
from actions.places import Place, find_places, is_name, is_no_name
from actions.supply import unknown_community
from actions.turns import Heard, Say, Slots, Step, collected, say
from actions.understanding import corrects, is_bare_answer, is_question, names_a_dwelling, normal
from actions.water_heater import Bought, bought_in
from bot.domain.gas import Account, Community, CustomerClass
from bot.domain.places import is_only_dwelling

_OF_CONTRACT = re.compile(
    "(协议|合同)[^,。]{0,6}(没|不|办|签|好)|(没|不|办|签|好)[^,。]{0,6}(协议|合同)|没预存|没(存|交)过?(钱|气费)"
)


#: "壁挂炉没有 也没热水器": the answer, whatever else it names.
_HAS_NONE = re.compile("没有?(装|买|用)?(燃气|煤气)?热水器")
#: "我要约师傅上门点火", after everything was told.
_WANTS_VISIT = re.compile("(约|派|叫|喊|安排|请)[^,。]{0,4}(师傅|人|上门)|登记上门|师傅[^,。]{0,4}(来|到)|上门点火")


class GasStartUp(Dialogue):
    form = "startup_form"
    supersedes: ClassVar = frozenset(["coverage_form", "no_gas_form"])
    questions = ("startup_community", "startup_address", "startup_water_heater", "startup_use")
    topic = "点火开通"
    go_on = "继续办理点火开通"
    visit_wish: ClassVar[str | None] = "utter_startup_visit"
    intents: ClassVar[frozenset[str]] = frozenset({"ask_startup_requirements", "ask_supply_coverage"})
    follow_ups: ClassVar = {
        About.WHEN: "utter_startup_visit",
        About.PAPERS: "utter_startup_papers",
        About.APPLIANCE: "utter_startup_prepare",
        About.MONEY: "utter_startup_cost",
        About.WHERE: "utter_startup_cost",
        About.OWN_WORK: "utter_only_ours",
        About.PROXY: "utter_visit_somebody_at_home",
        About.NOTICE: "utter_visit_somebody_at_home",
        About.REFUND: "utter_startup_prepay_kind",
    }

    own_questions: ClassVar = {
        "代[^,。]{0,4}[签办]|(租客|租户|房客|租的|老板|家里?人)[^,。]{0,10}[签办]": "utter_startup_papers",
        "(怎么|咋|要不要|还要|需要|用不用|还用|再)[^,。]{0,6}(预约|约|通知你们)": "utter_startup_booking",
        "协议[^,。]{0,3}(什么|啥)|(什么|啥)(是|叫)?[^,。]{0,3}协议": "utter_startup_cost",
        "(哪|谁)[^,。]{0,4}买[^?]{0,10}(钱|费|收)": "utter_startup_refit",
        "改装?[^,。]{0,8}(钱|费|多少|贵)|热水器[^,。]{0,6}(多少钱|要钱|收费|费用)": "utter_startup_refit",
        "存[^,。]{0,10}(抵|当|算|扣|冲|顶|退|押金)": "utter_startup_prepay_kind",
        "用不完[^,。]{0,4}退|退不退|押金": "utter_startup_prepay_kind",
        "带[^,。]{0,2}(啥|什么|哪些)": "utter_startup_papers",
        "(\\d{3,4}|钱)[^,。]{0,6}(押金|当气费|抵气费)": "utter_startup_prepay_kind",
        "存[^,。]{0,6}(多少|几百|\\d{3,4})|多少[^,。]{0,3}预存": "utter_startup_cost",
        "存[^,。]{0,8}(手机|网上|微信|支付宝|线上|在哪)": "utter_startup_cost",
        "(房东|房主|户主|业主|本人|谁)[^,。]{0,8}签|签字": "utter_startup_papers",
        "签[^,。]{0,4}(合同|协议)|(合同|协议)[^,。]{0,8}签": "utter_startup_cost",
    }

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._back_office = office.back_office

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        if asked == "startup_community":
            return await is_name(text, self._back_office)
        none = asked == "startup_water_heater" and _HAS_NONE.search(normal(text)) is not None
        return (
            none or is_bare_answer(text) or (asked == "startup_use" and text in list(Use)) or _tells_of_contract(text)
        )

    def is_other_subject(self, heard: Heard) -> bool:
        """ "二手房 原来房主用的" tells of the home; a transfer is wanted by who names it."""
        of_the_home = heard.intent == "transfer_ownership" and not _TRANSFER.search(normal(heard.text))
        return not (of_the_home and not is_question(heard.text)) and super().is_other_subject(heard)

    def kept_besides(self, slots: Slots, text: str) -> Slots:
        return with_besides(Case.of(slots), text).slots()

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        known = Case.of(slots)
        if asked is None and known == Case() and await self._only_books(heard.text, conversation_id):
            return Step(ask=None, says=(say("utter_startup_booking"),), closing=True)
        if asked in (None, "startup_community") and not known.community:
            named = await self._named(slots, asked, heard)
            if isinstance(named, Step):
                return named
            heard = named
        if asked and _tells_of_contract(heard.text):
            return Step(ask=asked, says=(say("utter_startup_looked_up"),), asks_again=False)
        case = await take_in(known, asked, heard.text, back_office=self._back_office)
        if case is None or (asked and case == known and corrects(heard.text)):
            return self._failed(asked, heard, slots.get("failures") or 0)
        says: tuple[Say, ...] = ()
        if asked is None and case.community is None and (place := await self._place_before(slots)):
            case = replace(case, community=place.id, address=slots.get("address"))
            says = (say("utter_startup_same_place", place=f"{place.name}{case.address or ''}"),)
        if asked in (None, "startup_community") and case.community and not case.address:
            case = replace(case, address=slots.get(BUILDING))
        if rest := await self._rest_of_dwelling(case, asked, slots):
            return rest
        step = await self._answered(case, heard.text)
        step = replace(
            step,
            learnt={**step.learnt, **case.memory(), BUILDING: None, **await self._whole_address(case), **_chosen(case)},
            says=(*says, *step.says),
        )
        if asked and corrects(heard.text):
            return replace(step, says=(say("utter_corrected"), *step.says))
        early = asked is not None and step.ask == asked and not step.says
        return replace(step, says=(say("utter_repair_noted"),), asks_again=False) if early else step

    async def _answered(self, case: Case, text: str) -> Step:
        """ "咋可能 刚交的房 一次没开过": the records are wrong, or the address is; somebody looks into it and calls."""
        step = await self._next(case)
        if not _on_for_us(step, text):
            return step
        place = await self._community(case.community)
        matter = f"{place.name if place else ''}{case.address or ''}系统显示已通气，用户说从未开通，请核实后答复"
        return Step(
            ask=None, learnt={"callback_matter": matter}, says=(say("utter_startup_never_used"),), then="callback_form"
        )

    async def _named(self, slots: Slots, asked: str | None, heard: Heard) -> Heard | Step:
        """The words with the whole name of the community that they mean; which one, if they fit several."""
        places = await find_named(heard.text, slots, self._back_office)
        if len(places) > 1:
            return _which_of(places, places[0].dwelling)
        if places:
            return replace(heard, text=by_name(heard.text, places[0].community))
        goes_on = asked is None or is_only_dwelling(heard.text)
        named = await still_open(slots, self._back_office) if goes_on else []
        return _which_of(named, heard.text if asked else "") if named else heard

    async def _rest_of_dwelling(self, case: Case, asked: str | None, slots: Slots) -> Step | None:
        """ "锦绣家园一期7号楼": unit and room belong to it; who says the same again is believed."""
        place = await self._community(case.community)
        named = case.address or ""
        insists = asked == "startup_address" and named == slots.get(BUILDING)
        if place is None or not place.supplied or insists or not building_alone(named):
            return None
        learnt = {**replace(case, address=None).slots(), "community": place.id, BUILDING: named, **_chosen(case)}
        which = "utter_startup_which_flat" if "单元" in named else "utter_startup_which_room"
        rest = say(which, place=f"{place.name}{named}")
        return Step(ask="startup_address", learnt=learnt, says=(rest,), question_said=True)

    async def _only_books(self, text: str, conversation_id: str) -> bool:
        """ "我要约师傅上门点火", once everything was told, and of no other place."""
        wants = _WANTS_VISIT.search(normal(text)) is not None and not names_a_dwelling(text)
        return (
            wants
            and await start_up_told(self._office, conversation_id)
            and not await find_places(text, self._back_office)
        )

    async def _place_before(self, slots: Slots) -> Community | None:
        """The place named before, unless it is that of an account with gas: then another one shall get some."""
        place = await self._community(slots.get("community"))
        home = f"{place.name}{slots['address']}" if place and slots.get("address") else ""
        accounts = await self._back_office.find_accounts(home) if home else []
        served = any(each.gas_on and each.number == slots.get("account_number") for each in accounts)
        return None if served else place

    def _failed(self, asked: str | None, heard: Heard, failures: int) -> Step | None:
        if self.is_other_subject(heard) or (asked == "startup_community" and is_no_name(heard.text)):
            return None
        if asked == "startup_community" and failures:
            return unknown_community(heard.text)
        if asked == "startup_community":
            return Step(ask=asked, failed=True, says=(say("utter_community_unknown"),), question_said=True)
        if asked == "startup_address":
            return Step(ask=asked, failed=True, says=(say("utter_address_unclear"),), question_said=True)
        if asked == "startup_use" and bought_in(heard.text) is Bought.ELSEWHERE:
            return Step(ask=asked, says=(say("utter_startup_refit"),), asks_again=False)
        return None

    async def question(self, asked: str, slots: Slots) -> Say:
        community = await self._community(slots.get("startup_community"))
        return say(f"utter_question_{asked}", community=community.name if community else "")

    async def _whole_address(self, case: Case) -> Slots:
        """For whoever visits later."""
        place = await self._community(case.community)
        return {"contact_address": f"{place.name}{case.address}"} if place and case.address else {}

    async def _community(self, id: str | None) -> Community | None:
        return await self._back_office.community(id) if id else None

    async def _next(self, case: Case) -> Step:
        """The next question that is still open, or the answer."""
        community = await self._community(case.community)
        if community is None:
            return Step(ask="startup_community", learnt=case.slots())
        learnt = collected({"小区": community.name} | ({"地址": case.address} if case.address else {}))
        if not community.supplied:
            filed = filed_consultation(case, community, None, NOT_SUPPLIED)
            return Step(ask=None, says=(_not_supplied(community),), signals=(learnt, filed), closing=True)
        if not case.address:
            return Step(ask="startup_address", learnt=case.slots(), signals=(learnt,))
        accounts = await self._back_office.find_accounts(f"{community.name}{case.address}")
        if len(accounts) > 1:
            unclear = (say("utter_address_unclear"),)
            known = replace(case, address=None).slots()
            return Step(ask="startup_address", learnt=known, says=unclear, failed=True, question_said=True)
        return self._with_account(case, community, next(iter(accounts), None))

    def _with_account(self, case: Case, community: Community, account: Account | None) -> Step:
        if account and account.gas_on:
            filed = filed_consultation(case, community, account, GAS_ON)
            return Step(ask=None, says=(say("utter_startup_gas_on"),), signals=(filed,), closing=True)
        if account and account.customer_class is CustomerClass.COMMERCIAL:
            case = replace(case, use=Use.CATERING)
        learnt = collected({"小区": community.name, "地址": case.address or ""})
        if case.water_heater is None:
            return Step(ask="startup_water_heater", learnt=case.slots(), signals=(learnt,))
        if case.use is None:
            return Step(ask="startup_use", learnt=case.slots())
        needs = conditions(case, account, self._office.company.start_up)
        return Step(
            ask=None,
            says=self._whole_answer(needs),
            signals=(
                collected({"热水器": "有" if case.water_heater else "没有", "用途": case.use}),
                filed_consultation(case, community, account, summary(needs)),
            ),
            closing=True,
        )

    def _whole_answer(self, needs: Conditions) -> tuple[Say, ...]:
        if needs.prepay is None:
            paid = say("utter_startup_paid")
        else:
            missing = "utter_startup_contract" if needs.contract else "utter_startup_prepay"
            paid = say(missing, prepay=amount(needs.prepay))
        refit = (say("utter_startup_refit"),) if needs.refit else ()
        return (paid, *refit, say("utter_startup_prepare"), say("utter_startup_visit"))


_TRANSFER = re.compile("过户|户名|户主|更名|改名|名字|换名|转到|[改换].{0,4}名")
_NEVER_USED = re.compile("(没|未)(有)?(开|点|通|用)过|从来?没|一次(都)?没|刚(交|收|拿)(的|了)?房")


def _on_for_us(step: Step, text: str) -> bool:
    told_on = any(each.response == "utter_startup_gas_on" for each in step.says)
    return told_on and _NEVER_USED.search(normal(text)) is not None


def _tells_of_contract(text: str) -> bool:
    """ "没签过啥协议": what is looked up anyway."""
    words = normal(text)
    other = is_question(words) or names_a_dwelling(words) or "热水器" in words
    return not other and _OF_CONTRACT.search(words) is not None


def _which_of(places: Sequence[Place], dwelling: str) -> Step:
    """Which of the communities is meant; what is said of the dwelling is kept."""
    step = ask_which(places, "startup_community")
    return replace(step, learnt={**step.learnt, BUILDING: dwelling}) if dwelling else step


def _chosen(case: Case) -> Slots:
    return {NAMED: None} if case.community else {}


def _not_supplied(community: Community) -> Say:
    if community.supply_planned is None:
        return say("utter_startup_not_supplied", community=community.name)
    return say("utter_startup_supply_planned", community=community.name, planned=day(community.supply_planned))
