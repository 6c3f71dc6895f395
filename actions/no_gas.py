"""No gas (S0 报修管道无气业务): an interruption, the valve, the batteries? Otherwise a person files the repair."""

import re
from typing import ClassVar

from actions.records import consultation
from actions.supply import CommunityDialogue, outage_answer
from actions.turns import Heard, Slots, Step, collected, handoff, say
from actions.understanding import is_question, normal, sounds_dangerous, yes_or_no
from bot.domain.gas import Community
from bot.domain.work_orders import OrderType


def works_again(text: str) -> bool | None:
    """Whether the gas works after a check, as the customer puts it; None when that is not said."""
    words = normal(text)
    if re.search("还是|仍|依然|不能用|不行|没用|没气|没有气|打不着|点不着|不着|没反应|没好|开着|是开的|都开", words):
        return False
    if re.search("能用|好了|有气|有了|来气|可以用|着了|解决|恢复|通了|可以了", words):
        return True
    return yes_or_no(words)


class NoGas(CommunityDialogue):
    form = "no_gas_form"
    questions = ("no_gas_community", "no_gas_valve", "no_gas_battery")
    place = "no_gas_community"
    topic = "检查没有气的原因"
    go_on = "我家没气了"
    intents: ClassVar[frozenset[str]] = frozenset({"report_no_gas", "ask_outage", "report_meter_fault"})

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        if asked == self.place:
            return await super().is_plain_answer(asked, text)
        return works_again(text) is not None and not sounds_dangerous(text) and not is_question(text)

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if asked in (None, "no_gas_community"):
            return await self.hear_community(slots, asked, heard, conversation_id)
        works = works_again(heard.text)
        if works is None:
            return None
        if works:
            return self._solved()
        if asked == "no_gas_valve":
            return Step(ask="no_gas_battery", learnt={"no_gas_valve": True})
        return self._to_person()

    async def with_community(self, community: Community, slots: Slots, conversation_id: str) -> Step:
        office = self._office
        now = office.clock.now()
        outages = await outage_answer(community, now, back_office=office.back_office, company=office.company)
        if any(each.response == "utter_outage_current" for each in outages):
            return Step(ask=None, says=outages)
        asked = "no_gas_battery" if slots.get("no_gas_valve") else "no_gas_valve"
        return Step(ask=asked, says=(say("utter_no_gas_not_outage", community=community.name),))

    def _solved(self) -> Step:
        """S0 无气业务 5: 炉具使用问题 / 电话处理 / 已完成."""
        summary = "用户反映无气，指导检查阀门和电池后恢复使用"
        filed = consultation("no_gas_solved", summary, kind=OrderType.STOVE_PROBLEM)
        return Step(ask=None, says=(say("utter_no_gas_solved"),), signals=(filed,), closing=True)

    def _to_person(self) -> Step:
        facts = collected({"已检查": "无停气通知，阀门已开，电池已换，仍无气"})
        reason = "无气报修：阀门和电池检查后仍无气，需登记转维修"
        return Step(ask=None, says=(say("utter_no_gas_to_person"),), signals=(facts, handoff(reason)))
