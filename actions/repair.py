"""A technician is wanted (S0 服务类结束语, 无气业务): what is wrong, then address, telephone number, time, order."""

import re
from typing import ClassVar

from actions.checks import only_one_appliance
from actions.turns import Heard, Slots, Step, say
from actions.understanding import is_bare_answer, is_question, normal, yes_or_no
from actions.visits import VISIT, VisitDialogue
from actions.wishes import consents

PROBLEM = "repair_problem"
_LONGEST = 200
#: What customers send to ask for a technician, without saying what for.
_ASKS_ONLY = re.compile(
    "你好|您好|麻烦|能不能|可不可以|可以|燃气公司|维修(人员|工|师傅)?|修理|修一?修|报个?修|修|师傅|人员|工人|上门"
    "|登记|预约|安排|处理|看看|看一?看|家里|继续|尽快|什么时候|过来|一趟|一下|需要"
    "|[请帮我要想给叫派找约让个人来去看家快吧吗呢啊了的你们行今明天上下午晚早 ,.!?~、。，！？]"
)
#: No gas is looked into before anybody is sent (S0 无气业务: 未经判断直接派单).
_NO_GAS = re.compile("没(有)?(燃|煤|天然)?气|不来气|停气|断气|打不(着|燃|开)火?|点不(着|燃)|不着火|点火(点)?不")

#: "海尔牌的", "用了十年了": more of what is to be mended.
_DETAIL = re.compile("牌子?的?($|[,。 ])|型号|用了.{1,4}年|(修|换)过")


def problem_in(text: str) -> str | None:
    """What is wrong, in the customer's words; None when only a technician is asked for."""
    words = normal(text)
    if not _ASKS_ONLY.sub("", words) or is_bare_answer(words) or yes_or_no(words) is not None:
        return None
    return words[:_LONGEST]


def is_no_gas(text: str) -> bool:
    """Whether the trouble is one that the no-gas dialogue looks into."""
    return _NO_GAS.search(normal(text)) is not None


class Repair(VisitDialogue):
    form = "repair_form"
    questions = (PROBLEM, *VISIT)
    topic = "报修登记"
    go_on = "继续报修"
    price = "utter_visit_price"
    intents: ClassVar[frozenset[str]] = frozenset({"request_repair", "report_no_gas", "report_meter_fault"})

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        return asked != PROBLEM and await self.is_plain_visit_answer(asked, text)

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if asked in (None, PROBLEM):
            return await self._hear_problem(slots, asked, heard)
        step = await self.hear_visit(slots, asked, heard)
        detail = _DETAIL.search(normal(heard.text)) is not None and (step is None or step.failed)
        adds = detail or (step is None and heard.intent in self.intents)
        more = problem_in(heard.text) if adds and not consents(heard.text) else None
        if more is None or is_question(heard.text):
            return step
        told = {PROBLEM: f"{slots.get(PROBLEM)}；{more}"[:_LONGEST]}  # what is wrong, told in pieces
        return Step(ask=asked, learnt=told, says=(say("utter_repair_noted"),))

    async def _hear_problem(self, slots: Slots, asked: str | None, heard: Heard) -> Step | None:
        if asked and is_question(heard.text) and self.is_other_subject(heard):
            return None
        problem = problem_in(heard.text) or slots.get(PROBLEM)
        if problem is None:
            return None if asked else Step(ask=PROBLEM)
        if is_no_gas(problem) and not only_one_appliance(problem):
            return Step(ask=None, then="no_gas_form")
        return await self.arrange({**slots, PROBLEM: problem}, learnt={PROBLEM: problem}, text=heard.text)

    def unanswered(self, asked: str) -> Step:
        if asked == PROBLEM:
            return Step(ask=asked, failed=True, says=(say("utter_repair_what_exactly"),), question_said=True)
        return super().unanswered(asked)

    def summary(self, slots: Slots) -> str:
        return f"用户报修：{slots.get(PROBLEM)}"
