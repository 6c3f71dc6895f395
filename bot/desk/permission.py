"""Whose conversation it is: who may act on it, and what to tell the others."""

from bot.domain.conversations import Conversation, Owner
from bot.domain.staff import Staff


class NotAllowed(Exception):
    """The conversation is not in a state, or not in the hands, for this; the text says why, in Chinese."""


def refuse_if(condition: bool, why: str) -> None:
    """Raises NotAllowed."""
    if condition:
        raise NotAllowed(why)


def must_own(c: Conversation, who: Staff) -> None:
    """Raises NotAllowed unless the conversation is in this person's hands."""
    refuse_if(c.closed, "会话已结束。")
    if c.owner is Owner.AGENT and c.staff_id == who.staff_id:
        return
    holder = f"现在由工号 {c.staff_id} 负责" if c.owner is Owner.AGENT else "请先接入会话"
    raise NotAllowed(f"这个会话不在您手中，{holder}。")
