"""Questions answered in one turn: the response is named after the intent, the facts are the company profile's."""

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction

from actions.capability import (
    PERSON_OFFERED,
    Capability,
    Domain,
    Event,
    Voice,
    active_form,
    back_to_dialogue,
    end_dialogue,
    fresh_start,
    offers_person,
    remember,
)
from actions.turns import PERSON, handoff, heard_in, say
from actions.understanding import corrects, numbers

FAILURES_BEFORE_OFFER = 2


class Answer(Capability):
    """`utter_<intent>`; inside a dialogue, its question follows again."""

    def name(self) -> str:
        return "action_answer"

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        intent = heard_in(tracker.latest_message).intent
        response = f"utter_{intent}"
        voice.say(say(response))
        if intent == "goodbye":
            return [*fresh_start(), *end_dialogue()]
        offer = PERSON_OFFERED if offers_person(domain, response) else None
        return [*fresh_start(offer=offer), *back_to_dialogue(tracker)]


class NotUnderstood(Capability):
    """The first time: ask for other words, show what can be asked. The second time: offer a person."""

    def name(self) -> str:
        return "action_default_fallback"

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        failures = (tracker.slots.get("failures") or 0) + 1
        offers = failures >= FAILURES_BEFORE_OFFER
        voice.say(say("utter_offer_person" if offers else "utter_not_understood"))
        offer = PERSON_OFFERED if offers else None
        return [*remember(failures=failures, offer=offer), *back_to_dialogue(tracker)]


class Affirm(Capability):
    """ "好的" outside a dialogue accepts what was offered last, if anything was."""

    def name(self) -> str:
        return "action_affirm"

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        offer = tracker.slots.get("offer")
        if offer == PERSON_OFFERED:
            voice.say(say("utter_handoff"))
            voice.signal(handoff(f"用户接受了{PERSON}"))
            return [*fresh_start(), *end_dialogue()]
        if offer:
            return [*fresh_start(), FollowupAction(offer)]
        if not active_form(tracker):
            voice.say(say("utter_go_ahead"))
        return [*fresh_start(), *back_to_dialogue(tracker)]


class Deny(Capability):
    """ "不用了" outside a dialogue declines an offer, or says that nothing else is wanted."""

    def name(self) -> str:
        return "action_deny"

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        text = heard_in(tracker.latest_message).text
        if tracker.slots.get("reading_recorded") and corrects(text) and numbers(text):
            return [*fresh_start(), FollowupAction("reading_form")]
        declines = tracker.slots.get("offer") == PERSON_OFFERED
        voice.say(say("utter_no_person" if declines else "utter_goodbye"))
        return [*fresh_start(), *back_to_dialogue(tracker)]
