"""What the screen makes of a message: the kind of emergency, and how plainly it is told."""

from dataclasses import dataclass
from enum import IntEnum

from bot.domain.emergencies import EmergencyKind


class Grade(IntEnum):
    """From what speaks most against an emergency to what speaks most for one."""

    #: No sign stands, and it is said outright that all is well ("没人晕倒，他在打盹", "误会，别派车"), or nothing is
    #: said at all ("不知道", "现在").
    DENIED = 0
    #: A sign, but denied, long ago, supposed, asked in general, told by others: "没有漏气", "如果漏气了怎么办".
    TAKEN_BACK = 1
    #: A sign that something else explains: water, a tyre, a drain, an omitted bill, a temper ("气炸了").
    EXPLAINED = 2
    #: No sign at all.
    NOTHING = 3
    #: A sign stands, but the message also talks: it asks, tells of another time or place, thanks, buys.
    TALK = 4
    #: A sign stands.
    SUSPECTED = 5
    #: Gas that escapes or people harmed, in the customer's own place or now, and nothing qualifies it.
    PLAIN = 6


@dataclass(frozen=True)
class Finding:
    grade: Grade
    #: None below Grade.TALK.
    kind: EmergencyKind | None = None
    #: How much the manner in which it is told speaks against it, in log-odds (`emergency_manner`): zero or less.
    leaning: float = 0.0
