"""A call back (S0 回复要求 6, 结束语): number and convenient time, within the hours for calling, in working days."""

import re
from dataclasses import replace
from datetime import time
from typing import ClassVar

from actions.contacts import is_only_a_phone, phone_in, time_in
from actions.follow_ups import About
from actions.places import find_account
from actions.proofs import Proof, prove
from actions.turns import Heard, Say, Slots, Step, say
from actions.understanding import is_number_only
from actions.visits import CONFIRMED, PHONE, TIME, Visit, VisitDialogue
from bot.domain.company import Hours
from bot.domain.work_orders import Handling, OrderType

_LONGEST = 200
_HOUR = re.compile(
    r"(?P<part>凌晨|深夜|早上?|清早|上午|中午|午后|下午|傍晚|晚上?|晚间|夜里|半夜)?里?(?P<hour>\d{1,2})[点时](?P<half>半)?"
)
_AFTERNOON = re.compile("下午|午后|傍晚|晚|夜")


def outside(hours: Hours, stated: str) -> bool:
    """Whether the hour in a stated time ("1月6日（周二）晚上9点") cannot be one for calling; False if none is named."""
    found = list(_HOUR.finditer(stated))
    if not found:
        return re.search("半夜|深夜|夜里|凌晨", stated) is not None
    return not any(hours.contains(_time(each)) for each in found)


def _time(found: re.Match[str]) -> time:
    hour = int(found["hour"])
    if hour == 12 and re.search("夜|凌晨", found["part"] or ""):
        return time(0, 30 if found["half"] else 0)
    if hour < 12 and _AFTERNOON.search(found["part"] or ""):
        hour += 12
    if found["part"] is None and 1 <= hour <= 6:
        hour += 12  # nobody asks to be called at three in the morning
    return time(hour % 24, 30 if found["half"] else 0)


class Callback(VisitDialogue):
    form = "callback_form"
    questions = (PHONE, TIME, CONFIRMED)
    details = (PHONE, TIME)
    order_type = OrderType.OTHER
    handling = Handling.BY_DESK
    promise = "utter_callback_filed"
    follow_ups: ClassVar = {About.WHEN: "utter_callback_when"}
    topic = "回电登记"
    go_on = "给我回个电话吧"
    visit_wish: ClassVar[str | None] = None
    intents: ClassVar[frozenset[str]] = frozenset({"request_callback"})
    kindred = intents

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        return await self.is_plain_visit_answer(asked, text)

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if asked is None:
            return await self._begin(slots, heard)
        step = await self.hear_visit(slots, asked, heard)
        return self._within_hours(step) if step else None

    async def _begin(self, slots: Slots, heard: Heard) -> Step:
        if is_only_a_phone(heard.text):
            offer = say("utter_callback_offer", phone=phone_in(heard.text))
            return Step(ask=None, learnt={"contact_phone": phone_in(heard.text)}, says=(offer,), offer=self.form)
        if is_number_only(heard.text):
            return await self._some_number(slots, heard.text)
        matter = {"callback_matter": heard.text.strip()[:_LONGEST] or None}
        step = None
        if phone_in(heard.text) or time_in(heard.text, self._now(), asked=False):
            step = await self.hear_visit(slots, PHONE, heard)
        step = step or await self.arrange(slots)
        return self._within_hours(replace(step, learnt={**step.learnt, **matter}))

    async def _some_number(self, slots: Slots, text: str) -> Step:
        """A bare number is often taken for one to be called: it may be an account's."""
        number, account = await find_account(text, self._office.back_office)
        learnt = prove(slots, number, Proof.NUMBER) if account else {}
        return Step(ask=None, learnt=learnt, says=(say("utter_what_for"),))

    def _within_hours(self, step: Step) -> Step:
        """Nobody is called back before or after the hours for it (S0 回复要求 6)."""
        stated = step.learnt.get(TIME)
        if not stated or not outside(self._office.company.service.return_call_hours, stated):
            return step
        learnt = {**step.learnt, TIME: None}
        return Step(ask=TIME, learnt=learnt, says=(say("utter_callback_hours"),), question_said=True)

    async def question(self, asked: str, slots: Slots) -> Say:
        if asked == CONFIRMED:
            lines = Visit.of(slots).lines()
            return say("utter_question_callback_confirm", visit_lines="\n".join(f"{k}：{v}" for k, v in lines.items()))
        return say("utter_question_callback_phone" if asked == PHONE else "utter_question_callback_time")

    def summary(self, slots: Slots) -> str:
        matter = slots.get("callback_matter")
        return f"用户要求回电：{matter}" if matter else "用户要求回电"
