"""Who gets whom: pure. The least busy online agent with room; nobody waits beside an idle agent.

Who served the customer last comes first (首问负责制, S1/S2), then the skill group of what he asks about, then anybody:
a preference among those who are free, never a reason to wait.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.desk.groups import group_of
from bot.domain.company import SkillGroup
from bot.domain.conversations import Conversation, Owner
from bot.domain.staff import Presence, Role, Staff

_NEVER = datetime.min.replace(tzinfo=UTC)


def assign(
    waiting: Sequence[Conversation], staff: Sequence[Staff], groups: Sequence[SkillGroup] = ()
) -> list[tuple[Conversation, Staff]]:
    """Pair conversations of the queue, most urgent first, with agents; each pairing counts for the next."""
    members = {member.staff_id: member for member in staff}
    pairs = []
    for conversation in sorted(waiting, key=_live_before_left_messages):
        if conversation.owner is not Owner.QUEUE:
            continue
        member = choose(conversation, list(members.values()), groups)
        if member:
            members[member.staff_id] = replace(member, load=member.load + 1, waiting=member.waiting + 1)
            pairs.append((conversation, member))
    return pairs


def places(staff: Sequence[Staff]) -> int:
    """How many more conversations those who are there have room for."""
    return sum(member.capacity - member.load for member in staff if member.serves and member.has_room)


def choose(conversation: Conversation, staff: Sequence[Staff], groups: Sequence[SkillGroup] = ()) -> Staff | None:
    """The agent for this conversation; None if it has to wait.

    Agents who let this wait lapse are skipped; when no other is left the lead gets it, however much he has. Only
    when there is no lead either does it go back to those who lapsed, rather than to nobody. What is meant for the
    lead goes to him, if he is there, however much he has.
    """
    online = [member for member in staff if member.serves and member.presence is Presence.ONLINE]
    agents = [member for member in online if member.role is Role.AGENT]
    leads = [member for member in online if member.role is Role.LEAD]
    group = group_of(conversation, groups)
    if conversation.emergency and conversation.emergency.concerns_everybody:
        return _for_emergency(conversation, agents, leads, group)
    fresh_agents, fresh_leads = _not_lapsed(conversation, agents), _not_lapsed(conversation, leads)
    if conversation.for_lead and fresh_leads:
        return _least_busy(fresh_leads)
    if conversation.offline:
        calm = [member for member in agents or leads if member.has_room and member.waiting == 0]
        return _preferred(conversation, calm, group)
    free = _preferred(conversation, [agent for agent in fresh_agents if agent.has_room], group)
    if free or (agents and not conversation.lapsed):
        return free
    lead = _least_busy([lead for lead in fresh_leads if lead.has_room or conversation.lapsed])
    return lead or _least_busy([member for member in online if member.has_room])


def _for_emergency(
    conversation: Conversation, agents: Sequence[Staff], leads: Sequence[Staff], group: str
) -> Staff | None:
    """At once, however many they have already; the group that knows emergencies first while it has room."""
    fresh_agents, fresh_leads = _not_lapsed(conversation, agents), _not_lapsed(conversation, leads)
    trained = [agent for agent in fresh_agents if group in agent.groups and agent.has_room]
    best = (_least_busy(members) for members in (trained, fresh_agents, fresh_leads, agents, leads))
    return next(filter(None, best), None)


def _not_lapsed(conversation: Conversation, members: Sequence[Staff]) -> list[Staff]:
    """Those who have not let this wait lapse."""
    return [member for member in members if member.staff_id not in conversation.lapsed]


def _preferred(conversation: Conversation, free: Sequence[Staff], group: str) -> Staff | None:
    """Of those who may get it: who served this customer last, then the least busy of the group, then of all."""
    known = [member for member in free if member.staff_id == conversation.served_by]
    skilled = [member for member in free if group in member.groups]
    return _least_busy(known or skilled or free)


def _least_busy(members: Sequence[Staff]) -> Staff | None:
    return min(members, key=lambda m: (m.load, m.last_assigned_at or _NEVER, m.staff_id), default=None)


def _live_before_left_messages(conversation: Conversation) -> bool:
    """A customer who is there now is served before one who left a message; otherwise the queue's order stands."""
    return conversation.offline and conversation.emergency is None
