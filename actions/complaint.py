"""A complaint (S0 投诉类用语, S1 第九条): apology, story, grade, contact, promise; grave ones go to the lead."""

import re
from dataclasses import replace
from typing import ClassVar

from actions.contacts import phone_in, without_phone
from actions.details import only_asks
from actions.follow_ups import About
from actions.mood import NO_COMPLAINT, is_upset
from actions.steering import wants_to_stop
from actions.subjects import STEERING
from actions.turns import Heard, Say, Slots, Step, collected, handoff, record, say
from actions.understanding import is_bare_answer, is_question, normal, sounds_dangerous
from actions.visits import PHONE, Visit, VisitDialogue
from bot.domain.company import Complaints
from bot.domain.complaints import GRAVE, grade_of
from bot.domain.work_orders import Grade, Handling, OrderState, OrderType, Record

WHAT = "complaint_what"
_LONGEST = 500
_SUBJECT = 100
_SHORTEST_STORY = 8
_SHORTEST_ADDITION = 6
#: Where nothing else is wanted by it.
_SHORTEST_MORE = 4
_UNCLEAR = frozenset({"", "nlu_fallback"})
#: What customers send to say that they complain, without saying of what.
_COMPLAINS_ONLY = re.compile(
    "你好|您好|我要|我想|想要|要|投诉|举报|一个|个|你们?|公司|燃气|客服|在哪里?|哪里|怎么|电话|多少|受理|继续|情况|反映|问题|一下"
    "|[我想要找人了的吧呢啊吗 ,.!?~、。，！？]"
)
_ANONYMOUS = re.compile(
    "(不|没)(想|愿意?|方便|用|必|需要)?(留|给|说|提供|有)(电话|手机|号码|联系|联系方式)|匿名|不留|不方便|不用联系"
)
#: More of the story, while the number is asked for.
_GOES_ON = re.compile(
    "(就是?|也|还|而且|并且|当时|后来|然后|[他她]们?|那个|那天|昨[天晚]|前天|今[天早]|上[周次]|因为|主要|关键)"
)
#: "前天", "昨天下午三点": when it was, and nothing else.
_ONLY_WHEN = re.compile(
    "(就|是|大概|好像|大前天|前天|昨[天晚]|今[天早晚]|上个?(周|月|星期|礼拜)[一二三四五六日天末]?|刚[才刚]|[早晚]上|[上中下]午|半夜"
    "|[0-9一二三四五六七八九十两]+[点号月日半]钟?|左右|的|时候|吧|,| )+"
)
_THREATENS = re.compile("不(处理|解决|管|给(个)?(说法|答复|交代))[^,。]{0,6}(就|我|要)|走着瞧|没完|等着")
#: "投诉了有没有用": what becomes of it.
_WHAT_GOOD = re.compile(
    "(有没有|有什么|有啥|管不管|能不能?|会不会|真的?会)[^,。]{0,3}(用|解决|处理|管)|有用(吗|不|么)|管用"
)
_WITHDRAWS = re.compile(f"(不|别)(想|要|用)?(再)?投诉了?$|撤(销|回)投诉|{NO_COMPLAINT}")
_WANTS_A_PERSON = re.compile("人工|真人|转接|(找|叫|喊|让|换).{0,6}(人|领导|经理|班长|主管|负责人)")


def what_happened(text: str) -> str | None:
    """The customer's story; None when there is only the wish to complain."""
    words = normal(without_phone(text)).strip(" ,。")
    if len(_COMPLAINS_ONLY.sub("", words)) < 2 or is_bare_answer(words):
        return None
    return text.strip()[:_LONGEST]


def goes_on(text: str) -> bool:
    """ "就昨天下午来换表的那个": it belongs to what was told before."""
    words = normal(text)
    told = len(words) >= _SHORTEST_ADDITION and _GOES_ON.match(words) is not None
    told = told or _ONLY_WHEN.fullmatch(words) is not None
    return told and not is_question(words) and phone_in(words) is None


def is_about_money(text: str) -> bool:
    return re.search("收费|收了|收我|要钱|多收|乱收|费用", normal(text)) is not None


def asks_what_good(text: str) -> bool:
    """ "投诉了有没有用": it is no answer, and no other matter."""
    return is_question(text) and _WHAT_GOOD.search(normal(text)) is not None


def grade(story: str, hints: Complaints) -> Grade:
    """To complain is no anger yet: the word itself does not count as such."""
    return grade_of(story, hints, upset=is_upset(story.replace("投诉", "").replace("举报", "")))


class Complaint(VisitDialogue):
    apologises = False
    told_freely = True
    form = "complaint_form"
    questions = (WHAT, PHONE)
    details = (PHONE,)
    reads_back = False
    follow_ups: ClassVar = {About.WHEN: "utter_complaint_when"}
    topic = "投诉登记"
    go_on = "我要投诉"
    visit_wish: ClassVar[str | None] = None
    #: "再不来我就打12345" looks like a reading.
    kindred = frozenset({"make_complaint", "make_suggestion", "dispute_bill", "report_meter_reading"})
    intents: ClassVar[frozenset[str]] = (kindred - {"report_meter_reading"}) | {"request_callback"}

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        """What happened is told in any words, questions among them; nothing of it is another subject."""
        if _WANTS_A_PERSON.search(text) or sounds_dangerous(text) or wants_to_stop(text):
            return False
        if asked == WHAT:
            return len(normal(text)) >= _SHORTEST_STORY
        if _ANONYMOUS.search(text) or asks_what_good(text):
            return True
        return goes_on(text) or self._threatens(text) or await self.is_plain_visit_answer(asked, text)

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if asked and _WITHDRAWS.search(normal(heard.text)):
            return self._leave(slots)
        if asked == PHONE:
            if _ANONYMOUS.search(normal(heard.text)):
                return await self._filed(replace(Visit.of(slots), phone=None), slots)
            if only_asks(heard.text):
                return self._not_filed(slots, heard.text)
            if goes_on(heard.text) or self._threatens(heard.text):
                return await self._add(slots, heard.text)
            if asks_what_good(heard.text):
                return Step(ask=PHONE, says=(say("utter_complaint_when"),), asks_again=False)
            step = await self.hear_visit(slots, asked, heard)
            return step or (await self._add(slots, heard.text) if self._belongs_to_it(heard) else None)
        story = what_happened(heard.text) or slots.get(WHAT)
        opening = (say("utter_complaint_opening"),) if asked is None else ()
        if story is None:
            return None if asked else Step(ask=WHAT, says=opening)
        known = {**slots, WHAT: story}
        if phone := phone_in(heard.text):
            known[PHONE] = phone
        given = grade(story, self._office.company.complaints)
        if given in GRAVE:
            return await self._to_lead(known, given, opening)
        return await self.arrange(known, learnt={WHAT: story}, says=opening)

    def _not_filed(self, slots: Slots, text: str) -> Step:
        """ "没有 我就问问这个收费": the number was asked for in vain, and nothing is to be registered."""
        charge = is_about_money(text) or is_about_money(slots[WHAT])
        says = (say("utter_left_dialogue_early", topic=self.topic), *((say("utter_who_decides"),) if charge else ()))
        return Step(ask=None, says=says)

    def _belongs_to_it(self, heard: Heard) -> bool:
        """ "和顺商业街底商24号 面馆", "我要你们赔": told in the middle of a complaint, and nothing else."""
        told = len(normal(heard.text)) >= _SHORTEST_MORE and not is_question(heard.text)
        return told and heard.intent not in STEERING - _UNCLEAR and not self.is_other_subject(heard)

    def _threatens(self, text: str) -> bool:
        """ "不处理我打12345": no telephone number, and what makes the complaint graver."""
        words = normal(text)
        return phone_in(words) is None and (
            _THREATENS.search(words) is not None
            or grade_of(words, self._office.company.complaints, upset=False) is not Grade.ORDINARY
        )

    async def remarked(self, slots: Slots, asked: str, text: str) -> Step:
        """ "没有 他根本没敲门": what is told beside the question is part of the story."""
        return await self._add(slots, text) if asked == PHONE else await super().remarked(slots, asked, text)

    async def _add(self, slots: Slots, text: str) -> Step:
        """More of the story may make it graver."""
        story = f"{slots[WHAT]}；{text.strip()}"[:_LONGEST]
        known = {**slots, WHAT: story}
        given = grade(story, self._office.company.complaints)
        if given in GRAVE:
            return await self._to_lead(known, given, ())
        return Step(ask=PHONE, learnt={WHAT: story}, says=(say("utter_complaint_added"),), question_said=True)

    async def _to_lead(self, slots: Slots, given: Grade, opening: tuple[Say, ...]) -> Step:
        """A grave complaint is filed as it stands; the lead hears the rest from the customer himself."""
        order = record(await self.order(Visit.of(slots), slots))
        lead = handoff(f"投诉（{given}），请班长处理", urgent=True, for_lead=True)
        told = collected({"投诉内容": slots[WHAT], "投诉等级": given})
        return Step(ask=None, says=(*opening, say("utter_complaint_to_lead")), signals=(told, order, lead))

    async def order(self, visit: Visit, slots: Slots) -> Record:
        """投诉, with its grade, passed on at once: the responsible unit has it on the same day (S0 受理用户投诉 3)."""
        return Record(
            type=OrderType.COMPLAINT,
            handling=Handling.BY_DESK,
            state=OrderState.OPEN,
            summary=self.summary(slots),
            contact_phone=visit.phone or "",
            grade=grade(slots[WHAT], self._office.company.complaints),
            subject=f"complaint:{slots[WHAT][:_SUBJECT]}",
            dispatch_now=True,
        )

    def summary(self, slots: Slots) -> str:
        return f"用户投诉：{slots[WHAT]}"

    def filed(self, slots: Slots) -> tuple[Say, ...]:
        return (say("utter_complaint_filed"),)

    async def question(self, asked: str, slots: Slots) -> Say:
        """The closing script asks for the contact (S0 在线客服 10)."""
        return say("utter_question_complaint_contact") if asked == PHONE else await super().question(asked, slots)
