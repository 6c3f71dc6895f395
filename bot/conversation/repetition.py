"""What the assistant has just said is not said over again: pure.

The model reads each message by itself, so that "抬头要写公司" behind an answer about invoices brings that answer once
more. Nobody who is told the same twice feels heard; what is new in it is said, and if nothing is, so much is owned up.
Who repeats his own words wants it again, and gets it.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.conversations import Message, Speaker
from bot.ports import Bubble

#: Later it has gone out of sight, and out of mind.
IN_SIGHT = timedelta(minutes=5)
#: What is shorter is a courtesy or a question, which may come again.
SHORTEST = 20


def what_is_new(
    bubbles: tuple[Bubble, ...], *, asks: bool, message: Message, before: Sequence[Message]
) -> tuple[Bubble, ...]:
    """The bubbles of an answer that are worth saying; none if there is nothing but what was said just now.

    Args:
        asks: the last one is a question, which is put however often it takes.
        message: the customer's, that is answered.
        before: what was said from the customer's message before it on, oldest first.
    """
    asked_before = [m.text for m in before if m.speaker is Speaker.CUSTOMER]
    if message.text in asked_before:
        return bubbles
    told = {m.text for m in before if m.speaker is Speaker.BOT and message.at - m.at <= IN_SIGHT}
    question = bubbles[-1] if asks else None
    new = tuple(bubble for bubble in bubbles if bubble is question or not _is_known(bubble, told))
    if len(new) == len(bubbles) or asks:
        return new
    return new if any(len(bubble.text) >= SHORTEST for bubble in new) else ()


def _is_known(bubble: Bubble, told: set[str]) -> bool:
    """One with buttons asks for something, too."""
    return bubble.text in told and not bubble.buttons and len(bubble.text) >= SHORTEST
