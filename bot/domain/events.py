"""Facts other rooms react to (the table is bot/reactions.py).

An event is a hint that goes out after the commit. The stored state is the truth: whatever a lost
event would have set in motion, a timer or the next start sets in motion again.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.conversations import Conversation, Message
from bot.domain.desk_log import LogEntry
from bot.domain.inspections import Inspection
from bot.domain.notes import Note
from bot.domain.staff import Staff
from bot.domain.work_orders import WorkOrder


@dataclass(frozen=True)
class Event:
    pass


@dataclass(frozen=True)
class ConversationChanged(Event):
    """Emitted once for every committed change, after all its other events."""

    conversation: Conversation
    before: Conversation | None
    #: When it was committed.
    at: datetime


@dataclass(frozen=True)
class MessagePosted(Event):
    conversation: Conversation
    message: Message


@dataclass(frozen=True)
class NoteWritten(Event):
    """A private note of the staff."""

    conversation: Conversation
    note: Note


@dataclass(frozen=True)
class AssistantOwesAnswer(Event):
    conversation_id: str


@dataclass(frozen=True)
class AssistantUnderstood(Event):
    """What the assistant took messages for that it answered: what it could learn from."""

    conversation_id: str
    #: The last of the customer's messages that were answered together, and what they say.
    seq: int
    texts: tuple[str, ...]
    intent: str
    #: The likeliest intents with their confidence (0 to 1), best first.
    guesses: tuple[tuple[str, float], ...]
    #: A person takes over.
    handed_over: bool
    #: The customer said that the answer before this did not help.
    unhelpful: bool


@dataclass(frozen=True)
class QueueChanged(Event):
    """Somebody waits, a seat is free, or somebody came or left: the queue has to be worked."""


@dataclass(frozen=True)
class EmergencyRaised(Event):
    conversation: Conversation


@dataclass(frozen=True)
class EmergencyUndispatched(Event):
    conversation: Conversation


@dataclass(frozen=True)
class EmergencyAccepted(Event):
    conversation: Conversation


@dataclass(frozen=True)
class AgentWarned(Event):
    """Thirty seconds left of the agent's two minutes."""

    conversation: Conversation


@dataclass(frozen=True)
class PromiseBroken(Event):
    conversation: Conversation
    #: Who let it lapse; None for a wait in the queue.
    staff_id: str | None


@dataclass(frozen=True)
class MovedAfterBreach(Event):
    conversation: Conversation
    staff_id: str
    moved_to: str


@dataclass(frozen=True)
class StaffChanged(Event):
    staff: Staff


@dataclass(frozen=True)
class StayedAway(Event):
    """Somebody has been away from the seat for longer than allowed."""

    staff: Staff
    #: What the desk's log says.
    text: str


@dataclass(frozen=True)
class Whispered(Event):
    """A lead told the conversation's agent something that the customer does not see."""

    conversation: Conversation
    text: str
    staff_id: str
    at: datetime


@dataclass(frozen=True)
class ReplyLimited(Event):
    """The customer's platform limits what may still be said to him; `text` tells the agent, in Chinese."""

    conversation: Conversation
    text: str


@dataclass(frozen=True)
class Broadcast(Event):
    """A lead told all agents something, or those of the group that the entry is about."""

    entry: LogEntry


@dataclass(frozen=True)
class InspectionMoved(Event):
    """Its agent may read it now, or it has changed since: published, corrected, objected to, decided."""

    inspection: Inspection
    at: datetime


@dataclass(frozen=True)
class AssistantReady(Event):
    """The assistant can answer (again)."""


@dataclass(frozen=True)
class OrderChanged(Event):
    """Emitted once for every committed change of a work order, also when it was filed."""

    order: WorkOrder
    #: When it was committed.
    at: datetime

    @property
    def conversation_id(self) -> str:
        return self.order.conversation_id


@dataclass(frozen=True)
class OrderReminded(Event):
    """Something about an order has to be done soon, or should have been; `text` tells the desk, in Chinese."""

    order: WorkOrder
    what: str
    text: str

    @property
    def conversation_id(self) -> str:
        return self.order.conversation_id
