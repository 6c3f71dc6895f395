"""Labelled messages on their way into the examples, and what is checked before: pure rules."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from bot.domain import intents
from bot.training.judged import Labelled
from bot.training.likeness import near_between, near_pairs, shape
from bot.training.review import Guess

#: An intent with so many times the usual number of examples pulls unsure messages to itself.
CROWDED = 4
#: … if so large a part (0 to 1) comes at once.
GROWN = 0.05


class Level(StrEnum):
    #: Nothing is written as long as it is there.
    STOP = "stop"
    #: Written only if somebody says why.
    REASON = "reason"
    NOTICE = "notice"


@dataclass(frozen=True)
class Addition:
    item_id: str
    intent: str
    text: str
    #: What the live model took it for.
    guesses: tuple[Guess, ...] = ()
    #: As it is written, with what is marked in it; "" if that is just the text.
    marked: str = ""

    @property
    def line(self) -> str:
        return self.marked or self.text


@dataclass(frozen=True)
class Finding:
    level: Level
    #: Which message it is about; "" for all.
    text: str
    #: Chinese: what is wrong, and what to do.
    words: str


@dataclass(frozen=True)
class EmergencyRules:
    """What becomes of a message in service, and which intents are emergencies."""

    hears: Callable[[str], bool]
    #: The verdict on a text, as "alarm", "ask" or "none", beside the live model's chance (0 to 1) of an emergency;
    #: None where the model was never asked.
    decides: Callable[[str, float | None], str]
    intents: frozenset[str]


def news(additions: Sequence[Addition], known: Sequence[Labelled]) -> list[Addition]:
    """Those that are no examples of their intent yet, in stable order: by intent, then by text."""
    there = {(one.intent, shape(one.text)) for one in known}
    fresh = [one for one in additions if (one.intent, shape(one.text)) not in there]
    return sorted(fresh, key=lambda one: (one.intent, one.text))


def check(
    additions: Sequence[Addition], known: Sequence[Labelled], tried: Sequence[Labelled], emergencies: EmergencyRules
) -> list[Finding]:
    """What speaks against writing these additions; the gravest first. `tried`: the sentences of all test sets."""
    found = [finding for one in additions for finding in _emergency(one, emergencies)]
    found += _beside_known(additions, known, emergencies.intents)
    found += _against_each_other(additions)
    found += _given_away(additions, tried)
    found += _crowded(additions, known)
    order = list(Level)
    return sorted(dict.fromkeys(found), key=lambda finding: order.index(finding.level))


def _emergency(one: Addition, rules: EmergencyRules) -> list[Finding]:
    """An emergency that is labelled as something else would teach the assistant to miss it."""
    if one.intent in rules.intents:
        return []
    label = intents.label(one.intent)
    chance = sum(confidence for name, confidence in one.guesses if name in rules.intents)
    verdict = rules.decides(one.text, chance if one.guesses else None)
    if verdict == "alarm" and rules.hears(one.text):
        words = f"这句话在报告险情，却标注为“{label}”，不能写入。请撤销这条标注，改成对应的险情意图或“不用于训练”。"
        return [Finding(Level.STOP, one.text, words)]
    if verdict != "none" or rules.hears(one.text):
        words = f"这句话可能在报告险情，却标注为“{label}”。请确认不是险情，并写明理由。"
        return [Finding(Level.REASON, one.text, words)]
    return []


def _beside_known(
    additions: Sequence[Addition], known: Sequence[Labelled], emergencies: frozenset[str]
) -> list[Finding]:
    found = []
    for one, other in _pairs(additions, known):
        if one.intent == other.intent:
            continue
        label, its_label = intents.label(one.intent), intents.label(other.intent)
        same = shape(one.text) == shape(other.text)
        if same:
            words = (
                f"训练数据里已有同一句话，意图是“{its_label}”，与这次标注的“{label}”矛盾。请撤销这条标注后重新判断。"
            )
        else:
            words = f"和“{its_label}”的例句“{other.text}”几乎相同，这次却标注为“{label}”。"
        grave = same or (other.intent in emergencies) is not (one.intent in emergencies)
        advice = "" if same else "请撤销这条标注后重新判断。" if grave else "如果两者确实不同，请写明理由。"
        found.append(Finding(Level.STOP if grave else Level.REASON, one.text, words + advice))
    return found


def _against_each_other(additions: Sequence[Addition]) -> list[Finding]:
    pairs = [(additions[i], additions[j]) for i, j in near_pairs([one.text for one in additions])]
    return [
        Finding(
            Level.REASON,
            one.text,
            f"和这次的另一条“{other.text}”几乎相同，却分别标注为“{intents.label(one.intent)}”和“{intents.label(other.intent)}”。"
            "如果两者确实不同，请写明理由。",
        )
        for one, other in pairs
        if one.intent != other.intent
    ]


def _given_away(additions: Sequence[Addition], tried: Sequence[Labelled]) -> list[Finding]:
    """A test sentence among the examples measures memory, not understanding."""
    words = "和测试集里的句子几乎相同，写进去会让测试结果失真。请撤销这条标注，改为“不用于训练”。"
    return [Finding(Level.STOP, one.text, words) for one, _ in _pairs(additions, tried)]


def _crowded(additions: Sequence[Addition], known: Sequence[Labelled]) -> list[Finding]:
    counts = Counter(one.intent for one in known)
    usual = median(counts.values()) if counts else 0
    found = []
    for intent, added in Counter(one.intent for one in additions).items():
        after = counts[intent] + added
        if usual and after > CROWDED * usual and added > GROWN * counts[intent]:
            words = f"“{intents.label(intent)}”将有 {after} 条例句，一般的意图只有约 {usual:.0f} 条；助手会偏向它。"
            found.append(Finding(Level.NOTICE, "", words))
    return found


def _pairs(additions: Sequence[Addition], others: Sequence[Labelled]) -> list[tuple[Addition, Labelled]]:
    pairs = near_between([one.text for one in additions], [other.text for other in others])
    return [(additions[i], others[j]) for i, j in pairs]


def by_intent(additions: Sequence[Addition]) -> Mapping[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for one in additions:
        grouped.setdefault(one.intent, []).append(one.line)
    return grouped
