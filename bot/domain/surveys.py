"""Answers to the satisfaction survey: how they are written, and what they mean. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.domain.company.satisfaction import Satisfaction
from bot.domain.conversations import Button

#: Who gives so many points or fewer is asked why.
ASK_WHY_UP_TO = 3

_GRADE = re.compile(r"评价[：:]\s*([1-5])\b.*")
_REASON = re.compile(r"评价原因[：:]\s*(\S.{0,499})", re.DOTALL)
_BARE = re.compile(r"([1-5])\s*分?[。.!！]?")


@dataclass(frozen=True, kw_only=True)
class Survey:
    conversation_id: str
    contact_id: str
    #: Who served the customer.
    staff_id: str
    asked_at: datetime
    #: 5 is the best; None: not answered.
    score: int | None = None
    reason: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True)
class SurveyAnswer:
    score: int | None = None
    reason: str = ""
    #: Written by hand, not by a button: counts only right after the question, so that no other "5" is taken for one.
    bare: bool = False


def grade_buttons(company: Satisfaction) -> tuple[Button, ...]:
    points = range(5, 0, -1)
    return tuple(Button(title, f"评价：{score} {title}") for score, title in zip(points, company.grades, strict=True))


def reason_buttons(company: Satisfaction) -> tuple[Button, ...]:
    return tuple(Button(reason, f"评价原因：{reason}") for reason in company.reasons)


def read_answer(text: str, company: Satisfaction) -> SurveyAnswer | None:
    """What the customer says of the service; None if the text is something else."""
    said = text.strip()
    if found := _GRADE.fullmatch(said):
        return SurveyAnswer(score=int(found[1]))
    if found := _REASON.fullmatch(said):
        return SurveyAnswer(reason=found[1].strip())
    if found := _BARE.fullmatch(said):
        return SurveyAnswer(score=int(found[1]), bare=True)
    if said in company.grades:
        return SurveyAnswer(score=5 - company.grades.index(said), bare=True)
    return None
