"""How many messages a channel still lets us send to a customer, and until when: pure.

WeChat (客服消息, and 微信客服 alike) lets a business write only after the customer did something, and only so often:

| the customer | messages | within |
| --- | --- | --- |
| writes | 5 | 48 hours |
| taps a menu, follows the account, scans its code | 3 | 1 minute |

The answer to a request itself costs nothing. What is left has to be spent on answers: automatic prompts are given up
first, and nothing but an answer takes the last two.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.conversations import Kind, Speaker


class Occasion(StrEnum):
    """What the customer did that lets us write."""

    WROTE = "wrote"
    TAPPED = "tapped"
    FOLLOWED = "followed"
    SCANNED = "scanned"


_GRANTS = {
    Occasion.WROTE: (5, timedelta(hours=48)),
    Occasion.TAPPED: (3, timedelta(minutes=1)),
    Occasion.FOLLOWED: (3, timedelta(minutes=1)),
    Occasion.SCANNED: (3, timedelta(minutes=1)),
}
#: Kept for the answer and a second one: automatic prompts and surveys do not touch them.
RESERVE = 2
#: The part of a grant's time that is given away rather than written down at each message.
NEXT_TO_NOTHING = 0.02
_ANSWERS = {Kind.ANSWER, Kind.QUESTION, Kind.SAFETY}


@dataclass(frozen=True)
class Grant:
    occasion: Occasion
    left: int
    until: datetime


@dataclass(frozen=True)
class ReplyWindow:
    """What we may send to one customer now."""

    grants: tuple[Grant, ...] = ()

    def opened(self, occasion: Occasion, now: datetime) -> "ReplyWindow":
        """The customer did something: its grant begins anew, those of other occasions go on."""
        number, lasts = _GRANTS[occasion]
        others = tuple(grant for grant in self._running(now) if grant.occasion is not occasion)
        return ReplyWindow((*others, Grant(occasion, number, now + lasts)))

    def is_fresh(self, occasion: Occasion, now: datetime) -> bool:
        """Opening it again would change next to nothing: all of it is left, and nearly all of its time."""
        number, lasts = _GRANTS[occasion]
        wanted = now + lasts * (1 - NEXT_TO_NOTHING)
        return any(g.occasion is occasion and g.left == number and g.until >= wanted for g in self.grants)

    def is_overtaken(self, occasion: Occasion, at: datetime) -> bool:
        """The customer did the same again after `at`: that counts."""
        _, lasts = _GRANTS[occasion]
        return any(g.occasion is occasion and g.until > at + lasts for g in self.grants)

    def is_open(self, now: datetime) -> bool:
        """Whether anything may be sent but for the number: what is over for now may be sent when he acts again."""
        return bool(self._running(now))

    def left(self, now: datetime) -> int:
        return sum(grant.left for grant in self._running(now))

    def closes_at(self, now: datetime) -> datetime | None:
        """When it will not be open any more; None if that is so already."""
        return max((grant.until for grant in self._running(now)), default=None)

    def spent(self, now: datetime) -> "ReplyWindow":
        """One message was sent; it is taken from what would be lost first."""
        running = sorted(self._running(now), key=lambda grant: grant.until)
        first = next((grant for grant in running if grant.left), None)
        return ReplyWindow(tuple(replace(g, left=g.left - 1) if g is first else g for g in running))

    def used_up(self, now: datetime) -> "ReplyWindow":
        """The channel says that no more may be sent, whatever was counted."""
        return ReplyWindow(tuple(replace(grant, left=0) for grant in self._running(now)))

    def allows(self, kind: Kind, speaker: Speaker, now: datetime) -> bool:
        """Whether a message of this kind is worth what it costs."""
        answers = speaker is Speaker.AGENT or kind in _ANSWERS
        return self.left(now) > (0 if answers else RESERVE)

    def _running(self, now: datetime) -> tuple[Grant, ...]:
        return tuple(grant for grant in self.grants if grant.until > now)


#: The customer has gone, or the channel says that the time is over.
CLOSED = ReplyWindow()


class Verdict(StrEnum):
    """What the channel says to a message."""

    SENT = "sent"
    #: No answer came; it may have arrived.
    UNCERTAIN = "uncertain"
    #: The time is over: this one will never arrive.
    TOO_LATE = "too_late"
    #: The number is used up: it may be sent when the customer acts again.
    USED_UP = "used_up"
    #: Somebody else has the customer, or the talk is over: it may be sent when he writes again.
    NOT_NOW = "not_now"
    #: The customer has blocked us or gone.
    UNREACHABLE = "unreachable"
    #: It will not be taken, whatever happens: something is wrong with it or with our account.
    REFUSED = "refused"


@dataclass(frozen=True)
class Answer:
    verdict: Verdict
    #: For the agent, in Chinese; "" when it was sent.
    reason: str = ""
