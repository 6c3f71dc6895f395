"""What passes between a dialogue and Rasa: what was heard, what is said, and the signals to gasdesk's core."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.emergencies import EmergencyKind
from bot.domain.knowledge import ArticleUse
from bot.domain.work_orders import Record

type Json = Any
type Slots = Mapping[str, Json]
type Signal = dict[str, Json]

PERSON = "转人工客服"
"""What a customer can type, or a button sends, to get a person."""


@dataclass(frozen=True)
class Heard:
    """The customer's last message: the words, and the intent the model gave them."""

    text: str = ""
    intent: str = ""
    #: Of the model, 0 to 1.
    confidence: float = 1.0
    #: More of the same message follows at once: nothing is asked yet (assistant/clauses.py).
    more: bool = False


NOTHING_HEARD = Heard()


@dataclass(frozen=True)
class Say:
    """One response of domain.yml, what fills its {names}, and buttons that are only known now."""

    response: str
    facts: Mapping[str, object] = field(default_factory=dict)
    #: What the customer reads is what is sent: buttons work on every channel, as if typed.
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one message of the customer led to in a dialogue."""

    #: The slot whose question comes next; None ends the dialogue.
    ask: str | None
    learnt: Slots = field(default_factory=dict)
    says: tuple[Say, ...] = ()
    signals: tuple[Signal, ...] = ()
    #: The answer was not understood, or led nowhere: twice in a row, and a person is offered.
    failed: bool = False
    #: What was asked is answered; the question only offers more, and is left out in the middle of another dialogue.
    optional: bool = False
    #: `says` already holds the question.
    question_said: bool = False
    #: The customer is asked once more, which counts; not so when he wants time to look.
    asks_again: bool = True
    #: Nothing was asked for yet: what was talked about before still is the subject.
    without_subject: bool = False
    #: The customer wants to go on or begins anew: what was asked in vain before no longer counts.
    fresh: bool = False
    #: At the end: ask what else there is to do, unless another dialogue waits to go on.
    closing: bool = False
    #: At the end: keep what was collected, to go on later.
    keep: bool = False
    #: At the end: what a "好的" would accept.
    offer: str | None = None
    #: At the end: the form that takes the matter over.
    then: str | None = None

    @property
    def hands_over(self) -> bool:
        return any("handoff" in signal for signal in self.signals)


def say(response: str, **facts: object) -> Say:
    return Say(response, facts)


def handoff(reason: str, *, urgent: bool = False, for_lead: bool = False) -> Signal:
    """Ask the core for a person; `reason` is for the agent.

    Args:
        urgent: ahead of ordinary waits.
        for_lead: the team lead is to serve it, if one is there.
    """
    marks = {"urgent": urgent, "for_lead": for_lead}
    return {"handoff": {"reason": reason, **{name: True for name, given in marks.items() if given}}}


def emergency(kind: EmergencyKind) -> Signal:
    return {"emergency": str(kind)}


def account_matched(number: str) -> Signal:
    return {"account": {"number": number, "state": "matched"}}


def account_not_matched(stated: str) -> Signal:
    return {"account": {"number": stated, "state": "not_matched"}}


def collected(facts: Mapping[str, str]) -> Signal:
    """What the assistant learnt, in Chinese labels, for the summary the agent gets at a hand-off."""
    return {"collected": [{"label": label, "value": value} for label, value in facts.items()]}


def no_emergency() -> Signal:
    """The message answers the open question beyond doubt, and no word of danger is in it, whatever the model says."""
    return {"no_emergency": True}


def an_answer() -> Signal:
    """The message answers the open question: what the model takes it for says nothing."""
    return {"an_answer": True}


def unfinished(go_on: str) -> Signal:
    """A dialogue waits for an answer; the customer takes it up again by writing `go_on`."""
    return {"unfinished": go_on}


def record(order: Record) -> Signal:
    """Have the core file this, in one transaction with the answer: what the customer never gets is never filed."""
    given = {name: value for name, value in vars(order).items() if value not in (None, "", False)}
    return {"records": [{**given, **({"due_at": order.due_at.isoformat()} if order.due_at else {})}]}


def article_used(use: ArticleUse) -> Signal:
    """An article of the knowledge base was shown to the customer, or judged by him."""
    return {"articles": [{"id": use.article_id, "question": use.question, "verdict": str(use.verdict)}]}


def note_order(number: str, text: str, **corrected: str) -> Signal:
    """Add a line to an order that is there, and put `corrected` right on it (the fields of OrderNote)."""
    return {"order_notes": [{"number": number, "text": text, **corrected}]}


def heard_in(message: Mapping[str, Json]) -> Heard:
    """The customer's message out of Rasa's `latest_message`."""
    intent = message.get("intent") or {}
    confidence = intent.get("confidence", 1.0)
    return Heard(
        text=message.get("text") or "",
        intent=intent.get("name") or "",
        confidence=confidence,
        more=bool(message.get("more")),
    )


def handled_already(events: Iterable[Mapping[str, Json]], form: str) -> bool:
    """Whether something else than `form` has answered the customer's last message.

    So it is when a form is come back to after an interruption: the message is then no answer to its question.
    """
    handled = False
    for event in events:
        if event.get("event") == "user":
            handled = False
        elif event.get("event") == "action":
            handled = handled or event.get("name") not in (form, "action_listen", "action_extract_slots")
    return handled


def begun_before(events: Iterable[Mapping[str, Json]], form: str) -> bool:
    """Whether `form` was active already when the customer wrote last; else another action has just led to it."""
    named = [event.get("name") if event.get("event") == "active_loop" else event.get("event") for event in events]
    last = max((place for place, name in enumerate(named) if name == "user"), default=0)
    return form in named[:last]


def interrupted_form(events: Iterable[Mapping[str, Json]], form: str) -> str | None:
    """The form that was active when `form` began, if any."""
    loops = [event.get("name") for event in events if event.get("event") == "active_loop"]
    if loops and loops[-1] == form:
        loops.pop()
    return loops[-1] if loops and loops[-1] != form else None


def continues(events: Iterable[Mapping[str, Json]]) -> bool:
    """Whether the last message is a later part of what the customer wrote in one go."""
    parsed = [event.get("parse_data") or {} for event in events if event.get("event") == "user"]
    return len(parsed) > 1 and bool(parsed[-2].get("more"))


def silence_before(events: Iterable[Mapping[str, Json]]) -> float:
    """Seconds between the customer's last message and the one before it; 0 if there is none."""
    times = [event["timestamp"] for event in events if event.get("event") == "user" and event.get("timestamp")]
    return float(times[-1] - times[-2]) if len(times) > 1 else 0.0
