"""Conversations, one at a time, to be changed: the unit of work."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.domain.conversations import Breach, Conversation, Draft, Message
from bot.domain.desk_log import Did
from bot.domain.events import Event
from bot.domain.surveys import Survey, SurveyAnswer
from bot.domain.work_orders import NewOrder, OrderNote, WorkOrder
from bot.ports.timers import Timer


class NoSuchConversation(LookupError):
    """No conversation has this id."""


@dataclass(frozen=True)
class Beside:
    """What a channel keeps of a customer under a name, and what becomes of it (None: nothing) when he writes."""

    name: str
    change: Callable[[dict[str, Any] | None], dict[str, Any] | None]


@dataclass(frozen=True)
class Contact:
    """A customer on one channel. `id` names the channel too ("web:9f2c…")."""

    id: str
    channel: str
    #: Changed in the transaction that opens his conversation, so that it is stored with what he wrote.
    beside: Beside | None = field(default=None, compare=False)


class Work(Protocol):
    """One conversation, locked, in one transaction. Its timers are written with it, its events go out after it."""

    conversation: Conversation

    def change(self, **fields: Any) -> None:
        """Replace fields of the conversation."""
        ...

    def post(self, draft: Draft) -> Message:
        """Append a message with the next number and announce it."""
        ...

    def emit(self, event: Event) -> None: ...

    def note(self, what: str, text: str, staff_id: str | None = None) -> None:
        """Add a line to the timeline."""
        ...

    def log(self, did: Did, text: str, staff_id: str, about: str | None = None) -> None:
        """Add a line to the desk's log, in the same transaction."""
        ...

    def record_breach(self, breach: Breach) -> None: ...

    def record_move(self, staff_id: str) -> None:
        """The conversation goes to `staff_id`: noted beside the breach that moved it, if one did, and announced."""
        ...

    async def file(self, order: NewOrder) -> WorkOrder:
        """File a work order in the same transaction; the one there is when its subject has been filed already."""
        ...

    async def note_order(self, note: OrderNote) -> None:
        """Add a dated line to a work order, of whichever conversation, in the same transaction."""
        ...

    async def message(self, message_id: str) -> Message | None:
        """The message of this contact that has this id, from whichever conversation."""
        ...

    async def ask_survey(self, survey: Survey) -> None:
        """The customer is asked how he was served, in the same transaction."""
        ...

    async def answer_survey(self, answer: SurveyAnswer) -> Survey | None:
        """The survey this contact was sent last, answered; None: there is none, or a bare answer is not the first."""
        ...

    async def said_before(self, seq: int) -> Sequence[Message]:
        """What was said before number `seq`, from the customer's message there on, oldest first; twelve at most."""
        ...

    async def customer_wrote_after(self, seq: int) -> datetime | None:
        """When the customer's first message after number `seq` was written; None if there is none."""
        ...


class Conversations(Protocol):
    def open_for(self, contact: Contact) -> AbstractAsyncContextManager[Work]:
        """The contact's open conversation; a new one if there is none."""
        ...

    def open_latest(self, contact: Contact) -> AbstractAsyncContextManager[Work]:
        """The contact's latest conversation, open or closed. Raises NoSuchConversation if there is none."""
        ...

    def open(self, conversation_id: str) -> AbstractAsyncContextManager[Work]:
        """Raises NoSuchConversation."""
        ...

    def open_due(self, timers: Sequence[Timer]) -> AbstractAsyncContextManager[Mapping[str, Work]]:
        """The conversations these timers belong to, in one transaction; those locked elsewhere are left for later.

        On leaving, the fired timers are gone unless the new state keeps them.
        """
        ...
