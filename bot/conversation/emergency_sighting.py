"""A sign seen at one place of a message, with what stands around it: what the vetoes look at."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from bot.conversation.emergency_lookalikes import NOW
from bot.conversation.emergency_sorts import Sign
from bot.conversation.emergency_text import Message

#: How far a veto looks to either side, in characters: keeps the work per sighting bounded.
REACH = 60
_NOW = re.compile(NOW)


@dataclass(frozen=True)
class Sighting:
    """`sign` stands at `start` to `end` of the message's text."""

    sign: Sign
    start: int
    end: int
    message: Message

    @cached_property
    def _bounds(self) -> tuple[int, int]:
        left, right = self.message.clause_around(self.start, self.end)
        return max(left, self.start - REACH), min(right, self.end + REACH)

    @cached_property
    def found(self) -> str:
        return self.message.text[self.start : self.end]

    @cached_property
    def before(self) -> str:
        """What stands before the sign in its own clause."""
        return self.message.text[self._bounds[0] : self.start]

    @cached_property
    def after(self) -> str:
        """What stands after the sign in its own clause."""
        return self.message.text[self.end : self._bounds[1]]

    @cached_property
    def clause(self) -> str:
        return self.message.text[self._bounds[0] : self._bounds[1]]

    @cached_property
    def clause_before(self) -> str:
        start, end = self.message.clause_before(self._bounds[0])
        return self.message.text[max(start, end - REACH) : end]

    @cached_property
    def clause_after(self) -> str:
        start, end = self.message.clause_after(self._bounds[1])
        return self.message.text[start : min(end, start + REACH)]

    @cached_property
    def later(self) -> str:
        """What follows the sign, in its own clause and the next ones."""
        return self.message.text[self.end : self.end + 3 * REACH]

    @cached_property
    def around(self) -> str:
        """Several clauses to either side: what the talk is about."""
        return self.message.text[max(0, self.start - REACH) : self.end + REACH]

    @cached_property
    def happens_now(self) -> bool:
        return _NOW.search(self.clause) is not None


Veto = Callable[[Sighting], bool]
"""Whether it takes the sighting back."""
