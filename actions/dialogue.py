"""A dialogue of several questions, run as a Rasa form: one question at a time, left and come back to at will.

Rasa calls it as the form's validation action, at each message while the form is active, when it begins, and when the
customer comes back to it. No events returned means "not for me": the form then steps aside and a rule answers.
"""

from collections.abc import Mapping
from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction

from actions.answering import Answering
from actions.asides import ANSWERS_OF, own_slots
from actions.asking import ASKED
from actions.capability import (
    AFRESH,
    LISTEN,
    REQUESTED_SLOT,
    Domain,
    Event,
    Voice,
    end_dialogue,
    hear_insult,
    remember,
    take_note,
)
from actions.follow_ups import About, asked_about
from actions.giving_back import GIVEN_BACK, question_given_back
from actions.mood import insults
from actions.performing import TAKEN_OVER, Performance
from actions.pieces import kept_place
from actions.places import find_account, looks_like_an_address, only_a_place
from actions.proofs import Proof, prove
from actions.rejections import denies, rejects
from actions.remarks import filed_with_remarks
from actions.resuming import RESUMES
from actions.steering import goes_back, wants_time
from actions.subjects import EMERGENCIES
from actions.turns import (
    NOTHING_HEARD,
    Heard,
    Say,
    Slots,
    Step,
    an_answer,
    begun_before,
    continues,
    handled_already,
    heard_in,
    interrupted_form,
    no_emergency,
    say,
    silence_before,
)
from actions.understanding import is_bare_answer, is_number_only, names_a_dwelling, normal, sounds_dangerous, yes_or_no
from bot.domain.places import is_only_dwelling

#: Seconds of silence after which a customer is told where we were.
LONG_SILENCE = 300
#: "那我这边呢 未来城1号楼1单元201" right behind them asks the same of another place.
_SAME_ELSEWHERE = frozenset({"startup_form"})


class Dialogue(Answering):
    """A subject with questions of its own."""

    def name(self) -> str:
        return f"validate_{self.form}"

    @classmethod
    def answers_to(cls) -> Mapping[About, str]:
        """What answers such a question after the dialogue has ended."""
        return cls.follow_ups

    async def question(self, asked: str, slots: Slots) -> Say:
        return say(f"utter_question_{asked}")

    async def come_back(self, asked: str, slots: Slots) -> Step:
        """After something else: the open question again, unless that has answered it."""
        return Step(ask=asked)

    async def _act_kindly(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        """An insult and nothing else begins no dialogue, whatever the model takes it for."""
        asked = tracker.slots.get(REQUESTED_SLOT) in self.questions
        begins = not asked and not handled_already(tracker.events, self.form)
        text = tracker.latest_message.get("text") or ""
        if begins and insults(text):
            return [*hear_insult(voice, tracker.slots), *end_dialogue(), LISTEN]
        if begins and tracker.slots.get(TAKEN_OVER) != self.form and denies(self.form, text):
            return self._begin_another(voice, tracker, text)
        if begins and (noted := take_note(voice, tracker.slots, text)):
            return [*noted, *end_dialogue(), LISTEN]
        return await super()._act_kindly(voice, tracker, domain)

    def _begin_another(self, voice: Voice, tracker: Tracker, text: str) -> list[Event]:
        """ "不是查余额 我要报表的", taken for the balance: the likeliest dialogue that is not denied."""
        ranking = [each.get("name") for each in tracker.latest_message.get("intent_ranking") or ()]
        of_intent = {intent: form for form, intents in self._office.intents.items() for intent in intents}
        forms = [of_intent[intent] for intent in ranking if intent in of_intent]
        meant = next((form for form in forms if form != self.form and not denies(form, text)), None)
        if meant and rejects(text):
            return [*end_dialogue(), *remember(**{TAKEN_OVER: meant}), FollowupAction(meant)]
        voice.say(say("utter_all_right"))
        return [*end_dialogue(), LISTEN]

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        given_back = question_given_back(tracker.slots, self.form)
        asked = given_back or self._open_question(tracker.slots)
        resumes = asked is None and tracker.slots.get(RESUMES) == self.form
        coming_back = handled_already(tracker.events, self.form) and not resumes and not given_back
        message = heard_in(tracker.latest_message)
        inside = None if coming_back or asked else self._interrupts(tracker, message.text)
        paused = tracker.slots.get("paused_forms") or ()
        tracker.slots["paused_forms"] = [each for each in paused if not denies(each, message.text)]
        own = {} if asked and not given_back else own_slots(tracker.slots, self.form, self.shared)
        taken_over = {TAKEN_OVER: None} if tracker.slots.get(TAKEN_OVER) else {}
        tracker.slots.update(own)
        heard = NOTHING_HEARD if coming_back else message
        if asked is None:
            step = await self._from_the_beginning(tracker, heard, resumes=resumes)
        else:
            step = None if coming_back else await self._answer(tracker, asked, heard)
            if coming_back or (given_back and step is None):
                step = await self.come_back(asked, tracker.slots)
        if step is None:
            return []
        answers = asked is not None and not coming_back and not step.failed
        if asked and await self._is_harmless(asked, heard, failed=step.failed):
            voice.signal(no_emergency())
        if answers:
            voice.signal(an_answer())
        if inside and step.optional:
            step = replace(step, ask=None)
        goes_on = step.ask is not None or bool(step.says)
        if goes_on and not message.more and self._is_resumed(tracker, asked, coming_back):
            step = replace(step, says=(say("utter_back_to_dialogue", topic=self.topic), *step.says))
        if step.ask and not message.more and continues(tracker.events):
            step = replace(step, says=(*step.says, *self._what_comes_next(tracker.slots, inside)))
        step = replace(step, signals=filed_with_remarks(step.signals, {**tracker.slots, **step.learnt}, self.form))
        performance = Performance(self, voice, tracker.slots, coming_back, message.more)
        taken_over |= {GIVEN_BACK: None} if given_back else {}
        return [*remember(**own, **taken_over), *await performance.of(step, inside)]

    def _what_comes_next(self, slots: Slots, inside: str | None) -> tuple[Say, ...]:
        """Of several matters in one message one is asked about; the others were heard as well."""
        waiting = dict.fromkeys((*(slots.get("paused_forms") or ()), inside))
        topics = [self._office.topics[form] for form in waiting if form in self._office.topics and form != self.form]
        return (say("utter_comes_next", topics="、".join(topics)),) if topics else ()

    async def _from_the_beginning(self, tracker: Tracker, heard: Heard, *, resumes: bool) -> Step | None:
        if tracker.slots.get(AFRESH):
            return await self._afresh(tracker, NOTHING_HEARD)
        return await (self._resume(tracker, heard) if resumes else self._take_up(tracker, heard))

    async def _is_harmless(self, asked: str, heard: Heard, *, failed: bool) -> bool:
        """An answer to this dialogue without a word of danger: whatever it resembles, nothing is reported by it.

        An address is one even if nothing could be done with it.
        """
        if sounds_dangerous(heard.text):
            return False
        if looks_like_an_address(heard.text) or await self._is_place(heard.text):
            return True
        if failed:
            return False
        if heard.intent in EMERGENCIES or goes_back(heard.text) or wants_time(heard.text):
            return True
        return is_bare_answer(heard.text) or (not self.told_freely and await self.is_plain_answer(asked, heard.text))

    def _interrupts(self, tracker: Tracker, text: str) -> str | None:
        """The dialogue to come back to after this one: none if the customer rejects it.

        A visit that is nearly arranged is only put off: "没说今天来 我问的是怎么停气了".
        """
        inside = interrupted_form(tracker.events, self.form)
        rejected = rejects(text) and not tracker.slots.get("visit_phone")
        if inside is None or not (rejected or denies(inside, text)):
            return inside
        tracker.slots[ASKED] = None  # of its questions none counts any more
        return None

    def _open_question(self, slots: Slots) -> str | None:
        requested = slots.get(REQUESTED_SLOT)
        return requested if requested in self.questions and self._asked_it(requested, slots) else None

    def _asked_it(self, question: str, slots: Slots) -> bool:
        """Whether an open question is this dialogue's, and not the same one of a dialogue that it interrupts."""
        return question not in self.shared or slots.get(ANSWERS_OF) in (None, self.form)

    async def _take_up(self, tracker: Tracker, heard: Heard) -> Step | None:
        if tracker.slots.get(TAKEN_OVER) != self.form:
            asked_back = await self._out_of_the_blue(heard, tracker.slots) or self._just_settled(tracker.slots, heard)
            if asked_back:
                return asked_back
        step = await self.hear(tracker.slots, None, heard, tracker.sender_id)
        return self._besides_the_wish(step, heard) if step and step.ask else step

    def _besides_the_wish(self, step: Step, heard: Heard) -> Step:
        """ "开气要房东来吗": who shall be there is answered, before anything is asked."""
        answer = self.follow_ups.get(About.PROXY) if asked_about(heard.text) is About.PROXY else None
        return replace(step, says=(say(answer), *step.says)) if answer else step

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

    async def _out_of_the_blue(self, heard: Heard, slots: Slots) -> Step | None:
        """An address or account number alone says nothing of what is wanted, whatever the model takes it for.

        It is remembered, and asked about.
        """
        records = self._office.back_office
        if place := await only_a_place(heard.text, records):
            learnt = kept_place(place)
            settled = (slots.get("settled") or [None])[0]
            if settled in _SAME_ELSEWHERE and normal(heard.text).startswith("那"):
                return None if settled == self.form else Step(ask=None, learnt=learnt, then=settled)
            harmless = () if sounds_dangerous(heard.text) else (no_emergency(),)
            what_for = (say("utter_what_for_place"),)
            return Step(ask=None, learnt=learnt, says=what_for, signals=harmless, without_subject=True)
        if slots.get("community") and _is_the_rest_of_an_address(heard.text):
            learnt = {"address": normal(heard.text)}
            return Step(ask=None, learnt=learnt, says=(say("utter_what_for_place"),), without_subject=True)
        if is_number_only(heard.text):
            number, account = await find_account(heard.text, records)
            if account:
                return Step(ask=None, learnt=prove(slots, number, Proof.NUMBER), says=(say("utter_what_for"),))
        return None

    def _is_resumed(self, tracker: Tracker, asked: str | None, coming_back: bool) -> bool:
        """Whether the customer has to be told which dialogue goes on."""
        if tracker.slots.get(TAKEN_OVER) == self.form:
            return False
        begun = begun_before(tracker.events, self.form) if coming_back else self._has_begun(tracker.slots)
        if begun and (coming_back or asked is None):
            return not tracker.slots.get(AFRESH)
        return asked is not None and silence_before(tracker.events) >= LONG_SILENCE


def _is_the_rest_of_an_address(text: str) -> bool:
    """ "1号楼1单元201" behind its estate."""
    return names_a_dwelling(text) and is_only_dwelling(text) and not is_number_only(text)
