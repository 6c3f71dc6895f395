"""How often a question may be put: nobody is asked the same thing three times. Pure.

The slot `asked` counts how often each open question was said since the customer last brought the dialogue forward.
"""

from collections.abc import Collection
from enum import Enum, auto

from actions.capability import PERSON_OFFERED
from actions.turns import Slots, Step

ASKED = "asked"
FAILURES_BEFORE_OFFER = 2
TIMES_BEFORE_OFFER = 2


class Move(Enum):
    """What is done instead of, or together with, a question."""

    ASK = auto()
    #: The customer asked other things in between, or said thank you: the question stays open, but is not said again.
    KEEP_OPEN = auto()
    OFFER_PERSON = auto()
    #: A person was offered already, and the next answer failed too.
    HAND_OVER = auto()


def times_asked(slots: Slots, question: str) -> int:
    return int((slots.get(ASKED) or {}).get(question, 0))


def brings_forward(step: Step, slots: Slots) -> bool:
    """Whether the customer's message added to what is known."""
    return any(slots.get(name) != value for name, value in step.learnt.items())


def next_move(step: Step, slots: Slots, *, coming_back: bool) -> Move:
    """What follows when `step` would put its question (`step.ask`) now."""
    anew = step.fresh or (brings_forward(step, slots) and not coming_back)
    before = 0 if anew else times_asked(slots, step.ask or "")
    failures = failures_after(step, slots)
    if coming_back or not (step.asks_again or step.question_said):
        return Move.KEEP_OPEN if before >= TIMES_BEFORE_OFFER else Move.ASK
    if not step.asks_again:
        return Move.ASK
    if before < TIMES_BEFORE_OFFER and failures < FAILURES_BEFORE_OFFER:
        return Move.ASK
    return Move.HAND_OVER if slots.get("offer") == PERSON_OFFERED else Move.OFFER_PERSON


def failures_after(step: Step, slots: Slots) -> int:
    return (slots.get("failures") or 0) + 1 if step.failed else 0


def asked_after(step: Step, slots: Slots, questions: Collection[str], *, coming_back: bool = False) -> dict[str, int]:
    """The slot `asked` afterwards; `questions` are the dialogue's own, which start at nought when it gets on.

    What is learnt on coming back was said about something else.
    """
    anew = step.fresh or (brings_forward(step, slots) and not coming_back)
    counts = without(slots, questions) if anew else dict(slots.get(ASKED) or {})
    if step.asks_again and step.ask:
        counts[step.ask] = counts.get(step.ask, 0) + 1
    return counts


def without(slots: Slots, questions: Collection[str]) -> dict[str, int]:
    """The slot `asked` without these questions."""
    return {name: times for name, times in (slots.get(ASKED) or {}).items() if name not in questions}
