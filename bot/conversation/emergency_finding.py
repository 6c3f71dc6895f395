"""What the screen makes of a message: the kind of emergency, and how plainly it is told."""

from dataclasses import dataclass
from enum import IntEnum

from bot.domain.emergencies import EmergencyKind


class Grade(IntEnum):
    """From what speaks most against an emergency to what speaks most for one."""

    #: A sign, but denied, long ago, supposed, asked in general, told by others: "没有漏气", "如果漏气了怎么办".
    TAKEN_BACK = 0
    #: A sign that something else explains: water, a tyre, a drain, an omitted bill.
    EXPLAINED = 1
    #: No sign at all.
    NOTHING = 2
    #: A sign stands, but the message also talks: it asks, tells of another time or place, thanks, buys.
    TALK = 3
    #: A sign stands.
    SUSPECTED = 4
    #: Gas that escapes or people harmed, in the customer's own place or now, and nothing qualifies it.
    PLAIN = 5


@dataclass(frozen=True)
class Finding:
    grade: Grade
    #: None below Grade.TALK.
    kind: EmergencyKind | None = None
