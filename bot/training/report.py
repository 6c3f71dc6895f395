"""All figures of one model on labelled sentences: what `make nlu-report` writes and the training page shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.training.judged import Judged, Parsed
from bot.training.measures import (
    CalibrationBin,
    IntentFigures,
    Share,
    by_intent,
    calibration,
    confusion,
    percentile,
    share,
    worst,
)

WORST = 20


@dataclass(frozen=True)
class AlarmTrial:
    """A sentence that must, or must not, bring the safety instruction."""

    name: str
    text: str
    emergency: bool


@dataclass(frozen=True)
class AlarmRules:
    """What a message brings: what the screen and the model find by themselves, and what they decide together."""

    hears: Callable[[str], bool]
    #: From a text and the model's chance of an emergency (0 to 1): "alarm", "ask" (whether it is one) or "none".
    decides: Callable[[str, float], str]
    intents: frozenset[str]
    #: From here on (0 to 1) intents that report an emergency are believed when the model is asked alone.
    confidence: float

    def chance(self, parsed: Parsed) -> float:
        return min(1.0, sum(sure for intent, sure in parsed.ranking if intent in self.intents))

    def by_model(self, parsed: Parsed) -> bool:
        return self.chance(parsed) >= self.confidence


@dataclass(frozen=True)
class AlarmFigures:
    """Of one set: emergencies (`emergency` true: more is better) or look-alikes (fewer is better)."""

    name: str
    emergency: bool
    screen: Share
    model: Share
    #: Alarm, of screen and model together.
    together: Share
    #: Neither alarm nor silence: the customer is asked whether there is danger, and told what to do if so.
    asked: Share
    #: Emergencies that brought neither, or look-alikes that brought an alarm.
    mistakes: tuple[str, ...]


@dataclass(frozen=True)
class SetFigures:
    name: str
    right: Share
    among_three: Share
    understood: Share
    #: Of the understood ones.
    right_if_understood: Share


@dataclass(frozen=True)
class Latency:
    """Milliseconds of one message in Rasa's pipeline, one at a time."""

    mean: float
    p50: float
    p95: float
    p99: float


@dataclass(frozen=True)
class Report:
    model: str
    sets: tuple[SetFigures, ...]
    total: SetFigures
    intents: tuple[IntentFigures, ...]
    confusion: Mapping[str, Mapping[str, int]]
    worst: tuple[Judged, ...]
    calibration: tuple[CalibrationBin, ...]
    #: Expected calibration error.
    calibration_error: float
    alarms: tuple[AlarmFigures, ...]
    latency: Latency


def build_report(
    model: str,
    judged: Sequence[Judged],
    alarms: Sequence[tuple[AlarmTrial, Parsed]],
    rules: AlarmRules,
    *,
    sealed: frozenset[str] = frozenset(),
) -> Report:
    """Sets named in `sealed` count in their own lines only: no sentence and no intent of theirs is shown."""
    open_ = [one for one in judged if one.labelled.name not in sealed]
    bins, error = calibration(open_)
    times = [one.parsed.milliseconds for one in judged] + [parsed.milliseconds for _, parsed in alarms]
    names = dict.fromkeys(one.labelled.name for one in judged)
    return Report(
        model=model,
        sets=tuple(_set(name, [one for one in judged if one.labelled.name == name]) for name in names),
        total=_set("all open sets", open_),
        intents=tuple(by_intent(open_)),
        confusion=confusion(open_),
        worst=tuple(worst(open_, WORST)),
        calibration=tuple(bins),
        calibration_error=error,
        alarms=tuple(_alarms(alarms, rules, sealed)),
        latency=Latency(
            sum(times) / max(1, len(times)), percentile(times, 0.5), percentile(times, 0.95), percentile(times, 0.99)
        ),
    )


def _set(name: str, judged: Sequence[Judged]) -> SetFigures:
    understood = [one for one in judged if one.parsed.understood]
    three = [one for one in judged if one.labelled.intent in [intent for intent, _ in one.parsed.ranking[:3]]]
    return SetFigures(
        name=name,
        right=share(sum(one.right for one in judged), len(judged)),
        among_three=share(len(three), len(judged)),
        understood=share(len(understood), len(judged)),
        right_if_understood=share(sum(one.right for one in understood), len(understood)),
    )


def _alarms(
    trials: Sequence[tuple[AlarmTrial, Parsed]], rules: AlarmRules, sealed: frozenset[str]
) -> list[AlarmFigures]:
    groups: dict[tuple[str, bool], list[tuple[AlarmTrial, Parsed]]] = {}
    for trial, parsed in trials:
        groups.setdefault((trial.name, trial.emergency), []).append((trial, parsed))
    figures = []
    for (name, emergency), members in groups.items():
        chances = [rules.chance(parsed) for _, parsed in members]
        verdicts = [rules.decides(trial.text, chance) for (trial, _), chance in zip(members, chances, strict=True)]
        wrong = "none" if emergency else "alarm"
        mistaken = [trial.text for (trial, _), verdict in zip(members, verdicts, strict=True) if verdict == wrong]
        figures.append(
            AlarmFigures(
                name=name,
                emergency=emergency,
                screen=share(sum(rules.hears(trial.text) for trial, _ in members), len(members)),
                model=share(sum(rules.by_model(parsed) for _, parsed in members), len(members)),
                together=share(verdicts.count("alarm"), len(members)),
                asked=share(verdicts.count("ask"), len(members)),
                mistakes=() if name in sealed else tuple(mistaken),
            )
        )
    return figures
