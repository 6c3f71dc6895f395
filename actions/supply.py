"""Is a community supplied, and is its supply interrupted: one question at most, then the records answer."""

from abc import abstractmethod
from datetime import datetime
from typing import ClassVar

from actions.dialogue import Dialogue
from actions.facts import day
from actions.places import find_places, is_name, names_a_community, which_community
from actions.records import consultation
from actions.turns import Heard, Say, Slots, Step, collected, say
from actions.understanding import is_bare_answer
from bot.domain.company import CompanyProfile
from bot.domain.gas import Community, Outage
from bot.ports import BackOffice


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


class CommunityDialogue(Dialogue):
    """A dialogue that begins with the community; one named earlier in the conversation is taken."""

    #: The slot that holds the community's id.
    place: ClassVar[str]

    @abstractmethod
    async def with_community(self, community: Community, slots: Slots, conversation_id: str) -> Step: ...

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        return await is_name(text, self._office.back_office) if asked == self.place else is_bare_answer(text)

    async def hear_community(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        places = await find_places(heard.text, self._office.back_office)
        if len(places) == 1:
            return await self._found(places[0].community, slots, conversation_id)
        if places:
            return Step(ask=self.place, says=(which_community(places),), question_said=True)
        if asked is None and not names_a_community(heard.text):
            known = slots.get(self.place) or slots.get("community")
            community = await self._office.back_office.community(known) if known else None
            return await self._found(community, slots, conversation_id) if community else Step(ask=self.place)
        if asked and self.is_other_subject(heard):
            return None
        return Step(
            ask=self.place, failed=asked is not None, says=(say("utter_community_unknown"),), question_said=True
        )

    async def _found(self, community: Community, slots: Slots, conversation_id: str) -> Step:
        known = {**slots, self.place: community.id, "community": community.id}
        step = await self.with_community(community, known, conversation_id)
        learnt = {"community": community.id, self.place: community.id, **step.learnt}
        signals = (collected({"小区": community.name}), *step.signals)
        return Step(**{**vars(step), "learnt": learnt, "signals": signals})


class Coverage(CommunityDialogue):
    form = "coverage_form"
    questions = ("coverage_community",)
    place = "coverage_community"
    topic = "查询小区是否通气"
    go_on = "我们小区通气了吗"
    intents: ClassVar[frozenset[str]] = frozenset({"ask_supply_coverage"})

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        return await self.hear_community(slots, asked, heard, conversation_id)

    async def with_community(self, community: Community, slots: Slots, conversation_id: str) -> Step:
        filed = consultation(f"coverage:{community.id}", f"咨询：{community.name}是否通气")
        return Step(ask=None, says=(coverage_answer(community),), signals=(filed,))


class Outages(CommunityDialogue):
    form = "outage_form"
    questions = ("outage_community",)
    place = "outage_community"
    topic = "查询停气"
    go_on = "继续查询停气"
    intents: ClassVar[frozenset[str]] = frozenset({"ask_outage", "report_no_gas"})

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        return await self.hear_community(slots, asked, heard, conversation_id)

    async def with_community(self, community: Community, slots: Slots, conversation_id: str) -> Step:
        office = self._office
        if not community.supplied:  # "啥时候能通上气": there is nothing to interrupt yet
            filed = consultation(f"coverage:{community.id}", f"咨询：{community.name}是否通气")
            return Step(ask=None, says=(coverage_answer(community),), signals=(filed,))
        now = office.clock.now()
        answer = await outage_answer(community, now, back_office=office.back_office, company=office.company)
        filed = consultation(f"outage:{community.id}", f"咨询：{community.name}是否停气")
        return Step(ask=None, says=answer, signals=(filed,))
