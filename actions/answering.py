"""How a dialogue hears the answer to its question, and what follows what is none.

The capability decides what an answer means (`hear`); this decides whether the message is an answer at all: another
subject, a wish, a question about the matter in hand, a remark, a courtesy, or nothing that anybody can make sense of.
"""

import re
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from rasa_sdk import Tracker

from actions.afterthoughts import own_question
from actions.asking import TIMES_BEFORE_OFFER, times_asked
from actions.behind import article_behind
from actions.beside import said_beside
from actions.capability import (
    AFRESH,
    PERSON_OFFERED,
    Capability,
)
from actions.details import tells_detail
from actions.follow_ups import About, asked_about, asks_for_less, follow_up_in, tells
from actions.giving_back import GIVEN_BACK, form_meant
from actions.interjections import interjected
from actions.mood import does_not_complain, insults
from actions.pieces import kept_place, put_together
from actions.places import find_account, looks_like_an_address, only_a_place
from actions.proofs import Proof, prove
from actions.rejections import denies, rejects
from actions.remarks import is_remark, keep_remark
from actions.steering import (
    begins_afresh,
    goes_back,
    is_misunderstood,
    only_cries_for_help,
    wants_time,
    wants_to_go_on,
    wants_to_stop,
    without_cry_for_help,
)
from actions.subjects import COURTESIES, EMERGENCIES, FIRST_OF_ALL, STEERING, SURE, VERY_SURE
from actions.turns import (
    PERSON,
    Heard,
    Say,
    Slots,
    Step,
    continues,
    say,
)
from actions.understanding import (
    agrees_besides,
    is_bare_answer,
    is_noise,
    is_number_only,
    is_question,
    names_a_dwelling,
    normal,
    sounds_dangerous,
    without_excuse,
    yes_or_no,
)
from actions.wishes import consents, in_a_hurry, proposes_time, wishes_visit
from bot.domain.knowledge import SURE_TO_REFINE, Article, choose

#: Remembered across dialogues; a dialogue that begins afresh asks for them again.
MEMORY = ("account_number", "community", "address", "building", "contact_address", "contact_phone")
#: Shorter words are an answer that could not be read.
_FEWEST_OF_A_REMARK = 5
_CLAUSES = re.compile("[,。!?; ]+|不过|另外|对了|顺便")
#: So sure of another subject the model must be, where the last clause asks what may be asked of this one too.
_QUITE_SURE = 0.8
_OF_READING = re.compile("[报表读数方字度]")


class Answering(Capability):
    #: The form's name in domain.yml, and the slots it asks for.
    form: ClassVar[str]
    questions: ClassVar[tuple[str, ...]]
    #: The subject in the customer's words, and what they type to go on with it.
    topic: ClassVar[str]
    go_on: ClassVar[str]
    #: Intents that belong to this dialogue.
    intents: ClassVar[frozenset[str]]
    #: Those of `questions` that other dialogues put as well: each keeps its own answers (actions/asides.py).
    shared: ClassVar[frozenset[str]] = frozenset()
    #: Its answers are stories in any words, of which anything may be part.
    told_freely: ClassVar[bool] = False
    #: Forms that need not be gone back to from this one: it settles their matter.
    supersedes: ClassVar[frozenset[str]] = frozenset()
    #: What answers a question that names nothing (actions/follow_ups.py).
    follow_ups: ClassVar[Mapping[About, str]] = {}
    #: What answers a short question that names a part of this matter, by pattern (actions/afterthoughts.py).
    own_questions: ClassVar[Mapping[str, str]] = {}
    #: What is answered to a statement right after it has ended, by pattern (actions/afterwards.py).
    afterthoughts: ClassVar[Mapping[str, str]] = {}
    #: Intents of what is only added right after it has registered something (actions/additions.py).
    kindred: ClassVar[frozenset[str]] = frozenset()
    #: What answers the wish that somebody comes; None where the words belong to the answer.
    visit_wish: ClassVar[str | None] = "utter_visit_not_needed"

    @classmethod
    def asks_on(cls) -> bool:
        """Whether it has a question left that has to be answered."""
        return True

    @abstractmethod
    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        """What `heard` leads to as an answer to the question for slot `asked`; None when it is no answer to it.

        `asked` is None when the dialogue begins or is taken up again: whatever is in `heard` is used, and the answer
        is never None then.
        """

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        """Whether `text` is an answer beyond doubt, whatever the model takes it for."""
        return is_bare_answer(text)

    def kept_besides(self, slots: Slots, text: str) -> Slots:
        """What a question of the customer tells besides ("普通住家就一个灶 预存多少")."""
        return {}

    async def _own_question_answered(self, tracker: Tracker, asked: str, heard: Heard, answer: Say) -> Step:
        kept = self.kept_besides(tracker.slots, heard.text)
        step = await self._heard(tracker, asked, heard) if kept.get(asked) is not None else None
        if step is None or step.failed:
            return Step(ask=asked, learnt=kept, says=(answer,), asks_again=False)
        return replace(step, says=(answer, *step.says))

    async def _is_place(self, text: str) -> bool:
        return await only_a_place(text, self._office.back_office) is not None

    async def _account_alone(self, text: str) -> str | None:
        """The number of an account, if the text is nothing else."""
        number, account = await find_account(text, self._office.back_office) if is_number_only(text) else ("", None)
        return number if account else None

    async def _answer(self, tracker: Tracker, asked: str, heard: Heard) -> Step | None:
        text, kept = put_together(asked, without_cry_for_help(without_excuse(heard.text)), tracker.slots)
        step = await self._answer_whole(tracker, asked, replace(heard, text=text))
        return replace(step, learnt={**kept, **step.learnt}) if step and kept else step

    async def _answer_whole(self, tracker: Tracker, asked: str, heard: Heard) -> Step | None:
        plain = await self.is_plain_answer(asked, heard.text) or await self._is_place(heard.text)
        plain = plain or looks_like_an_address(heard.text) or await self._account_alone(heard.text) is not None
        if not plain and (aside := await self._said_beside_the_question(tracker, asked, heard)):
            return aside
        led_away = plain or heard.intent in EMERGENCIES | FIRST_OF_ALL
        elsewhere = heard.confidence >= _QUITE_SURE and self.is_other_subject(heard)
        about = None if led_away else self._asked_about_this(heard.text, elsewhere=elsewhere)
        beside = None if sounds_dangerous(heard.text) else said_beside(heard)
        doubtful = not plain and not led_away and heard.confidence < VERY_SURE
        if doubtful and (answer := self._asked_besides(heard.text)):
            return await self._heard_besides(tracker, asked, heard, answer)
        if not plain and about is None and beside is None and self._steps_aside(heard):
            return None
        told = plain or names_a_dwelling(heard.text)  # "3号楼2单元502，没有热水器" looks like a reading
        if not told and heard.confidence >= VERY_SURE and self.is_other_subject(heard) and continues(tracker.events):
            return None  # the next of several matters, not the answer to what the one before has brought up
        if not plain and (steered := await self._steered(tracker, asked, heard)):
            return steered
        step = await self._heard(tracker, asked, heard)
        if step and not step.failed:
            besides = self._asked_besides(heard.text)
            return replace(step, says=(besides, *step.says)) if besides else step
        if not plain and denies(self.form, heard.text):
            return Step(ask=None, says=(say("utter_left_dialogue_early", topic=self.topic),))
        if heard.intent in EMERGENCIES and not plain and not is_noise(heard.text):
            return None
        if beside and not (step and step.question_said):
            return replace(beside, ask=asked)
        about = about or (None if plain else self._known_about(heard))
        return await self._in_place_of(step, tracker.slots, asked, heard, about, plain=plain)

    async def _in_place_of(
        self, step: Step | None, slots: Slots, asked: str, heard: Heard, about: About | None, *, plain: bool
    ) -> Step | None:
        """What follows words that the dialogue's question cannot use."""
        instead = self._instead(slots, asked, heard, about)
        if instead is None and plain and not (step and step.question_said):
            instead = await self._told_where(slots, asked, heard.text)
        return instead or step or await self._no_answer(slots, asked, heard, plain=plain)

    async def _said_beside_the_question(self, tracker: Tracker, asked: str, heard: Heard) -> Step | None:
        """ "什么意思", "能来人看看吗", "那改装要钱不": whatever the model takes them for."""
        interjects = None if wants_to_stop(heard.text) else interjected(asked, heard.text)
        if aside := interjects or await self._wished(tracker.slots, asked, heard):
            return aside
        if heard.intent not in EMERGENCIES and (answer := own_question(heard.text, self.own_questions)):
            return await self._own_question_answered(tracker, asked, heard, say(answer))
        known = self._asked_about_this(heard.text) in self.follow_ups
        if is_question(heard.text) and not known and (article := self._article_behind(heard)):
            return await self._own_question_answered(tracker, asked, heard, self._told_by(article))
        complains = "make_complaint" not in self.intents and heard.intent == "make_complaint"
        if complains and does_not_complain(heard.text):
            return await self.remarked(tracker.slots, asked, heard.text)
        return None

    def _article_behind(self, heard: Heard, *, led_away: bool = True) -> Article | None:
        """What the knowledge base tells behind this subject."""
        office = self._office
        return article_behind(self.intents, heard, office.knowledge, office.clock.now(), led_away=led_away)

    def _told_by(self, article: Article) -> Say:
        return say("utter_article", article=self._office.knowledge.answer(article))

    def _asked_besides(self, text: str) -> Say | None:
        """The answer to a question behind an answer: "需要 不过先问下那期间能做饭不"."""
        clauses = [each for each in _CLAUSES.split(normal(text)) if each]
        questions = [each for each in clauses if is_question(each)]
        if not questions or len(questions) == len(clauses):
            return None
        known, own = self.answers_to(), self.own_questions
        told = (own_question(each, own) or known.get(asked_about(each) or "") for each in questions)
        return next((say(response) for response in told if response), None)

    async def _heard_besides(self, tracker: Tracker, asked: str, heard: Heard, answer: Say) -> Step:
        """ "下午都行 你说的免费算不算我": what is told counts, and what is asked besides is answered first."""
        told = " ".join(each for each in _CLAUSES.split(normal(heard.text)) if each and not is_question(each))
        step = await self._heard(tracker, asked, replace(heard, text=told))
        if step is None or step.failed:
            return Step(ask=asked, says=(answer,), asks_again=False)
        return replace(step, says=(answer, *step.says))

    def _asked_about_this(self, text: str, *, elsewhere: bool = False) -> About | None:
        """What is asked about the matter in hand without naming it, by itself or behind a statement about nothing else.

        "那个380能少点不" names a sum: the one told here.
        """
        if About.MERCY in self.follow_ups and asks_for_less(text):
            return About.MERCY
        *told, last = [each for each in _CLAUSES.split(normal(text)) if each] or [""]
        behind = (
            bool(told)
            and not elsewhere
            and is_question(last)
            and not any(is_question(each) or "问" in each for each in told)
        )
        return follow_up_in(text, self.follow_ups) or (follow_up_in(last, self.follow_ups) if behind else None)

    async def _heard(self, tracker: Tracker, asked: str, heard: Heard) -> Step | None:
        """As `hear`; more than a bare yes is one too, and what only an interrupted dialogue can use is given back."""
        step = await self.hear(tracker.slots, asked, heard, tracker.sender_id)
        if step is None and heard.intent == "affirm" and heard.confidence >= VERY_SURE and agrees_besides(heard.text):
            step = await self.hear(tracker.slots, asked, replace(heard, text="是的"), tracker.sender_id)
        if step and not step.failed:
            return step
        form = form_meant(heard.text, tracker.slots, self._office.clock.now())
        return Step(ask=None, learnt={GIVEN_BACK: form}, then=form) if form else step

    def _instead(self, slots: Slots, asked: str, heard: Heard, about: About | None) -> Step | None:
        """What follows in place of "that I have not understood": the answer to a question, or thanks for a consent."""
        if about:
            return Step(ask=asked, says=(self._answer_to(about, heard.text),), asks_again=False)
        agrees = (consents(heard.text) or only_cries_for_help(heard.text)) and slots.get("offer") != PERSON_OFFERED
        return self.agreed(slots, asked) if agrees else None

    async def _told_where(self, slots: Slots, asked: str, text: str) -> Step | None:
        """Address or account number, where something else was asked for: kept for whatever needs it."""
        if number := await self._account_alone(text):
            learnt = prove(slots, number, Proof.NUMBER)
            return Step(ask=asked, learnt=learnt, says=(say("utter_repair_noted"),), asks_again=False)
        place = await only_a_place(text, self._office.back_office)
        if place is None and not looks_like_an_address(text):
            return None
        step = await self.remarked(slots, asked, text)
        return replace(step, learnt={**step.learnt, **(kept_place(place) if place else {})}, asks_again=False)

    async def _wished(self, slots: Slots, asked: str, heard: Heard) -> Step | None:
        """Somebody shall come, or come at a time: about what goes on here, whatever the model takes it for."""
        if self.visit_wish is None:
            return None
        if proposes_time(heard.text):
            return await self.time_proposed(slots, asked, heard)
        if wishes_visit(heard.text):
            return await self.visit_wished(slots, asked, heard)
        led_away = in_a_hurry(heard.text) and heard.intent == "query_work_order" and heard.intent not in self.intents
        return self.agreed(slots, asked) if led_away else None

    async def visit_wished(self, slots: Slots, asked: str, heard: Heard) -> Step | None:
        return Step(ask=asked, says=(say(self.visit_wish or "", topic=self.topic),), asks_again=False)

    async def time_proposed(self, slots: Slots, asked: str, heard: Heard) -> Step | None:
        return await self.visit_wished(slots, asked, heard)

    def agreed(self, slots: Slots, asked: str, first: str = "utter_one_thing_missing") -> Step:
        """The customer wants what is being done, and has not said what was asked for: no misunderstanding."""
        says = (say(first),) if times_asked(slots, asked) < TIMES_BEFORE_OFFER else ()  # else a person is offered
        return Step(ask=asked, says=says)

    def _known_about(self, heard: Heard) -> About | None:
        """What a question asks that names this dialogue's own subject besides ("验表收钱不"), if it can be answered."""
        about = None if self.is_other_subject(heard) else asked_about(heard.text)
        return about if about in self.follow_ups else None

    async def _steered(self, tracker: Tracker, asked: str, heard: Heard) -> Step | None:
        """ "重新来", "算了", "等一下": about the dialogue itself."""
        if (besides := begins_afresh(heard.text)) is not None:
            return await self._afresh(tracker, replace(heard, text=besides))
        if wants_to_stop(heard.text):
            return self._leave(tracker.slots)
        if wants_time(heard.text):
            return Step(ask=asked, says=(say("utter_take_your_time"),), question_said=True, asks_again=False)
        return None

    def _answer_to(self, about: About, text: str) -> Say:
        """What this dialogue knows of it, or else an article about its subject."""
        if about in self.follow_ups:
            return say(self.follow_ups[about])
        knowledge = self._office.knowledge
        choice = choose(knowledge.search(f"{self.topic} {text}", self._office.clock.now()))
        if choice.answer and choice.score >= SURE_TO_REFINE and tells(about, choice.answer.answer):
            return say("utter_article", article=knowledge.answer(choice.answer))
        return Say("utter_follow_up_unknown", buttons=(PERSON,))

    async def _afresh(self, tracker: Tracker, besides: Heard) -> Step:
        """ "重新来": the dialogue begins anew, with nothing remembered but what is said besides."""
        forgotten = dict.fromkeys((*self.questions, *MEMORY))
        slots = {**tracker.slots, **forgotten}
        step = await self.hear(slots, None, besides, tracker.sender_id) or Step(ask=self.questions[0])
        learnt = {**dict.fromkeys(self.questions), **step.learnt, AFRESH: None}
        return replace(step, learnt=learnt, says=(say("utter_afresh", topic=self.topic), *step.says), fresh=True)

    def _steps_aside(self, heard: Heard) -> bool:
        if heard.intent in EMERGENCIES:
            return sounds_dangerous(heard.text)
        if wants_time(heard.text):
            return False
        if heard.intent in FIRST_OF_ALL - self.intents:
            return heard.confidence >= SURE
        return self.is_other_subject(heard) and (
            is_question(heard.text) or rejects(heard.text) or denies(self.form, heard.text)
        )

    def is_other_subject(self, heard: Heard) -> bool:
        """Whether the customer has changed the subject.

        The answer to a dialogue's question is often taken for something weakly or for something out of scope; only a
        question is then believed to be another subject.
        """
        if is_noise(heard.text) or tells_detail(heard.text) or self._denied(heard):
            return False
        if looks_like_an_address(heard.text) or _is_address_only(heard) or self._is_figure(heard):
            return False
        doubtful = heard.intent == "out_of_scope" or heard.confidence < SURE
        return heard.intent not in STEERING | self.intents and (is_question(heard.text) or not doubtful)

    def _is_figure(self, heard: Heard) -> bool:
        """ "23个的": a figure where something else was asked, and no word of a meter."""
        taken_for_one = heard.intent == "report_meter_reading" and heard.intent not in self.intents
        return taken_for_one and heard.confidence < VERY_SURE and not _OF_READING.search(heard.text)

    def _denied(self, heard: Heard) -> bool:
        """ "不是开户 是装热水器带啥证件": the words name what the model takes them for, and say that it is not that."""
        forms = [form for form, intents in self._office.intents.items() if heard.intent in intents]
        return self.form not in forms and any(denies(form, heard.text) for form in forms)

    async def _no_answer(self, slots: Slots, asked: str, heard: Heard, *, plain: bool) -> Step | None:
        offered = slots.get("offer") == PERSON_OFFERED
        if goes_back(heard.text) and heard.intent in self.intents:
            return Step(ask=asked, fresh=True)
        if (offered and yes_or_no(heard.text)) or (self.is_other_subject(heard) and not plain):
            return None
        if offered and yes_or_no(heard.text) is False:
            return Step(ask=asked, says=(say("utter_no_person_go_on"),), fresh=True)
        if wants_to_stop(heard.text):
            return self._leave(slots)
        if slots.get("paused_forms") and wants_to_go_on(heard.text):
            return Step(ask=None)  # "接着报数吧": with the one that this interrupts
        if heard.text == self.go_on or goes_back(heard.text):
            return Step(ask=asked, fresh=True)
        if is_misunderstood(heard.text):
            return Step(ask=None, says=(say("utter_misunderstood"),), offer=PERSON_OFFERED)
        if insults(heard.text):
            return Step(ask=asked, failed=True)
        if courtesy := COURTESIES.get(heard.intent):
            return Step(ask=asked, asks_again=False, says=(say(courtesy),))
        return await self._only_words(slots, asked, heard)

    async def _only_words(self, slots: Slots, asked: str, heard: Heard) -> Step:
        """Neither an answer nor a wish: noise, a detail, or what nobody can make anything of."""
        if is_noise(heard.text):
            return Step(ask=asked)
        if tells_detail(heard.text) or is_remark(heard.text, fewest=_FEWEST_OF_A_REMARK):
            return await self.remarked(slots, asked, heard.text)
        if article := self._article_behind(heard, led_away=False):
            return Step(ask=asked, says=(self._told_by(article),), asks_again=False)
        return self.unanswered(asked)

    async def remarked(self, slots: Slots, asked: str, text: str) -> Step:
        """A detail of the matter, told instead of the answer."""
        return keep_remark(slots, self.form, asked, text)

    def unanswered(self, asked: str) -> Step:
        """What follows a message that is neither an answer nor another subject."""
        return Step(ask=asked, failed=True, says=(say("utter_please_answer"),))

    def _leave(self, slots: Slots) -> Step:
        if self._has_begun(slots):
            offer = Say("utter_left_dialogue", {"topic": self.topic, "go_on": self.go_on}, (self.go_on,))
            return Step(ask=None, says=(offer,), keep=True, offer=self.form)
        return Step(ask=None, says=(say("utter_left_dialogue_early", topic=self.topic),))

    def _has_begun(self, slots: Slots) -> bool:
        return any(slots.get(name) is not None for name in self.questions)


def _is_address_only(heard: Heard) -> bool:
    """ "不对不对 我现在住幸福小区 3-2-501": no reading is in it, whatever the model is used to."""
    reading = heard.intent == "report_meter_reading" and not _OF_READING.search(heard.text)
    return reading and names_a_dwelling(heard.text)
