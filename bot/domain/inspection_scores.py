"""Inspectors' scores by agent and by week. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.company import Inspection as Rules
from bot.domain.inspections import Inspection, Origin


@dataclass(frozen=True)
class Scores:
    #: Drawn by rule: these alone make the average, which what was picked for its faults must not pull down.
    sampled: int
    average: float | None
    #: Of the month's points (S3: 40); None while nothing was drawn.
    month_points: int | None
    #: Picked: emergencies, complaints, breaches, and by hand.
    picked: int
    picked_average: float | None
    fatal: int
    objected: int


@dataclass(frozen=True)
class ScoreReport:
    total: Scores
    agents: Mapping[str, Scores]
    #: By the Monday a week begins with, as "2026-11-16".
    weeks: Mapping[str, Scores]
    #: (agent, week)
    both: Mapping[tuple[str, str], Scores]
    #: What was held against conversations, the most frequent first: name, times, points.
    faults: Sequence[tuple[str, int, int]]


def score_report(published: Sequence[Inspection], rules: Rules, zone: ZoneInfo) -> ScoreReport:
    """Weeks are those in which the conversations were closed, in the company's `zone`."""

    def week(i: Inspection) -> str:
        day = i.closed_at.astimezone(zone).date()
        return (day - timedelta(days=day.weekday())).isoformat()

    return ScoreReport(
        total=_scores(published, rules),
        agents=_by(published, rules, lambda i: i.staff_id),
        weeks=_by(published, rules, week),
        both=_by(published, rules, lambda i: (i.staff_id, week(i))),
        faults=_faults(published),
    )


def _by[Key: (str, tuple[str, str])](
    published: Sequence[Inspection], rules: Rules, key: Callable[[Inspection], Key]
) -> Mapping[Key, Scores]:
    groups: dict[Key, list[Inspection]] = {}
    for each in published:
        groups.setdefault(key(each), []).append(each)
    return {name: _scores(groups[name], rules) for name in sorted(groups)}


def _scores(published: Sequence[Inspection], rules: Rules) -> Scores:
    sampled = [i.score or 0 for i in published if i.origin is Origin.SAMPLE]
    picked = [i.score or 0 for i in published if i.origin is not Origin.SAMPLE]
    average = _average(sampled)
    return Scores(
        sampled=len(sampled),
        average=average,
        month_points=None if average is None else rules.month_points(average),
        picked=len(picked),
        picked_average=_average(picked),
        fatal=sum(i.fatal for i in published),
        objected=sum(i.objected_at is not None for i in published),
    )


def _average(scores: Sequence[int]) -> float | None:
    return round(sum(scores) / len(scores), 1) if scores else None


def _faults(published: Sequence[Inspection]) -> list[tuple[str, int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for deduction in (each for i in published for each in i.sheet.deductions):
        times, points = found.get(deduction.name, (0, 0))
        found[deduction.name] = (times + deduction.times, points + deduction.times * deduction.points)
    return sorted(((name, *both) for name, both in found.items()), key=lambda each: (-each[1], each[0]))
