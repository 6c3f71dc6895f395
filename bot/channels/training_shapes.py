"""What the training page is sent."""

from collections.abc import Sequence
from typing import Any

from bot.channels.shapes import moment
from bot.domain import intents
from bot.training.examples import Example
from bot.training.flags import Flag
from bot.training.review import Group, Guess, Item

Json = dict[str, Any]


def group(found: Group, *, held_by: str | None) -> Json:
    """Messages that say nearly the same; the first speaks for them. `held_by`: the colleague who has it open."""
    return {
        **item(found.head),
        "count": found.count,
        "reasons": [{"code": reason.value, "words": reason.words} for reason in found.reasons],
        "flags": [_flag(flag) for flag in found.flags],
        "held_by": held_by,
        "others": [{"id": other.id, "version": other.version, "text": other.text} for other in found.others],
    }


def item(one: Item) -> Json:
    return {
        "id": one.id,
        "version": one.version,
        "text": one.text,
        "count": one.count,
        "first_at": moment(one.first_at),
        "last_at": moment(one.last_at),
        "guesses": guesses(one.guesses),
        "state": one.state.value,
        "intent": one.intent,
        "label": one.intent and intents.label(one.intent),
        "examples": [_example(example) for example in one.examples],
        "decided_by": one.decided_by,
        "decided_at": moment(one.decided_at),
        "note": one.note,
        "folded_into": one.folded_into,
        "in_examples": one.change_id is not None,
    }


def _flag(flag: Flag) -> Json:
    return {"staff_id": flag.staff_id, "at": moment(flag.at), "why": flag.why, "by_note": flag.by_note}


def _example(one: Example) -> Json:
    entities = [{"start": e.start, "end": e.end, "entity": e.name} for e in one.entities]
    return {"text": one.text, "intent": one.intent, "label": intents.label(one.intent), "entities": entities}


def guesses(found: Sequence[Guess]) -> list[Json]:
    return [
        {"intent": name, "label": intents.label(name), "confidence": round(confidence, 3)} for name, confidence in found
    ]
