"""A lost or damaged IC card (S1 第十五条三、四): new card, and whether its gas is made good.

Lost before it was ever used: a new card, no gas made good, until the old card is found, read and taken in. Lost in
use: somebody compares the meter with what was recharged; gas that is not in the meter is made good. Damaged after a
recharge: made good on the new card once it is certain that the gas was not used.
"""

import re
from dataclasses import replace
from enum import StrEnum
from typing import ClassVar

from actions.checks import is_unsure
from actions.follow_ups import About, asked_about
from actions.records import consultation
from actions.turns import Heard, Slots, Step, say
from actions.understanding import is_question, normal, sounds_dangerous, yes_or_no
from actions.visits import VISIT, VisitDialogue


class Trouble(StrEnum):
    LOST = "丢失"
    DAMAGED = "损坏"
    FOUND = "找到原卡"


class History(StrEnum):
    NEVER_USED = "新卡从未使用"
    IN_USE = "在用卡"


def trouble_in(text: str) -> Trouble | None:
    words = normal(text)
    if re.search("找(到|着)了|又找到|(旧|原|老)卡.{0,4}(找到|在)", words):
        return Trouble.FOUND
    if re.search("坏|断|折|弯|消磁|裂|变形|掰|芯片|洗了|水里|读不|刷不|不能用|没反应|损", words):
        return Trouble.DAMAGED
    if re.search("丢|掉|找不|不见|遗失|没了|莫得|偷|挂失|弄没|没(有)?(给|拿到)|落(在|了)|失", words):
        return Trouble.LOST
    return None


def history_in(text: str) -> History | None:
    words = normal(text)
    if re.search(
        "没(有)?(用|插)过|从(来)?(没|未)|一次(都|也)?没|未(使)?用|新(卡|的|领|办)|没插过|还没(用|插)|刚(办|领|买)",
        words,
    ):
        return History.NEVER_USED
    if re.search(
        "(一直|平时|经常|以前|在|都)(在)?(用|使用)|用(过|了|着)|插过|老卡|旧卡|好几年|充过|常用|天天用|用的那", words
    ):
        return History.IN_USE
    return None


#: "买菜的时候掉了吧可能" tells where it was lost, and nothing of the gas on it.
_WHERE_LOST = re.compile("(掉|丢|落|忘)(了|在|哪)|找不[到着]|被偷")


def unloaded_in(text: str, *, asked: bool) -> bool | None:
    """Whether gas was bought that is not in the meter yet; True also when the customer is not sure."""
    words = normal(text)
    if re.search(
        "(都|已经?|全|早)就?(插|充|输|刷|用)(进|到|完|上)?|没有(气|钱|余)|(插|输|刷)(进|到|上)(表|去)了|(里面?)?没(有)?(钱|气|充|余)|是空",
        words,
    ):
        return False
    if re.search(
        "(还|没|未)(没|有)?(来得及)?(插|输|刷|充进|上表)|里面?(还)?有(钱|气|余)|刚(刚)?充|充了.{0,6}(没|就|还)|有(钱|气|余)",
        words,
    ):
        return True
    if not asked or _WHERE_LOST.search(words):
        return None
    return True if is_unsure(words) else yes_or_no(words)


#: "我把户号弄丢了 报不了表", "不是卡 是户号 找不着了": no card is lost.
_NUMBER_LOST = re.compile("^(?!.*(?<!不是)(?<!没丢)卡).*户号|不是卡[^卡]*户号")
_TO_REPORT = re.compile("报(不了|不成|个|一下)?(数|表|字)|抄表")


def _without_number(text: str) -> Step:
    if _TO_REPORT.search(normal(text)):
        return Step(ask=None, then="reading_form")
    return Step(ask=None, says=(say("utter_account_where"), say("utter_what_for_account")))


class CardLost(VisitDialogue):
    form = "card_lost_form"
    supersedes: ClassVar = frozenset(["card_form"])
    own_questions: ClassVar = {"补[^,。]{0,5}(多少钱|要钱|收费|收钱|费用)|工本费": "utter_card_cost"}
    questions = ("lost_trouble", "lost_history", "lost_unloaded", *VISIT)
    topic = "补办IC卡"
    go_on = "继续补办燃气卡"
    price = "utter_card_cost"
    visit_wish: ClassVar[str | None] = "utter_card_lost_visit"
    follow_ups: ClassVar = {
        **VisitDialogue.follow_ups,
        About.WHERE: "utter_card_halls",
        About.LOST: "utter_card_lost_money",
        About.PAPERS: "utter_card_halls",
        About.PROXY: "utter_card_proxy",
        About.AWAY: "utter_card_proxy",
    }
    intents: ClassVar[frozenset[str]] = frozenset({"report_ic_card_lost", "ask_ic_card_use"})

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        if asked in VISIT:
            return await self.is_plain_visit_answer(asked, text)
        if _NUMBER_LOST.search(normal(text)):
            return True
        return not sounds_dangerous(text) and not is_question(text) and self._read(asked, text) is not None

    def _read(self, asked: str, text: str) -> object:
        if asked == "lost_trouble":
            return trouble_in(text)
        return history_in(text) if asked == "lost_history" else unloaded_in(text, asked=True)

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if asked in VISIT:
            return await self.hear_visit(slots, asked or "", heard)
        if _NUMBER_LOST.search(normal(heard.text)):
            return _without_number(heard.text)
        text = "" if heard.text == self.go_on else heard.text
        if asked and self._read(asked, text) is None:
            return None
        trouble, history = trouble_in(text), history_in(text)
        unloaded = unloaded_in(text, asked=asked == "lost_unloaded")
        said = {"lost_trouble": trouble, "lost_history": history, "lost_unloaded": unloaded}
        learnt = {slot: slots.get(slot) if value is None else value for slot, value in said.items()}
        if asked:  # an answer to this question says nothing about the others, unless they are open
            learnt |= {slot: slots[slot] for slot in said if slot != asked and slots.get(slot) is not None}
        step = await self._next({**slots, **learnt}, learnt)
        where = asked is None and step.ask == "lost_trouble" and asked_about(text) is About.WHERE
        return replace(step, says=(say("utter_card_halls"), *step.says)) if where else step

    async def _next(self, slots: Slots, learnt: Slots) -> Step:
        trouble, history, unloaded = (slots.get(f"lost_{each}") for each in ("trouble", "history", "unloaded"))
        if trouble is None:
            return Step(ask="lost_trouble", learnt=learnt)
        if trouble == Trouble.FOUND:
            return self._at_the_hall("utter_card_found", "找到原卡")
        if trouble == Trouble.LOST and history is None:
            return Step(ask="lost_history", learnt=learnt)
        if trouble == Trouble.LOST and history == History.NEVER_USED:
            return self._at_the_hall("utter_card_lost_unused", "新卡未使用丢失，补卡不补气")
        if unloaded is None:
            return Step(ask="lost_unloaded", learnt=learnt)
        if trouble == Trouble.DAMAGED:
            says = "utter_card_damaged_refill" if unloaded else "utter_card_damaged"
            return self._at_the_hall(says, "卡损坏，" + ("验卡后补卡补气" if unloaded else "补卡"))
        if not unloaded:
            return self._at_the_hall("utter_card_lost_loaded", "在用卡丢失，气量已在表中，补卡")
        return await self.arrange(slots, learnt=learnt, says=(say("utter_card_lost_check"),))

    def _at_the_hall(self, response: str, outcome: str) -> Step:
        filed = consultation(response, f"咨询IC卡补办：{outcome}")
        return Step(ask=None, says=(say(response), say("utter_card_halls")), signals=(filed,), closing=True)

    def summary(self, slots: Slots) -> str:
        return "在用IC卡丢失，卡内可能有未充入表的气量：上门核对表内气量与充值记录，确认未充入后补气"
