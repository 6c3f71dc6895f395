"""Moving a pipe or the meter, boxing in, another tap (S0 管道改装): rates if there are any, otherwise a survey."""

import re
from enum import StrEnum
from typing import ClassVar

from actions.follow_ups import About
from actions.offered_visits import OfferedVisit
from actions.turns import Heard, Slots, Step, say
from actions.understanding import is_bare_answer, is_question, normal
from actions.visits import VISIT


class Work(StrEnum):
    METER = "移燃气表"
    PIPE = "改管道位置"
    BOX_IN = "包管道"
    TAP = "加装接口"
    REMOVE = "拆除管道或表"
    OTHER = "其他改动"


_WORKS = {
    Work.BOX_IN: "包(起|管|在|进|住|一下|上|了)|包.{0,4}管|封(起|进|闭|在|住)|暗埋|埋(墙|到|进)|吊顶|遮|挡住|藏"
    "|(做|放|装)(进|到|在).{0,4}(柜|墙)",
    Work.REMOVE: "拆(除|掉|了|走|管|表)|销户|不要了|截掉",
    Work.TAP: "加(装|一|个|接|灶)?.{0,6}(接口|气口|三通|灶|点)|多接|多(留|加)|三通|预留|增加",
    Work.METER: "移表|(表|计量).{0,8}(移|挪|换.{0,3}(位|地|方)|改|往)|(移|挪|换).{0,6}表",
    Work.PIPE: "管|移位|挪|走向|立管|厨房|阀门|接头|改|移",
}


def work_in(text: str) -> Work | None:
    """The kind of work that is named, the most particular first."""
    words = normal(text)
    return next((work for work, pattern in _WORKS.items() if re.search(pattern, words)), None)


class PipeRefit(OfferedVisit):
    form = "pipe_form"
    questions = ("pipe_work", "pipe_survey", *VISIT)
    offered = "pipe_survey"
    topic = "管道改装"
    go_on = "继续办理改管"
    subject = "管道改装"
    price = "utter_pipe_price"
    promise = "utter_survey_filed"
    follow_ups: ClassVar = {
        **OfferedVisit.follow_ups,
        About.WHEN: "utter_survey_when",
        About.OWN_WORK: "utter_only_ours",
        About.CUT: "utter_work_cuts_gas",
    }
    intents: ClassVar[frozenset[str]] = frozenset({"ask_pipe_modification", "request_repair"})

    def answers(self, asked: str, text: str) -> bool:
        return work_in(text) is not None if asked == "pipe_work" else super().answers(asked, text)

    async def hear_own(self, slots: Slots, asked: str | None, heard: Heard) -> Step | None:
        work = None if heard.text == self.go_on else work_in(heard.text)
        if work is None and asked and not is_question(heard.text) and not self.is_other_subject(heard):
            work = None if is_bare_answer(heard.text) else Work.OTHER
        kind = work or slots.get("pipe_work")
        if kind is None:
            return None if asked else Step(ask="pipe_work")
        boxing = (say("utter_pipe_no_boxing"),) if kind == Work.BOX_IN else ()
        rates = say("utter_pipe_rates" if self._office.company.pipe_refit.rates else "utter_pipe_no_rates")
        return await self.offer(slots, {"pipe_work": str(kind)}, *boxing, say("utter_pipe_ours_only"), rates)

    async def hear_offer(self, slots: Slots, heard: Heard) -> Step | None:
        """ "那挪个位置呢": another work than the one that was told about."""
        step = await super().hear_offer(slots, heard)
        work = work_in(heard.text)
        if step is None and work and work != slots.get("pipe_work"):
            return await self.hear_own(slots, None, heard)
        return step

    def summary(self, slots: Slots) -> str:
        return f"管道改装（{slots.get('pipe_work')}）"
