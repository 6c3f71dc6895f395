"""What a dialogue says and remembers once it knows what an answer leads to: ask, offer a person, end, go back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from rasa_sdk.events import FollowupAction

from actions.asking import TIMES_BEFORE_OFFER, Move, asked_after, failures_after, next_move, times_asked, without
from actions.capability import LISTEN, PERSON_OFFERED, REQUESTED_SLOT, Event, Voice, about, end_dialogue, remember
from actions.giving_back import PAUSED_AT
from actions.remarks import REMARKS, without_remarks
from actions.turns import Say, Slots, Step, handoff, say, unfinished
from bot.domain.work_orders import OrderState

#: The slot by which a dialogue learns that another has passed the matter on to it: nothing is gone on with.
TAKEN_OVER = "taken_over"

#: The form that has just registered something that is not done yet: what is added at once belongs to it.
FILED = "filed"


class Asking(Protocol):
    """What a dialogue tells of itself (actions/dialogue.py, actions/answering.py)."""

    form: ClassVar[str]
    questions: ClassVar[tuple[str, ...]]
    topic: ClassVar[str]
    go_on: ClassVar[str]
    supersedes: ClassVar[frozenset[str]]

    async def question(self, asked: str, slots: Slots) -> Say: ...


@dataclass(frozen=True)
class Performance:
    """One call of a dialogue."""

    dialogue: Asking
    voice: Voice
    slots: Slots
    #: Something else has answered the message; the dialogue goes on by itself.
    coming_back: bool
    #: More of the customer's message follows: nothing is asked yet.
    more: bool

    async def of(self, step: Step, begun_inside: str | None) -> list[Event]:
        """The events of `step`; `begun_inside` is the dialogue that this one interrupts."""
        inside = begun_inside if begun_inside not in self.dialogue.supersedes else None
        paused = _paused_forms(self.slots, self.dialogue.form, inside)
        events = remember(**_moved(self.slots, step.learnt), paused_forms=paused or None)
        if begun_inside:
            at = {**(self.slots.get(PAUSED_AT) or {}), begun_inside: self.slots.get(REQUESTED_SLOT)}
            events += remember(**{PAUSED_AT: at})
        events += [] if step.without_subject else about(self.dialogue.form, self.dialogue.topic)
        self.voice.signal(*step.signals)
        if step.ask is None:
            self.voice.say(*step.says)
            return events + self._end(step, paused)
        return [*events, *await self._ask(step, step.ask), LISTEN]

    async def _ask(self, step: Step, ask: str) -> list[Event]:
        slots, voice, dialogue = self.slots, self.voice, self.dialogue
        if self.more:
            # What follows may answer it; only what is settled is said.
            voice.say(*(() if step.question_said or step.failed else step.says))
            return remember(requested_slot=ask)
        voice.signal(unfinished(dialogue.go_on))
        move = next_move(step, slots, coming_back=self.coming_back)
        if move is Move.HAND_OVER:
            return self._give_up(ask)
        asked = asked_after(step, slots, dialogue.questions, coming_back=self.coming_back)
        noted = remember(
            requested_slot=ask, failures=failures_after(step, slots), asked=asked, settled=None, filed=None
        )
        if move is Move.KEEP_OPEN:
            voice.say(*(() if self.coming_back else step.says))
            if times_asked(slots, ask) == TIMES_BEFORE_OFFER:  # once: later interruptions are only answered
                voice.say(Say("utter_kept_open", {"topic": dialogue.topic, "go_on": dialogue.go_on}, (dialogue.go_on,)))
            return [*noted, *remember(offer=None)]
        if move is Move.OFFER_PERSON:
            voice.say(*(() if step.failed else step.says), say("utter_offer_person"))
            return [*noted, *remember(offer=PERSON_OFFERED)]
        voice.say(*step.says)
        if not step.question_said:
            voice.say(await dialogue.question(ask, {**slots, **step.learnt}))
        return [*noted, *remember(offer=None)]

    def _give_up(self, ask: str) -> list[Event]:
        """The offer of a person led nowhere either: a person takes over, rather than a question once more."""
        self.voice.say(say("utter_hand_over_stuck"))
        self.voice.signal(handoff(f"{self.dialogue.topic}：多次没有问清（{ask}），请人工接手"))
        return [
            *remember(failures=0, offer=None, asked=without(self.slots, self.dialogue.questions)),
            *end_dialogue(),
        ]

    def _end(self, step: Step, paused: list[str]) -> list[Event]:
        forget: dict[str, Any] = {} if step.keep else dict.fromkeys(self.dialogue.questions)
        asked = without(self.slots, self.dialogue.questions)
        if not step.keep:
            forget[REMARKS] = without_remarks(self.slots, self.dialogue.form)
        events = remember(**forget, failures=0, offer=step.offer, asked=asked)
        events += remember(**{FILED: self.dialogue.form if registers(step) else None})
        if step.hands_over:
            return [*events, *end_dialogue(), LISTEN]
        if step.then:
            return [*events, *remember(requested_slot=None, **{TAKEN_OVER: step.then}), FollowupAction(step.then)]
        if paused and not step.says and not self.more:
            self.voice.say(say("utter_all_right"))  # the one gone back to may have nothing to say
        if paused:
            return [*events, *remember(requested_slot=None, paused_forms=paused[:-1]), FollowupAction(paused[-1])]
        if step.closing and not self.more:
            self.voice.say(say("utter_anything_else"))
            events += remember(settled=[self.dialogue.form, self.dialogue.topic, self.dialogue.go_on])
        return [*events, *remember(requested_slot=None), LISTEN]


def registers(step: Step) -> bool:
    """Whether the step has something filed that is not done with this."""
    filed = (each for signal in step.signals for each in signal.get("records", ()))
    return any(each["state"] == OrderState.OPEN for each in filed)


def _moved(slots: Slots, learnt: Slots) -> Slots:
    """What is learnt; a dwelling remembered in another community than the one that is named now is forgotten."""
    community = learnt.get("community")
    elsewhere = community is not None and community != slots.get("community") and "address" not in learnt
    return {**learnt, "address": None} if elsewhere and slots.get("address") else learnt


def _paused_forms(slots: Slots, form: str, begun_inside: str | None) -> list[str]:
    """The dialogues to come back to, the latest last; one that goes on is no longer paused."""
    paused: Iterable[str] = slots.get("paused_forms") or ()
    names = [name for name in paused if name != form]
    return [*names, begun_inside] if begun_inside else names
