"""The part of the queue that is read while so many places are free, in plain words (ports.Inbox.next_up)."""

from collections.abc import Sequence

from bot.domain.conversations import Conversation


def head(queue: Sequence[Conversation], places: int) -> list[Conversation]:
    """Of the whole queue, most urgent first."""
    others = [c for c in queue if not _needs_no_place(c)]
    first = sorted(others, key=lambda c: c.offline)[:places]
    return [c for c in queue if _needs_no_place(c) or c in first]


def _needs_no_place(c: Conversation) -> bool:
    return bool(c.emergency or c.for_lead or c.lapsed)
