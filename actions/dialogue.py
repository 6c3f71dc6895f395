"""A dialogue of several questions, run as a Rasa form: one question at a time, left and come back to at will.

The capability decides what an answer means (`hear`); this class decides whether the message is an answer at all.
Rasa calls it as the form's validation action, at each message while the form is active, when it begins, and when the
customer comes back to it. No events returned means "not for me": the form then steps aside and a rule answers.
"""

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction

from actions.capability import PERSON_OFFERED, REQUESTED_SLOT, Capability, Domain, Event, Voice, end_dialogue, remember
from actions.turns import NOTHING_HEARD, Heard, Say, Slots, Step, handled_already, heard_in, interrupted_form, say
from actions.understanding import (
    is_bare_answer,
    is_question,
    sounds_dangerous,
    wants_time,
    wants_to_stop,
    yes_or_no,
)

#: Never taken for an answer, unless the message is nothing but one.
FIRST_OF_ALL = frozenset({"request_human", "request_leader", "make_complaint"})
#: Step aside as well, unless the words answer the question and none of them sounds dangerous.
EMERGENCIES = frozenset({"report_leak", "report_co_poisoning", "report_fire"})
#: Say nothing about the subject: no reason to leave the question.
STEERING = frozenset({"", "affirm", "deny", "greet", "thank", "nlu_fallback"})
FAILURES_BEFORE_OFFER = 2
#: How sure the model must be to interrupt a dialogue.
SURE = 0.6


class Dialogue(Capability):
    #: The form's name in domain.yml, and the slots it asks for.
    form: ClassVar[str]
    questions: ClassVar[tuple[str, ...]]
    #: The subject in the customer's words, and what they type to go on with it.
    topic: ClassVar[str]
    go_on: ClassVar[str]
    #: Intents that belong to this dialogue.
    intents: ClassVar[frozenset[str]]

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

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        """Whether `text` is an answer beyond doubt, whatever the model takes it for."""
        return is_bare_answer(text)

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        requested = tracker.slots.get(REQUESTED_SLOT)
        asked = requested if requested in self.questions else None
        coming_back = handled_already(tracker.events, self.form)
        heard = NOTHING_HEARD if coming_back else heard_in(tracker.latest_message)
        if asked is None:
            step: Step | None = await self.hear(tracker.slots, None, heard, tracker.sender_id)
        elif coming_back:
            step = Step(ask=asked)
        else:
            step = await self._answer(tracker, asked, heard)
        if step is None:
            return []
        if coming_back or (asked is None and self._has_begun(tracker.slots)):
            voice.say(say("utter_back_to_dialogue", topic=self.topic))
        begun_inside = None if coming_back or asked else interrupted_form(tracker.events, self.form)
        return await self._perform(step, voice, tracker.slots, begun_inside)

    async def _answer(self, tracker: Tracker, asked: str, heard: Heard) -> Step | None:
        plain = await self.is_plain_answer(asked, heard.text)
        if not plain and self._steps_aside(heard):
            return None
        if not plain and wants_to_stop(heard.text):
            return self._leave(tracker.slots)
        if not plain and wants_time(heard.text):
            return Step(ask=asked, says=(say("utter_take_your_time"),), question_said=True)
        step = await self.hear(tracker.slots, asked, heard, tracker.sender_id)
        if heard.intent in EMERGENCIES and not plain and (step is None or step.failed):
            return None
        return step or self._no_answer(tracker.slots, asked, heard, plain=plain)

    def _steps_aside(self, heard: Heard) -> bool:
        if heard.intent in EMERGENCIES:
            return sounds_dangerous(heard.text)
        if heard.intent in FIRST_OF_ALL:
            return heard.confidence >= SURE
        return self.is_other_subject(heard) and is_question(heard.text)

    def is_other_subject(self, heard: Heard) -> bool:
        """Whether the customer has changed the subject.

        The answer to a dialogue's question is often taken for something weakly or for something out of scope; only a
        question is then believed to be another subject.
        """
        doubtful = heard.intent == "out_of_scope" or heard.confidence < SURE
        return heard.intent not in STEERING | self.intents and (is_question(heard.text) or not doubtful)

    def _no_answer(self, slots: Slots, asked: str, heard: Heard, *, plain: bool) -> Step | None:
        accepts_person = slots.get("offer") == PERSON_OFFERED and yes_or_no(heard.text)
        if accepts_person or (self.is_other_subject(heard) and not plain):
            return None
        if wants_to_stop(heard.text):
            return self._leave(slots)
        if heard.intent in {"greet", "thank"} or heard.text == self.go_on:
            return Step(ask=asked)
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

    async def _perform(self, step: Step, voice: Voice, slots: Slots, begun_inside: str | None) -> list[Event]:
        paused = _paused_forms(slots, self.form, begun_inside)
        events = remember(**step.learnt, paused_forms=paused or None)
        voice.signal(*step.signals)
        if step.ask is None:
            voice.say(*step.says)
            return events + self._end(step, voice, paused)
        return events + await self._ask(step, step.ask, voice, slots)

    async def _ask(self, step: Step, ask: str, voice: Voice, slots: Slots) -> list[Event]:
        failures = (slots.get("failures") or 0) + 1 if step.failed else 0
        if failures >= FAILURES_BEFORE_OFFER:
            voice.say(say("utter_offer_person"))
            return remember(requested_slot=ask, failures=failures, offer=PERSON_OFFERED)
        voice.say(*step.says)
        if not step.question_said:
            voice.say(await self.question(ask, {**slots, **step.learnt}))
        return remember(requested_slot=ask, failures=failures, offer=None)

    def _end(self, step: Step, voice: Voice, paused: list[str]) -> list[Event]:
        forget = {} if step.keep else dict.fromkeys(self.questions)
        events = remember(**forget, failures=0, offer=step.offer)
        if step.hands_over:
            return [*events, *end_dialogue(), FollowupAction("action_listen")]
        if step.then:
            return [*events, *remember(requested_slot=None), FollowupAction(step.then)]
        if paused:
            return [*events, *remember(requested_slot=None, paused_forms=paused[:-1]), FollowupAction(paused[-1])]
        if step.closing:
            voice.say(say("utter_anything_else"))
        return [*events, *remember(requested_slot=None), FollowupAction("action_listen")]


def _paused_forms(slots: Slots, form: str, begun_inside: str | None) -> list[str]:
    """The dialogues to come back to, the latest last; one that goes on is no longer paused."""
    paused: Iterable[str] = slots.get("paused_forms") or ()
    names = [name for name in paused if name != form]
    return [*names, begun_inside] if begun_inside else names
