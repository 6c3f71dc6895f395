"""The lead's board worked out from the rows, and how a board that was shown differs from it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.domain.conversations import Owner
from tests.day.promises import LIMIT, QUICK
from tests.day.rows import Case, Day

Json = dict[str, Any]


def board(day: Day, now: datetime) -> Json:
    """As docs/protocol.md shapes it, without the targets."""
    queue = [case for case in day.of(Owner.QUEUE) if not case.row["offline"]]
    asked = [case for case in day.cases if case.asked_at]
    return {
        "queue": {
            "length": len(queue),
            "waiting_since": min((case.unanswered_since for case in queue if case.unanswered_since), default=None),
            "left": len(day.of(Owner.QUEUE)) - len(queue),
        },
        "emergencies": sum(case.emergency_concerns_everybody for case in day.cases),
        "breaches": len(day.breaches),
        "absences": day.absences,
        "rates": {
            "asked": len(asked),
            "answered": sum(case.first_reply_at is not None for case in asked),
            "quick": _share([_within(case, QUICK, now) for case in asked]),
            "in_limit": _share([_within(case, LIMIT, now) for case in asked]),
            "at_all": _share([True if case.first_reply_at else _within(case, LIMIT, now) for case in asked]),
        },
    }


def differences(shown: Json, right: Json) -> list[str]:
    """Where the board that was shown is not the one that the rows tell."""
    flat, truth = _flat(shown), _flat(right)
    return [f"{key}: {flat.get(key)} instead of {truth[key]}" for key in truth if not _same(flat.get(key), truth[key])]


def _within(case: Case, span: Any, now: datetime) -> bool | None:
    assert case.asked_at
    if case.first_reply_at:
        return bool(case.first_reply_at - case.asked_at <= span)
    if case.row["closed_at"]:
        return False
    return False if now - case.asked_at > span else None


def _share(decided: Sequence[bool | None]) -> float | None:
    known = [one for one in decided if one is not None]
    return sum(known) / len(known) if known else None


def _flat(board: Json) -> dict[str, Any]:
    return {
        f"{group}.{name}" if isinstance(value, dict) else group: one
        for group, value in board.items()
        for name, one in (value.items() if isinstance(value, dict) else [(group, value)])
    }


def _same(shown: Any, right: Any) -> bool:
    if isinstance(right, datetime) and isinstance(shown, str):
        return abs((datetime.fromisoformat(shown) - right).total_seconds()) < 0.002
    if isinstance(right, float) and isinstance(shown, int | float):
        return abs(shown - right) < 1e-9
    return bool(shown == right)
