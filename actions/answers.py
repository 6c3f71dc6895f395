"""Answers of one turn: a fact of the company profile, small talk, and what was not understood."""

from abc import abstractmethod

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction

from actions.ambiguous import NAMED, only_a_name
from actions.asking import FAILURES_BEFORE_OFFER
from actions.capability import (
    PERSON_OFFERED,
    SUBJECT,
    Capability,
    Domain,
    Event,
    Voice,
    about,
    active_form,
    back_to_dialogue,
    end_dialogue,
    fresh_start,
    offers_person,
    remember,
)
from actions.knowledge import Librarian
from actions.meter_reading import takes_back_recorded
from actions.mood import is_upset
from actions.performing import TAKEN_OVER
from actions.pieces import kept_place
from actions.places import Place, find_account, only_a_place, which_community
from actions.proofs import Proof, prove
from actions.records import SMALL_TALK, answered
from actions.steering import wants_to_stop
from actions.turns import PERSON, Heard, Say, Slots, handoff, heard_in, no_emergency, say
from actions.understanding import (
    holds_no,
    holds_thanks,
    holds_yes,
    is_number_only,
    is_question,
    only_declines,
    sounds_dangerous,
)
from actions.which_matter import ask_which_matter
from bot.domain.intents import label

#: Said for politeness: not answered by themselves when more of the message follows.
COURTESIES = frozenset({"greet", "thank"})
_LONGEST_AFTERTHOUGHT = 12
#: What the model takes a community's name for that it does not know.
_MAY_BE_A_NAME = frozenset({"out_of_scope", "nlu_fallback"})


class Remark(Capability):
    """One turn. What a dialogue would have understood comes first: a correction, a number without a word."""

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        heard = heard_in(tracker.latest_message)
        if active_form(tracker):
            return self.reply(voice, heard, tracker, domain)
        if taken_back := takes_back_recorded(tracker.slots, heard.text):
            voice.say(taken_back[0])
            voice.signal(taken_back[1])
            return [*fresh_start(), *end_dialogue()]
        if is_number_only(heard.text):
            return await self._what_for(voice, heard, tracker.slots)
        if place := await only_a_place(heard.text, self._office.back_office):
            return _where(voice, place, tracker.slots, heard.text)
        if heard.intent in _MAY_BE_A_NAME and (places := await only_a_name(heard.text, self._office.back_office)):
            return _which_place(voice, places)
        return self.reply(voice, heard, tracker, domain)

    async def _what_for(self, voice: Voice, heard: Heard, slots: Slots) -> list[Event]:
        """A number out of the blue: ask what it is for; an account number is kept for whatever follows."""
        if not heard.more:
            voice.say(say("utter_what_for"))
        number, account = await find_account(heard.text, self._office.back_office)
        known = remember(**prove(slots, number, Proof.NUMBER)) if account else []
        return [*fresh_start(), *known]

    @abstractmethod
    def reply(self, voice: Voice, heard: Heard, tracker: Tracker, domain: Domain) -> list[Event]: ...


def _which_place(voice: Voice, places: list[Place]) -> list[Event]:
    """A community's name out of the blue: kept for whatever follows; of several, which one is asked."""
    if len(places) > 1:
        voice.say(which_community(places))
        return [*fresh_start(), *remember(**{NAMED: [each.community.id for each in places]})]
    voice.say(say("utter_what_for_place"))
    return [*fresh_start(), *remember(**{"community": places[0].community.id, NAMED: None})]


def _where(voice: Voice, place: Place, slots: Slots, text: str) -> list[Event]:
    """An address out of the blue: kept; right behind the ways of reporting a reading it begins a report."""
    if not sounds_dangerous(text):
        voice.signal(no_emergency())
    known = remember(**kept_place(place), **{NAMED: None})
    if slots.get(SUBJECT) == [None, label("ask_reading_methods")]:
        return [*fresh_start(), *known, *remember(**{TAKEN_OVER: "reading_form"}), FollowupAction("reading_form")]
    voice.say(say("utter_what_for_place"))
    return [*fresh_start(), *known]


class Answer(Remark):
    """`utter_<intent>`; inside a dialogue, its question follows again."""

    def name(self) -> str:
        return "action_answer"

    def reply(self, voice: Voice, heard: Heard, tracker: Tracker, domain: Domain) -> list[Event]:
        response = f"utter_{heard.intent}"
        if heard.more and heard.intent in COURTESIES:
            return fresh_start()
        if heard.intent == "out_of_scope" and not heard.more:
            return beyond_scope(voice, tracker)
        if heard.intent == "thank" and not active_form(tracker) and not holds_thanks(heard.text):
            return not_understood(voice, heard, tracker)
        greets = heard.intent == "greet"
        if greets and tracker.slots.get("greeted"):
            response = "utter_go_on"
        voice.say(say(response))
        voice.signal(*answered(heard.intent))
        if heard.intent == "goodbye":
            return [*fresh_start(), *end_dialogue()]
        offer = PERSON_OFFERED if offers_person(domain, response) else None
        noted = remember(greeted=True) if greets else []
        noted += [] if heard.intent in SMALL_TALK else [*about(None, label(heard.intent)), *remember(filed=None)]
        return [*fresh_start(offer=offer), *noted, *back_to_dialogue(tracker)]


def beyond_scope(voice: Voice, tracker: Tracker) -> list[Event]:
    """What the company does not do may be what was not understood: from the second time on a person is offered."""
    failures = (tracker.slots.get("failures") or 0) + 1
    offers = failures >= FAILURES_BEFORE_OFFER
    voice.say(say("utter_out_of_scope"), *((say("utter_offer_person_beyond"),) if offers else ()))
    offer = PERSON_OFFERED if offers else None
    return [*remember(failures=failures, offer=offer), *back_to_dialogue(tracker)]


class NotUnderstood(Remark):
    def name(self) -> str:
        return "action_default_fallback"

    def reply(self, voice: Voice, heard: Heard, tracker: Tracker, domain: Domain) -> list[Event]:
        found = Librarian(self._office).answer(voice, tracker, heard.text)
        if found is not None:
            return found
        asked = None if active_form(tracker) else ask_which_matter(voice, tracker)
        return not_understood(voice, heard, tracker) if asked is None else asked


def not_understood(voice: Voice, heard: Heard, tracker: Tracker) -> list[Event]:
    """First ask for other words, and show what can be asked; then offer a person; then hand over.

    Who is upset, or only insults, is offered a person at once.
    """
    if heard.more:
        return []
    failures = (tracker.slots.get("failures") or 0) + 1
    if failures > FAILURES_BEFORE_OFFER and tracker.slots.get("offer") == PERSON_OFFERED:
        voice.say(say("utter_hand_over_stuck"))
        voice.signal(handoff("多次没有听明白用户的意思，请人工接手"))
        return [*fresh_start(), *end_dialogue()]
    if failures == 1 and not active_form(tracker) and _is_more_of_the_settled(tracker, heard.text):
        form, topic, go_on = tracker.slots["settled"]
        voice.say(Say("utter_settled_noted", {"topic": topic, "go_on": go_on}, (go_on, PERSON)))
        return remember(failures=failures, offer=form)
    offers = failures >= FAILURES_BEFORE_OFFER or is_upset(heard.text)
    voice.say(say("utter_offer_person" if offers else "utter_not_understood"))
    offer = PERSON_OFFERED if offers else None
    return [*remember(failures=failures, offer=offer), *back_to_dialogue(tracker)]


def _is_more_of_the_settled(tracker: Tracker, text: str) -> bool:
    """A few words behind an answer ("做餐饮生意的"): the customer goes on about it, and asks nothing."""
    return bool(tracker.slots.get("settled")) and len(text) <= _LONGEST_AFTERTHOUGHT and not is_question(text)


class Affirm(Remark):
    """ "好的" outside a dialogue accepts what was offered last, if anything was."""

    def name(self) -> str:
        return "action_affirm"

    def reply(self, voice: Voice, heard: Heard, tracker: Tracker, domain: Domain) -> list[Event]:
        offer = tracker.slots.get("offer")
        if not holds_yes(heard.text):
            return not_understood(voice, heard, tracker)
        if offer == PERSON_OFFERED:
            voice.say(say("utter_handoff"))
            voice.signal(handoff(f"用户接受了{PERSON}"))
            return [*fresh_start(), *end_dialogue()]
        if offer:
            return [*fresh_start(), FollowupAction(offer)]
        if not active_form(tracker) and not heard.more:
            voice.say(say("utter_go_ahead"))
        return [*fresh_start(), *back_to_dialogue(tracker)]


class Deny(Remark):
    """ "不用了" outside a dialogue declines an offer, or says that nothing else is wanted."""

    def name(self) -> str:
        return "action_deny"

    def reply(self, voice: Voice, heard: Heard, tracker: Tracker, domain: Domain) -> list[Event]:
        if not holds_no(heard.text):
            return not_understood(voice, heard, tracker)
        if heard.more:
            return fresh_start()
        if not active_form(tracker) and not (only_declines(heard.text) or wants_to_stop(heard.text)):
            return self._takes_back(voice, heard, tracker)
        declines = tracker.slots.get("offer") == PERSON_OFFERED and not heard.text.startswith("没")
        voice.say(say("utter_no_person" if declines else "utter_goodbye"))
        return [*fresh_start(), *back_to_dialogue(tracker)]

    def _takes_back(self, voice: Voice, heard: Heard, tracker: Tracker) -> list[Event]:
        """ "没有热水器": no farewell. Behind a dialogue that has ended it changes what was said there."""
        settled = tracker.slots.get("settled")
        if settled is None:
            return not_understood(voice, heard, tracker)
        form, topic, go_on = settled
        voice.say(Say("utter_settled_otherwise", {"topic": topic}, (go_on, PERSON)))
        return fresh_start(offer=form)
