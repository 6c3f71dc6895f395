"""What every action shares: what it may use, how it speaks, and what Rasa must forget or do next."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.facts import Facts, company_facts
from actions.follow_ups import About
from actions.mood import insults, is_upset
from actions.rejections import denies, rejects
from actions.resuming import RESUMES, form_to_resume
from actions.steering import (
    asks_what_we_do,
    begins_afresh,
    only_wants_time,
    takes_note,
    wants_an_answer,
    wants_to_go_on,
)
from actions.turns import PERSON, Json, Say, Signal, Slots, an_answer, handoff, say
from actions.understanding import is_noise, only_misses_the_number, sounds_dangerous, yes_or_no
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.knowledge import EMPTY, KnowledgeBase
from bot.domain.work_orders import ORDER_NUMBER
from bot.ports import BackOffice, Casework

type Event = dict[str, Json]
type Domain = dict[str, Json]

#: The customer's turn: said outright, it saves Rasa a look at the whole conversation.
LISTEN: Event = FollowupAction("action_listen")
REQUESTED_SLOT = "requested_slot"
PERSON_OFFERED = "person"
#: The slot by which a dialogue that begins learns that nothing said before counts.
AFRESH = "afresh"
#: The form and the topic of what was talked about last; the form is None behind an article or a single answer.
SUBJECT = "subject"


@dataclass(frozen=True, kw_only=True)
class Office:
    """What the actions use of gasdesk."""

    back_office: BackOffice
    casework: Casework
    company: CompanyProfile
    clock: Clock
    knowledge: KnowledgeBase = EMPTY
    #: The form of each dialogue, by what the customer writes to go on with it.
    dialogues: Mapping[str, str] = field(default_factory=dict)
    #: The intents that belong to each form.
    intents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    #: What the forms that ask on when they are come back to are about, in the customer's words.
    topics: Mapping[str, str] = field(default_factory=dict)
    #: By form, what answers a question about its subject that names nothing.
    follow_ups: Mapping[str, Mapping[About, str]] = field(default_factory=dict)
    #: By form, what is answered to statements about what it has told (actions/afterwards.py), by pattern.
    afterthoughts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    #: By form, what answers a question that names a part of its subject, by pattern.
    own_questions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    #: By form, intents whose statements belong to what it has just registered.
    kindred: Mapping[str, frozenset[str]] = field(default_factory=dict)


class Voice:
    """Speaks in the responses of domain.yml, filled with the facts of the company profile."""

    def __init__(self, facts: Facts, dispatcher: CollectingDispatcher) -> None:
        # The core knows the number once it has filed the record.
        self._facts = {**facts, "order_number": ORDER_NUMBER}
        self._dispatcher = dispatcher

    def say(self, *says: Say) -> None:
        for each in says:
            buttons = [{"title": text, "payload": text} for text in each.buttons]
            self._dispatcher.utter_message(response=each.response, buttons=buttons, **{**self._facts, **each.facts})

    def signal(self, *signals: Signal) -> None:
        for each in signals:
            self._dispatcher.utter_message(json_message=each)


class Capability(Action):  # type: ignore[misc]  # rasa-sdk ships no types
    """An action with its dependencies: registered as an instance, so nothing is looked up at run time."""

    #: Whether an upset customer gets the apology before the answer; not where the answer holds one already.
    apologises: ClassVar[bool] = True

    def __init__(self, office: Office) -> None:
        self._office = office
        self._facts = company_facts(office.company)

    @property
    def facts(self) -> Facts:
        """What every response may name in braces."""
        return self._facts

    @abstractmethod
    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        """Say what there is to say; return the events that Rasa shall note."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[Event]:
        voice = Voice(self._facts, dispatcher)
        if not active_form(tracker) and (steered := steer(voice, tracker, self._office.dialogues)):
            return steered
        events = await self._act_kindly(voice, tracker, domain)
        leads_on = active_form(tracker) or any(event["event"] == "followup" for event in events)
        return events if leads_on else [*events, LISTEN]

    async def _act_kindly(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        calm = tracker.slots.get("upset") or not is_upset(tracker.latest_message.get("text") or "")
        if calm or not self.apologises:
            return await self.act(voice, tracker, domain)
        voice.say(say("utter_upset"))
        events = await self.act(voice, tracker, domain)
        # A form that returns nothing is "not for me", and Rasa drops what it said: the next action will apologise.
        return [*events, *remember(upset=True)] if events else []


def remember(**slots: Any) -> list[Event]:
    return [SlotSet(name, value) for name, value in slots.items()]


def about(form: str | None, topic: str) -> list[Event]:
    """What is talked about now: a question that names nothing will be about it (actions/afterwards.py)."""
    return remember(**{SUBJECT: [form, topic]})


def fresh_start(*, offer: str | None = None) -> list[Event]:
    """The customer was understood: earlier failures no longer count, and only `offer` can be accepted by a "好的"."""
    return remember(failures=0, offer=offer)


def end_dialogue() -> list[Event]:
    """Leave whatever dialogue is going on, and those that it interrupted."""
    return [ActiveLoop(None), *remember(requested_slot=None, paused_forms=None)]


def active_form(tracker: Tracker) -> str | None:
    return (tracker.active_loop or {}).get("name")


def back_to_dialogue(tracker: Tracker) -> list[Event]:
    """After an interruption the dialogue that was going on asks its question again; not if it was rejected."""
    form = active_form(tracker)
    if form is None:
        return []
    text = tracker.latest_message.get("text") or ""
    if not (rejects(text) or denies(form, text)):
        return [FollowupAction(form)]
    paused = tracker.slots.get("paused_forms") or []
    left = [ActiveLoop(None), *remember(requested_slot=None, paused_forms=paused[:-1] or None, asked=None)]
    return [*left, FollowupAction(paused[-1]) if paused else LISTEN]


def offers_person(domain: Domain, response: str) -> bool:
    """Whether a person is the first thing that a response's buttons offer: a "好的" then accepts it."""
    variations = (domain.get("responses") or {}).get(response) or []
    return any(buttons and buttons[0].get("payload") == PERSON for buttons in (v.get("buttons") for v in variations))


def steer(voice: Voice, tracker: Tracker, dialogues: Mapping[str, str]) -> list[Event]:
    """Outside a dialogue: "等一下", "重新来", an answer that comes late, whatever the model takes them for.

    Nothing if it is none of these.
    """
    text = tracker.latest_message.get("text") or ""
    if form := form_to_resume(tracker, dialogues):
        return [*remember(failures=0, offer=None, **{RESUMES: form}), FollowupAction(form)]
    if insults(text):
        return hear_insult(voice, tracker.slots)
    left = tracker.slots.get("offer")
    if left not in (None, PERSON_OFFERED) and wants_to_go_on(text):
        return [*fresh_start(), FollowupAction(left)]
    if noted := take_note(voice, tracker.slots, text):
        return noted
    if asks_what_we_do(text):
        voice.say(say("utter_what_we_do"))
        return fresh_start()
    if wants_an_answer(text) or (is_noise(text) and yes_or_no(text) is None):
        voice.say(say("utter_go_on"))
        return remember(failures=0)
    if only_misses_the_number(text):
        voice.say(say("utter_account_where"), say("utter_what_for_account"))
        return fresh_start()
    if only_wants_time(text):
        voice.say(say("utter_take_your_time"))
        return remember(failures=0)
    return _begin_afresh(voice, tracker.slots) if begins_afresh(text) == "" else []


def take_note(voice: Voice, slots: Slots, text: str) -> list[Event]:
    """ "行 那我等师傅电话" behind an answer: content with it, whatever the model takes it for."""
    if slots.get("offer") is not None or not slots.get(SUBJECT) or not takes_note(text):
        return []
    voice.say(say("utter_noted_so"))
    if not sounds_dangerous(text):
        voice.signal(an_answer())
    return remember(failures=0)


def hear_insult(voice: Voice, slots: Slots) -> list[Event]:
    """An insult and nothing else: an apology and the offer of a person, then a person."""
    failures = (slots.get("failures") or 0) + 1
    if failures > 1 and slots.get("offer") == PERSON_OFFERED:
        voice.say(say("utter_hand_over_stuck"))
        voice.signal(handoff("用户情绪激动，请人工安抚"))
        return [*fresh_start(), *end_dialogue()]
    voice.say(say("utter_insulted"))
    return remember(failures=failures, offer=PERSON_OFFERED, upset=True)


def _begin_afresh(voice: Voice, slots: Slots) -> list[Event]:
    """The dialogue that was left last begins anew; if none was, the customer says what it shall be."""
    form = slots.get("offer")
    if form in (None, PERSON_OFFERED):
        voice.say(say("utter_afresh_what"))
        return fresh_start()
    return [*remember(failures=0, offer=None, **{AFRESH: True}), FollowupAction(form)]
