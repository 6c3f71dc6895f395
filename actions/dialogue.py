"""A dialogue of several questions, run as a Rasa form: one question at a time, left and come back to at will.

The capability decides what an answer means (`hear`); this class decides whether the message is an answer at all.
Rasa calls it as the form's validation action, at each message while the form is active, when it begins, and when the
customer comes back to it. No events returned means "not for me": the form then steps aside and a rule answers.
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from rasa_sdk import Tracker

from actions.asides import ANSWERS_OF, own_slots
from actions.capability import (
    AFRESH,
    LISTEN,
    PERSON_OFFERED,
    REQUESTED_SLOT,
    Capability,
    Domain,
    Event,
    Voice,
    end_dialogue,
    hear_insult,
    remember,
)
from actions.follow_ups import About, asked_about, follow_up
from actions.mood import insults
from actions.performing import Performance
from actions.places import find_account, only_a_place
from actions.proofs import Proof, prove
from actions.resuming import RESUMES
from actions.turns import (
    NOTHING_HEARD,
    PERSON,
    Heard,
    Say,
    Slots,
    Step,
    an_answer,
    handled_already,
    heard_in,
    interrupted_form,
    no_emergency,
    say,
    silence_before,
)
from actions.understanding import (
    agrees_besides,
    begins_afresh,
    is_bare_answer,
    is_misunderstood,
    is_noise,
    is_number_only,
    is_question,
    sounds_dangerous,
    wants_time,
    wants_to_stop,
    without_excuse,
    yes_or_no,
)
from bot.domain.knowledge import SURE_TO_REFINE, choose

#: Never taken for an answer, unless the message is nothing but one.
FIRST_OF_ALL = frozenset({"request_human", "request_leader", "make_complaint"})
#: Step aside as well, unless the words answer the question and none of them sounds dangerous.
EMERGENCIES = frozenset({"report_leak", "report_co_poisoning", "report_fire"})
#: What a good day or a thank you in the middle is answered with.
COURTESIES = {"greet": "utter_here_i_am", "thank": "utter_you_are_welcome"}
#: Say nothing about the subject: no reason to leave the question.
STEERING = frozenset({"", "affirm", "deny", "nlu_fallback", *COURTESIES})
#: Seconds of silence after which a customer is told where we were.
LONG_SILENCE = 300
#: Remembered across dialogues; a dialogue that begins afresh asks for them again.
MEMORY = ("account_number", "community", "address", "contact_address", "contact_phone")
#: How sure the model must be to interrupt a dialogue, and that more than a bare yes is one.
SURE = 0.6
VERY_SURE = 0.9


class Dialogue(Capability):
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
    #: What answers a question that names nothing (actions/follow_ups.py).
    follow_ups: ClassVar[Mapping[About, str]] = {}

    def name(self) -> str:
        return f"validate_{self.form}"

    @abstractmethod
    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        """What `heard` leads to as an answer to the question for slot `asked`; None when it is no answer to it.

        `asked` is None when the dialogue begins or is taken up again: whatever is in `heard` is used, and the answer
        is never None then.
        """

    async def question(self, asked: str, slots: Slots) -> Say:
        return say(f"utter_question_{asked}")

    async def come_back(self, asked: str, slots: Slots) -> Step:
        """After something else: the open question again, unless that has answered it."""
        return Step(ask=asked)

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        """Whether `text` is an answer beyond doubt, whatever the model takes it for."""
        return is_bare_answer(text)

    async def _act_kindly(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        """An insult and nothing else begins no dialogue, whatever the model takes it for."""
        asked = tracker.slots.get(REQUESTED_SLOT) in self.questions
        begins = not asked and not handled_already(tracker.events, self.form)
        if begins and insults(tracker.latest_message.get("text") or ""):
            return [*hear_insult(voice, tracker.slots), *end_dialogue(), LISTEN]
        return await super()._act_kindly(voice, tracker, domain)

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        requested = tracker.slots.get(REQUESTED_SLOT)
        asked = requested if requested in self.questions and self._asked_it(requested, tracker.slots) else None
        resumes = asked is None and tracker.slots.get(RESUMES) == self.form
        coming_back = handled_already(tracker.events, self.form) and not resumes
        message = heard_in(tracker.latest_message)
        inside = None if coming_back or asked else interrupted_form(tracker.events, self.form)
        own = {} if asked else own_slots(tracker.slots, self.form, self.shared)
        tracker.slots.update(own)
        heard = NOTHING_HEARD if coming_back else message
        if asked is None and tracker.slots.get(AFRESH):
            step: Step | None = await self._afresh(tracker, NOTHING_HEARD)
        elif resumes:
            step = await self._resume(tracker, heard)
        elif asked is None:
            step = await self._take_up(tracker, heard)
        elif coming_back:
            step = await self.come_back(asked, tracker.slots)
        else:
            step = await self._answer(tracker, asked, heard)
        if step is None:
            return []
        if heard.intent in EMERGENCIES and asked and not sounds_dangerous(heard.text):
            voice.signal(no_emergency())
        if asked and not coming_back and not step.failed:
            voice.signal(an_answer())
        if inside and step.optional:
            step = replace(step, ask=None)
        goes_on = step.ask is not None or bool(step.says)
        if goes_on and not message.more and self._is_resumed(tracker, asked, coming_back):
            step = replace(step, says=(say("utter_back_to_dialogue", topic=self.topic), *step.says))
        performance = Performance(self, voice, tracker.slots, coming_back, message.more)
        return [*remember(**own), *await performance.of(step, inside)]

    def _asked_it(self, question: str, slots: Slots) -> bool:
        """Whether an open question is this dialogue's, and not the same one of a dialogue that it interrupts."""
        return question not in self.shared or slots.get(ANSWERS_OF) in (None, self.form)

    async def _take_up(self, tracker: Tracker, heard: Heard) -> Step | None:
        asked_back = await self._out_of_the_blue(heard, tracker.slots) or self._just_settled(tracker.slots, heard)
        return asked_back or await self.hear(tracker.slots, None, heard, tracker.sender_id)

    def _just_settled(self, slots: Slots, heard: Heard) -> Step | None:
        """ "什么时候来点火" right after the whole answer: no reason to begin anew."""
        if (slots.get("settled") or [None])[0] != self.form:
            return None
        answer = self.follow_ups.get(about) if (about := asked_about(heard.text)) else None
        return Step(ask=None, says=(say(answer),), closing=True) if answer else None

    async def _resume(self, tracker: Tracker, heard: Heard) -> Step | None:
        """Goes on where an earlier conversation was closed, from the beginning: somebody else may sit there."""
        answer = NOTHING_HEARD if yes_or_no(heard.text) else heard
        step = await self.hear(tracker.slots, None, answer, tracker.sender_id)
        back = say("utter_back_to_dialogue", topic=self.topic)
        return step and replace(step, says=(back, *step.says), learnt={**step.learnt, RESUMES: None})

    async def _is_place(self, text: str) -> bool:
        return await only_a_place(text, self._office.back_office) is not None

    async def _out_of_the_blue(self, heard: Heard, slots: Slots) -> Step | None:
        """An address or account number alone says nothing of what is wanted, whatever the model takes it for.

        It is remembered, and asked about.
        """
        records = self._office.back_office
        if place := await only_a_place(heard.text, records):
            learnt = {"community": place.community.id, "address": place.dwelling}
            return Step(ask=None, learnt=learnt, says=(say("utter_what_for_place"),))
        if is_number_only(heard.text):
            number, account = await find_account(heard.text, records)
            if account:
                return Step(ask=None, learnt=prove(slots, number, Proof.NUMBER), says=(say("utter_what_for"),))
        return None

    def _is_resumed(self, tracker: Tracker, asked: str | None, coming_back: bool) -> bool:
        """Whether the customer has to be told which dialogue goes on."""
        if coming_back or (asked is None and self._has_begun(tracker.slots)):
            return not tracker.slots.get(AFRESH)
        return asked is not None and silence_before(tracker.events) >= LONG_SILENCE

    async def _answer(self, tracker: Tracker, asked: str, heard: Heard) -> Step | None:
        heard = replace(heard, text=without_excuse(heard.text))
        plain = await self.is_plain_answer(asked, heard.text) or await self._is_place(heard.text)
        about = None if plain or heard.intent in EMERGENCIES | FIRST_OF_ALL else follow_up(heard.text)
        if not plain and about is None and self._steps_aside(heard):
            return None
        if not plain and (besides := begins_afresh(heard.text)) is not None:
            return await self._afresh(tracker, replace(heard, text=besides))
        if not plain and wants_to_stop(heard.text):
            return self._leave(tracker.slots)
        if not plain and wants_time(heard.text):
            return Step(ask=asked, says=(say("utter_take_your_time"),), question_said=True, asks_again=False)
        step = await self.hear(tracker.slots, asked, heard, tracker.sender_id)
        if step is None and heard.intent == "affirm" and heard.confidence >= VERY_SURE and agrees_besides(heard.text):
            step = await self.hear(tracker.slots, asked, replace(heard, text="是的"), tracker.sender_id)
        alarming = heard.intent in EMERGENCIES and not is_noise(heard.text)
        if alarming and not plain and (step is None or step.failed):
            return None
        if about and (step is None or step.failed):
            return Step(ask=asked, says=(self._answer_to(about, heard.text),), asks_again=False)
        return step or self._no_answer(tracker.slots, asked, heard, plain=plain)

    def _answer_to(self, about: About, text: str) -> Say:
        """What this dialogue knows of it, or else an article about its subject."""
        if about in self.follow_ups:
            return say(self.follow_ups[about])
        knowledge = self._office.knowledge
        choice = choose(knowledge.search(f"{self.topic} {text}", self._office.clock.now()))
        if choice.answer and choice.score >= SURE_TO_REFINE:
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
        if heard.intent in FIRST_OF_ALL - self.intents:
            return heard.confidence >= SURE
        return self.is_other_subject(heard) and is_question(heard.text)

    def is_other_subject(self, heard: Heard) -> bool:
        """Whether the customer has changed the subject.

        The answer to a dialogue's question is often taken for something weakly or for something out of scope; only a
        question is then believed to be another subject.
        """
        if is_noise(heard.text):
            return False
        doubtful = heard.intent == "out_of_scope" or heard.confidence < SURE
        return heard.intent not in STEERING | self.intents and (is_question(heard.text) or not doubtful)

    def _no_answer(self, slots: Slots, asked: str, heard: Heard, *, plain: bool) -> Step | None:
        offered = slots.get("offer") == PERSON_OFFERED
        if (offered and yes_or_no(heard.text)) or (self.is_other_subject(heard) and not plain):
            return None
        if offered and yes_or_no(heard.text) is False:
            return Step(ask=asked, says=(say("utter_no_person_go_on"),), fresh=True)
        if wants_to_stop(heard.text):
            return self._leave(slots)
        if heard.text == self.go_on:
            return Step(ask=asked, fresh=True)
        if is_misunderstood(heard.text):
            return Step(ask=None, says=(say("utter_misunderstood"),), offer=PERSON_OFFERED)
        if courtesy := COURTESIES.get(heard.intent):
            return Step(ask=asked, asks_again=False, says=(say(courtesy),))
        return self.unanswered(asked)

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
