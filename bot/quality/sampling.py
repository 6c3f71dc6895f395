"""Which conversations are drawn for inspection: the same number of each agent, by chance, and so that it can be
worked out again (S1 质检专员 2, 5: 公平、公开、客观，一视同仁). Pure.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.quality.ports import Case


def due_so_far(per_month: int, since: datetime, until: datetime, now: datetime) -> int:
    """How many of the month's are to be drawn by now: in proportion, so that all of a month has its chance."""
    gone = min(1.0, max(0.0, (now - since) / (until - since)))
    return math.ceil(per_month * gone)


def draw(undrawn: Sequence[Case], drawn: Mapping[str, int], due: int, month: str) -> list[Case]:
    """What is still to be drawn of each agent, of what there is.

    Chance is the hash of month and conversation: nobody can foresee or choose it, anybody can check it.
    """
    chosen: list[Case] = []
    for staff_id in sorted({case.staff_id for case in undrawn}):
        theirs = sorted((case for case in undrawn if case.staff_id == staff_id), key=lambda case: _lot(month, case))
        chosen += theirs[: max(0, due - drawn.get(staff_id, 0))]
    return chosen


def _lot(month: str, case: Case) -> str:
    return hashlib.sha256(f"{month}:{case.conversation_id}".encode()).hexdigest()
