"""Hoses (S0 点火业务 6, S1 第三条一 3 and 十, 第五条七): advice, and a replacement if it is wanted."""

from datetime import datetime
from typing import ClassVar

from actions.follow_ups import About
from actions.offered_visits import OfferedVisit
from actions.turns import Heard, Slots, Step, say
from actions.visits import VISIT
from bot.domain.working_calendar import add_working_days


class HoseReplacement(OfferedVisit):
    form = "hose_form"
    questions = ("hose_wanted", *VISIT)
    offered = "hose_wanted"
    topic = "更换软管"
    go_on = "继续预约换软管"
    subject = "软管"
    promise = "utter_hose_filed"
    follow_ups: ClassVar = {**OfferedVisit.follow_ups, About.WHEN: "utter_hose_when", About.CUT: "utter_work_cuts_gas"}
    own_questions: ClassVar = {"免费|不要钱|孤寡|孤老|残疾|军属|烈属": "utter_hose_free_for"}
    intents: ClassVar[frozenset[str]] = frozenset({"ask_hose_replacement", "request_repair"})

    async def hear_own(self, slots: Slots, asked: str | None, heard: Heard) -> Step | None:
        return await self.offer(slots, {}, say("utter_hose_advice"), say("utter_hose_free_for"))

    def due_at(self, now: datetime) -> datetime | None:
        company = self._office.company
        return add_working_days(now, company.hoses.replace_days, company.company.zone)

    def summary(self, slots: Slots) -> str:
        return "更换燃气软管"
