"""Members of staff: roles, presence, how much they can take."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

#: Conversations that a member of staff may be given to serve at the same time.
MOST_CHATS = 100


class Role(StrEnum):
    AGENT = "agent"
    LEAD = "lead"
    INSPECTOR = "inspector"
    ADMIN = "admin"


class Presence(StrEnum):
    ONLINE = "online"
    BUSY = "busy"  # 置忙: at the seat's edge, takes nothing new
    AWAY = "away"
    OFFLINE = "offline"

    @property
    def absent(self) -> bool:
        """Away from the seat for a moment, and expected back (S0 工作纪律 6)."""
        return self in (Presence.BUSY, Presence.AWAY)


@dataclass(frozen=True, kw_only=True)
class Staff:
    #: 工号: all that a customer ever learns of a person.
    staff_id: str
    name: str
    role: Role
    presence: Presence = Presence.OFFLINE
    reason: str = ""
    #: Since when in this presence; None before the first.
    presence_since: datetime | None = None
    #: When he has to be back at his seat; None while he is there, or has gone home.
    back_by: datetime | None = None
    capacity: int = 10
    #: Skill groups he belongs to, by name.
    groups: tuple[str, ...] = ()
    #: Conversations they own now, and how many of those wait for their reply.
    load: int = 0
    waiting: int = 0
    last_assigned_at: datetime | None = None
    #: Has, or had when gasdesk went down, a desk page open.
    on_desk: bool = False
    #: When a page of theirs was last known to be connected, on any replica.
    seen_at: datetime | None = None

    @property
    def serves(self) -> bool:
        """Talks to customers."""
        return self.role in (Role.AGENT, Role.LEAD)

    @property
    def on_duty(self) -> bool:
        return self.serves and self.presence is not Presence.OFFLINE

    @property
    def has_room(self) -> bool:
        return self.presence is Presence.ONLINE and self.load < self.capacity
