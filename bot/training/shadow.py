"""The last real messages, heard by both models: nobody has labelled them, so every changed answer is listed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.training.comparison import LISTED, Gate
from bot.training.judged import Parsed
from bot.training.likeness import shape
from bot.training.report import AlarmRules
from bot.training.review import FALLBACK, Reason, find

#: Different messages that are looked at; more would not be read.
MESSAGES = 500
_VERDICTS = ("none", "ask", "alarm")


@dataclass(frozen=True)
class RealMessage:
    """Without what identifies the customer. `count`: how often it was written, punctuation apart."""

    text: str
    count: int


@dataclass(frozen=True)
class ShadowChange:
    """What both models take a message for, and what it brings with the emergency screen: alarm, ask, none."""

    text: str
    count: int
    live: str
    candidate: str
    live_alarm: str
    candidate_alarm: str


@dataclass(frozen=True)
class Shadow:
    """Of `of` different messages, written `messages` times."""

    of: int
    messages: int
    changed: tuple[ShadowChange, ...]


def real_messages(texts: Sequence[str], most: int = MESSAGES) -> list[RealMessage]:
    """From the latest messages (the latest first) those that could be kept for training, each once."""
    found: dict[str, RealMessage] = {}
    for text in texts:
        # What may enter the review inbox may be shown here, as it would be there.
        kept = find(text, frozenset({Reason.UNSURE}))
        if kept is None:
            continue
        known = found.get(shape(kept.text))
        if known is None and len(found) >= most:
            continue
        found[shape(kept.text)] = RealMessage(known.text if known else kept.text, known.count + 1 if known else 1)
    return list(found.values())


def shadow(heard: Sequence[tuple[RealMessage, Parsed, Parsed]], rules: AlarmRules) -> Shadow:
    """`heard`: by the live model and by the candidate. Emergencies that are heard less come first."""
    changes = [_change(message, live, candidate, rules) for message, live, candidate in heard]
    changed = [one for one in changes if (one.live, one.live_alarm) != (one.candidate, one.candidate_alarm)]
    return Shadow(
        of=len(heard),
        messages=sum(message.count for message, _, _ in heard),
        changed=tuple(sorted(changed, key=lambda one: (_louder(one), -one.count, one.text))),
    )


def shadow_gate(seen: Shadow) -> Gate:
    """A real message that brings less help than before is looked at by a person: it may have been a false alarm."""
    quieter = [one.text for one in seen.changed if _louder(one) < 0]
    words = f"真实消息：最近 {seen.of} 种消息里，报警或询问险情变少的有 {len(quieter)} 种。"
    return Gate("real_emergencies", not quieter, False, words, tuple(quieter[:LISTED]))


def _louder(one: ShadowChange) -> int:
    return _VERDICTS.index(one.candidate_alarm) - _VERDICTS.index(one.live_alarm)


def _change(message: RealMessage, live: Parsed, candidate: Parsed, rules: AlarmRules) -> ShadowChange:
    alarms = [rules.decides(message.text, rules.chance(parsed)) for parsed in (live, candidate)]
    return ShadowChange(message.text, message.count, _answer(live), _answer(candidate), *alarms)


def _answer(parsed: Parsed) -> str:
    return parsed.ranking[0][0] if parsed.understood and parsed.ranking else FALLBACK
