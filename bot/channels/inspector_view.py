"""What inspectors read: as in the record they judge by, without telephones and account numbers (docs/desk.md)."""

from typing import Any

from bot.domain.staff import Role, Staff
from bot.masking import mask_text

#: Names of things, which the page asks for again as they stand.
_NAMES = frozenset({"id", "attachment_url", "contact_id", "conversation_id"})


def as_seen_by(who: Staff, answer: dict[str, Any]) -> dict[str, Any]:
    """`answer` for this member of staff: an inspector judges how somebody was served, and needs no numbers for it."""
    return _without_numbers(answer) if who.role is Role.INSPECTOR else answer


def _without_numbers(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: each if key in _NAMES else _masked(each) for key, each in answer.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, dict):
        return _without_numbers(value)
    return [_masked(each) for each in value] if isinstance(value, list) else value
