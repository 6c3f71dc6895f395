"""Who at the desk is told what: the rooms of the Socket.IO namespace /desk."""

from bot.domain.conversations import Conversation, Owner
from bot.domain.staff import Role, Staff

NAMESPACE = "/desk"
STAFF, LEADS = "staff", "leads"


def room_of(staff_id: str | None) -> str:
    """All pages of this member of staff."""
    return f"staff:{staff_id}"


def of_all_agents(c: Conversation) -> bool:
    """The queue, left messages and alarms concern everybody."""
    return c.owner is Owner.QUEUE or (not c.closed and c.emergency is not None and c.emergency.concerns_everybody)


def may_see(member: Staff, c: Conversation) -> bool:
    if member.role is Role.LEAD:
        return True
    return member.serves and (of_all_agents(c) or c.staff_id == member.staff_id)
