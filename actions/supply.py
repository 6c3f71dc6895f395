"""Is a community supplied, and is its supply interrupted: one question at most, then the records answer."""

import re
from abc import abstractmethod
from datetime import datetime
from typing import ClassVar

from actions.ambiguous import NAMED, ask_which, find_named, still_open
from actions.dialogue import Dialogue
from actions.facts import day
from actions.follow_ups import About, follow_up
from actions.places import is_name, is_no_name, names_a_community, whole_dwelling
from actions.records import consultation
from actions.turns import Heard, Say, Slots, Step, collected, say
from actions.understanding import is_bare_answer, is_question, normal
from bot.domain.company import CompanyProfile
from bot.domain.gas import Community, Outage
from bot.ports import BackOffice

_LONGEST_NAME = 30
#: "以后停气能不能提前说一声": how interruptions are announced, whichever is meant.
_NOTICE = re.compile(
    "(提前|事先|预先|先)[^,，。]{0,6}(说|讲|通知|告诉|告知|公告|招呼|吱)|不(通知|说|告诉|吱)[^,，。]{0,2}(一?声|一下)?就停|打个?招呼|(怎么|在哪)[^,，。]{0,4}通知"
)


def coverage_answer(community: Community) -> Say:
    if community.supplied:
        return say("utter_coverage_supplied", community=community.name)
    if community.supply_planned:
        return say("utter_coverage_planned", community=community.name, planned=day(community.supply_planned))
    return say("utter_coverage_not_supplied", community=community.name)


async def outage_answer(
    community: Community, now: datetime, *, back_office: BackOffice, company: CompanyProfile
) -> tuple[Say, ...]:
    """Each interruption not yet over; or that there is none."""
    outages = [each for each in await back_office.outages_of(community.id) if each.ends_at > now]
    if not outages:
        return (say("utter_outage_none", community=community.name),)
    return tuple(_outage(each, community, now, company) for each in outages)


def _outage(outage: Outage, community: Community, now: datetime, company: CompanyProfile) -> Say:
    response = "utter_outage_current" if outage.starts_at <= now else "utter_outage_coming"
    zone = company.company.zone
    starts, ends = outage.starts_at.astimezone(zone), outage.ends_at.astimezone(zone)
    return say(
        response,
        community=community.name,
        planned_or_not="计划" if outage.planned else "临时",
        reason=outage.reason,
        starts=_moment(starts),
        ends=_moment(ends) if starts <= now.astimezone(zone) or starts.date() != ends.date() else f"{ends:%H:%M}",
    )


def _moment(local: datetime) -> str:
    return f"{local.month}月{local.day}日{local:%H:%M}"


def unknown_community(text: str) -> Step:
    """Twice not found, and not to be found by asking on: somebody looks into it and calls (S0 在线客服 6)."""
    matter = f"小区“{text.strip()[:_LONGEST_NAME]}”不在资料里，请核实是否通气后答复"
    return Step(
        ask=None, learnt={"callback_matter": matter}, says=(say("utter_community_looked_into"),), then="callback_form"
    )


class CommunityDialogue(Dialogue):
    """A dialogue that begins with the community; one named earlier in the conversation is taken."""

    #: The slot that holds the community's id.
    place: ClassVar[str]

    @abstractmethod
    async def with_community(self, community: Community, slots: Slots) -> Step: ...

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        return await is_name(text, self._office.back_office) if asked == self.place else is_bare_answer(text)

    async def hear_community(self, slots: Slots, asked: str | None, heard: Heard) -> Step | None:
        places = await find_named(heard.text, slots, self._office.back_office)
        if len(places) == 1:
            return await self._found(places[0].community, slots, whole_dwelling(places[0]))
        if places:
            return ask_which(places, self.place)
        if asked is None and not names_a_community(heard.text):
            return await self._known_before(slots)
        if asked and self._asks_on(heard):
            return await self._which_or_where(slots)  # "那啥时候来气": asked once more, and no name
        if asked and (self.is_other_subject(heard) or is_no_name(heard.text)):
            return None
        return Step(
            ask=self.place, failed=asked is not None, says=(say("utter_community_unknown"),), question_said=True
        )

    def _asks_on(self, heard: Heard) -> bool:
        about_it = heard.intent in self.intents or follow_up(heard.text) is not None
        return about_it and is_question(heard.text) and not names_a_community(heard.text)

    async def _known_before(self, slots: Slots) -> Step:
        """The community named earlier, unless another name was left open since."""
        known = slots.get(self.place) or (None if slots.get(NAMED) else slots.get("community"))
        community = await self._office.back_office.community(known) if known else None
        return await (self._found(community, slots) if community else self._which_or_where(slots))

    async def _which_or_where(self, slots: Slots) -> Step:
        named = await still_open(slots, self._office.back_office)
        return ask_which(named, self.place) if named else Step(ask=self.place)

    async def _found(self, community: Community, slots: Slots, dwelling: str = "") -> Step:
        known = {**slots, self.place: community.id, "community": community.id}
        step = await self.with_community(community, known)
        stated = {"address": dwelling} if dwelling else {}
        learnt = {"community": community.id, **stated, self.place: community.id, NAMED: None, **step.learnt}
        signals = (collected({"小区": community.name}), *step.signals)
        return Step(**{**vars(step), "learnt": learnt, "signals": signals})


#: "停气通知有没有 五一新村" asks for what is supplied already.
_OUTAGE = re.compile("停(燃|煤|天然)?气")


class Coverage(CommunityDialogue):
    form = "coverage_form"
    questions = ("coverage_community",)
    place = "coverage_community"
    topic = "查询小区是否通气"
    go_on = "我们小区通气了吗"
    follow_ups: ClassVar = {About.WHEN: "utter_coverage_when"}
    intents: ClassVar[frozenset[str]] = frozenset({"ask_supply_coverage"})

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if asked is None and _OUTAGE.search(normal(heard.text)):
            places = await find_named(heard.text, slots, self._office.back_office)
            learnt = {Outages.place: places[0].community.id} if len(places) == 1 else {}
            return Step(ask=None, learnt=learnt, then=Outages.form)
        step = await self.hear_community(slots, asked, heard)
        return unknown_community(heard.text) if step and step.failed and slots.get("failures") else step

    async def with_community(self, community: Community, slots: Slots) -> Step:
        filed = consultation(f"coverage:{community.id}", f"咨询：{community.name}是否通气")
        return Step(ask=None, says=(coverage_answer(community),), signals=(filed,))


class Outages(CommunityDialogue):
    form = "outage_form"
    questions = ("outage_community",)
    place = "outage_community"
    topic = "查询停气"
    go_on = "继续查询停气"
    follow_ups: ClassVar = {About.NOTICE: "utter_outage_notice", About.OTHER_DAY: "utter_outage_other_days"}
    own_questions: ClassVar = {
        "(能|可以)[^,。]{0,4}[快早](一?点|些)|[快早](一?点|些)[^,。]{0,3}(来|恢复|通)": "utter_outage_no_sooner"
    }
    intents: ClassVar[frozenset[str]] = frozenset({"ask_outage", "report_no_gas"})

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if asked is None and _NOTICE.search(heard.text):
            filed = consultation("outage_notice", "咨询：停气怎样通知")
            return Step(ask=None, says=(say("utter_outage_notice"),), signals=(filed,), closing=True)
        return await self.hear_community(slots, asked, heard)

    async def with_community(self, community: Community, slots: Slots) -> Step:
        office = self._office
        if not community.supplied:  # "啥时候能通上气": there is nothing to interrupt yet
            filed = consultation(f"coverage:{community.id}", f"咨询：{community.name}是否通气")
            return Step(ask=None, says=(coverage_answer(community),), signals=(filed,))
        now = office.clock.now()
        answer = await outage_answer(community, now, back_office=office.back_office, company=office.company)
        filed = consultation(f"outage:{community.id}", f"咨询：{community.name}是否停气")
        return Step(ask=None, says=answer, signals=(filed,))
