"""What `gasdesk channels check` finds out about a channel, for the person who sets it up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    #: In Chinese; never holds a key.
    text: str
    #: What to do about it; "" when all is well.
    advice: str = ""

    @property
    def good(self) -> bool:
        return not self.advice
