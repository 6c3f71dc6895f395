"""A candidate against the live model on the same sentences: what gets better, what gets worse, and may it go live."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt

from bot.domain import intents
from bot.training.judged import Labelled, Parsed
from bot.training.measures import Z95, share
from bot.training.report import AlarmRules, AlarmTrial

#: A loss this improbable (0 to 1) by chance is one.
BY_CHANCE = 0.05
#: An intent that loses so much of its recall (0 to 1) has to be explained.
INTENT_LOSS = 0.10
#: Every changed answer is listed; of a candidate that changes more, something else is wrong.
LISTED = 2000


@dataclass(frozen=True)
class Tried:
    """A sentence, its intent, and what the live model and the candidate take it for."""

    labelled: Labelled
    live: Parsed
    candidate: Parsed


@dataclass(frozen=True)
class TriedAlarm:
    trial: AlarmTrial
    live: Parsed
    candidate: Parsed


@dataclass(frozen=True)
class Delta:
    """Of `of` sentences `live` were right before and `candidate` are right now; the difference of the shares lies with
    95 % certainty between `low` and `high`, each share within its own range (Wilson). `p`: how improbable (0 to 1)
    the difference is by chance, whichever way (exact sign test on the sentences that changed)."""

    name: str
    of: int
    live: int
    candidate: int
    low: float
    high: float
    live_range: tuple[float, float]
    candidate_range: tuple[float, float]
    p: float


@dataclass(frozen=True)
class Changed:
    """A sentence whose answer changes."""

    text: str
    intent: str
    live: str
    candidate: str
    better: bool


@dataclass(frozen=True)
class Gate:
    name: str
    passed: bool
    #: Nobody may go on in spite of it.
    fixed: bool
    #: Chinese.
    words: str
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    sets: tuple[Delta, ...]
    intents: tuple[Delta, ...]
    alarms: tuple[Delta, ...]
    changed: tuple[Changed, ...]
    changed_in_all: int
    gates: tuple[Gate, ...]


def compare(
    tried: Sequence[Tried], alarms: Sequence[TriedAlarm], rules: AlarmRules, *, sealed: frozenset[str] = frozenset()
) -> Comparison:
    """Sets named in `sealed` count as a whole only: no sentence and no intent of theirs is shown."""
    names = dict.fromkeys(one.labelled.name for one in tried)
    open_ = [one for one in tried if one.labelled.name not in sealed]
    by_intent = {name: [one for one in open_ if one.labelled.intent == name] for name in _intents(open_)}
    changed = _changed(open_)
    sets = [_of(name, [one for one in tried if one.labelled.name == name]) for name in names]
    per_intent = [_of(name, members) for name, members in by_intent.items()]
    return Comparison(
        sets=(*sets, _of("all", tried)),
        intents=tuple(sorted((one for one in per_intent if one.live != one.candidate), key=_gain)),
        alarms=_alarm_deltas(alarms, rules),
        changed=tuple(changed[:LISTED]),
        changed_in_all=len(changed),
        gates=(*_emergency_gates(alarms, rules, sealed), _accuracy_gate(tried), _intent_gate(per_intent)),
    )


def delta(name: str, pairs: Sequence[tuple[bool, bool]]) -> Delta:
    """From what was right before and what is right now, sentence by sentence (paired Wald interval)."""
    of = len(pairs)
    gained = sum(now and not before for before, now in pairs)
    lost = sum(before and not now for before, now in pairs)
    shift = (gained - lost) / of if of else 0.0
    half = Z95 * sqrt(max(0.0, gained + lost - (gained - lost) ** 2 / of)) / of if of else 0.0
    before, now = sum(b for b, _ in pairs), sum(n for _, n in pairs)
    was, is_ = share(before, of), share(now, of)
    p = min(1.0, 2 * _by_chance(max(lost, gained), min(lost, gained)))
    return Delta(
        name,
        of,
        before,
        now,
        max(-1.0, shift - half),
        min(1.0, shift + half),
        (was.low, was.high),
        (is_.low, is_.high),
        p,
    )


def is_loss(lost: int, gained: int) -> bool:
    """More lost than chance explains: one-sided sign test on the sentences that changed."""
    return lost > gained and _by_chance(lost, gained) < BY_CHANCE


def _by_chance(more: int, fewer: int) -> float:
    """How probable so many, or still more, of the changed sentences fall on one side."""
    changed = more + fewer
    return float(sum(comb(changed, k) for k in range(more, changed + 1)) / 2**changed)


def _of(name: str, members: Sequence[Tried]) -> Delta:
    return delta(name, [(_right(one.labelled, one.live), _right(one.labelled, one.candidate)) for one in members])


def _right(labelled: Labelled, parsed: Parsed) -> bool:
    return _guess(parsed) == labelled.intent


def _guess(parsed: Parsed) -> str:
    return parsed.ranking[0][0] if parsed.ranking else ""


def _intents(tried: Sequence[Tried]) -> list[str]:
    return sorted({one.labelled.intent for one in tried})


def _gain(one: Delta) -> tuple[float, str]:
    return (one.candidate - one.live) / one.of, one.name


def _changed(tried: Sequence[Tried]) -> list[Changed]:
    """What gets worse first."""
    found = [
        Changed(one.labelled.text, one.labelled.intent, _guess(one.live), _guess(one.candidate), better)
        for one in tried
        if _guess(one.live) != _guess(one.candidate)
        for better in [_right(one.labelled, one.candidate)]
    ]
    worse = {one.text for one in found if one.live == one.intent}
    return sorted(found, key=lambda one: (one.text not in worse, one.better, one.intent, one.text))


# --- emergencies ---


def _alarm_deltas(alarms: Sequence[TriedAlarm], rules: AlarmRules) -> tuple[Delta, ...]:
    """What customers get (screen and model together), and the model alone."""
    must = [one for one in alarms if one.trial.emergency]
    must_not = [one for one in alarms if not one.trial.emergency]
    return (
        delta("emergencies_together", [_together(one, rules) for one in must]),
        delta("emergencies_model", [_alone(one, rules) for one in must]),
        delta(
            "lookalikes_together", [(not before, not now) for before, now in (_together(o, rules) for o in must_not)]
        ),
    )


def _together(one: TriedAlarm, rules: AlarmRules) -> tuple[bool, bool]:
    """Who is in danger is told what to do, or asked first; who is not is at most asked."""
    verdicts = [rules.decides(one.trial.text, rules.chance(parsed)) for parsed in (one.live, one.candidate)]
    before, now = [verdict != "none" if one.trial.emergency else verdict == "alarm" for verdict in verdicts]
    return before, now


def _alone(one: TriedAlarm, rules: AlarmRules) -> tuple[bool, bool]:
    return rules.by_model(one.live), rules.by_model(one.candidate)


def _emergency_gates(alarms: Sequence[TriedAlarm], rules: AlarmRules, sealed: frozenset[str]) -> list[Gate]:
    must = [one for one in alarms if one.trial.emergency]
    must_not = [one for one in alarms if not one.trial.emergency]
    together = _missed([(one, *_together(one, rules)) for one in must], sealed)
    alone = _missed([(one, *_alone(one, rules)) for one in must], sealed)
    false = _missed([(one, not before, not now) for one in must_not for before, now in [_together(one, rules)]], sealed)
    return [
        Gate(
            "emergency_recall",
            together.lost <= together.gained,
            True,
            _words(together, "险情（筛查和模型一起）", "漏报"),
            together.sentences,
        ),
        Gate(
            "emergency_model",
            not is_loss(alone.lost, alone.gained),
            True,
            _words(alone, "险情（只看模型）", "漏报"),
            alone.sentences,
        ),
        Gate(
            "emergency_model_small",
            alone.lost <= alone.gained,
            False,
            _words(alone, "险情（只看模型，含偶然波动）", "漏报"),
            alone.sentences,
        ),
        Gate(
            "false_alarms",
            not is_loss(false.lost, false.gained),
            False,
            _words(false, "不是险情的话", "误报"),
            false.sentences,
        ),
    ]


@dataclass(frozen=True)
class _Missed:
    of: int
    lost: int
    gained: int
    sentences: tuple[str, ...]


def _missed(cases: Sequence[tuple[TriedAlarm, bool, bool]], sealed: frozenset[str]) -> _Missed:
    lost = [one.trial for one, before, now in cases if before and not now]
    gained = sum(now and not before for _, before, now in cases)
    shown = tuple(trial.text for trial in lost if trial.name not in sealed)
    return _Missed(len(cases), len(lost), gained, shown[:LISTED])


def _words(missed: _Missed, what: str, mistake: str) -> str:
    return f"{what}：{missed.of} 句中，新{mistake} {missed.lost} 句，改正 {missed.gained} 句。"


# --- everything else ---


def _accuracy_gate(tried: Sequence[Tried]) -> Gate:
    total = _of("all", tried)
    lost = sum(_right(one.labelled, one.live) and not _right(one.labelled, one.candidate) for one in tried)
    gained = total.candidate - total.live + lost
    words = f"测试句 {total.of} 句：现在答对 {total.live} 句，新模型答对 {total.candidate} 句。"
    return Gate("accuracy", not is_loss(lost, gained), False, words)


def _intent_gate(deltas: Sequence[Delta]) -> Gate:
    worse = [one for one in deltas if one.of and one.live - one.candidate > INTENT_LOSS * one.of and one.high < 0]
    named = "、".join(f"{intents.label(one.name)}（{one.live}→{one.candidate}/{one.of}）" for one in worse)
    words = f"明显变差的意图：{named}。" if worse else "没有明显变差的意图。"
    return Gate("intents", not worse, False, words)
