"""What customers thought of the service: by who served them, by type of case and by week. Pure."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.surveys import Survey
from bot.masking import mask_text


@dataclass(frozen=True)
class Judged:
    """A survey, answered or not, and the type of the case it is about; "" when none was given."""

    survey: Survey
    category: str


@dataclass(frozen=True)
class Figures:
    asked: int
    answered: int
    #: Points of those who answered; None while nobody has.
    average: float | None


@dataclass(frozen=True)
class SurveyReport:
    total: Figures
    agents: Mapping[str, Figures]
    categories: Mapping[str, Figures]
    #: By the Monday a week begins with, as "2026-11-16".
    weeks: Mapping[str, Figures]
    #: What customers gave as reasons, without personal data, the most frequent first.
    reasons: Sequence[tuple[str, int]]


def survey_report(judged: Sequence[Judged], zone: ZoneInfo) -> SurveyReport:
    """Weeks are those in which the customers were asked, in the company's `zone`."""
    return SurveyReport(
        total=_figures(judged),
        agents=_by(judged, lambda each: each.survey.staff_id),
        categories=_by(judged, lambda each: each.category),
        weeks=_by(judged, lambda each: _monday(each.survey, zone)),
        reasons=Counter(mask_text(each.survey.reason) for each in judged if each.survey.reason).most_common(),
    )


def _by(judged: Sequence[Judged], key: Callable[[Judged], str]) -> Mapping[str, Figures]:
    groups: dict[str, list[Judged]] = {}
    for each in judged:
        groups.setdefault(key(each), []).append(each)
    return {name: _figures(groups[name]) for name in sorted(groups)}


def _figures(judged: Sequence[Judged]) -> Figures:
    scores = [each.survey.score for each in judged if each.survey.score]
    return Figures(len(judged), len(scores), round(sum(scores) / len(scores), 2) if scores else None)


def _monday(survey: Survey, zone: ZoneInfo) -> str:
    day = survey.asked_at.astimezone(zone).date()
    return (day - timedelta(days=day.weekday())).isoformat()
