"""Conversations to be read, without a lock: what was said, and the lists that people and the queue work from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.conversations import Breach, Conversation, Delivery, Fact, Message


@dataclass(frozen=True)
class Mark:
    """Messages to the contact up to number `seq` have at least this state."""

    contact_id: str
    seq: int
    delivery: Delivery
    #: This one message only, whatever state it had: the platform took it and could not deliver it.
    after_all: bool = False


class Transcripts(Protocol):
    """What was said."""

    async def get(self, conversation_id: str) -> Conversation | None: ...

    async def of_contact(self, contact_id: str) -> Conversation | None:
        """The contact's latest conversation."""
        ...

    async def open_of(self, contact_ids: Collection[str]) -> list[Conversation]:
        """The open conversations of these contacts."""
        ...

    async def messages(self, conversation_id: str, after: int = 0) -> list[Message]: ...

    async def history(self, contact_id: str, after: int) -> list[Message]:
        """All messages of the contact after number `after`, over all conversations; the latest 500."""
        ...

    async def undelivered(self, contact_id: str) -> list[Message]:
        """Messages to the contact that no channel has sent."""
        ...

    async def facts(self, conversation_id: str) -> list[Fact]: ...

    async def last_messages(self, conversation_ids: Sequence[str]) -> dict[str, Message]:
        """What a person said last in each; the assistant, prompts and greetings say nothing of what is wanted."""
        ...

    async def mark_delivery(self, marks: Sequence[Mark]) -> None: ...


class Inbox(Protocol):
    """The lists people and the queue work from."""

    async def waiting(self) -> list[Conversation]:
        """Conversations in the queue (and alarms not accepted), most urgent first."""
        ...

    async def queue_is_empty(self) -> bool: ...

    async def next_up(self, places: int) -> list[Conversation]:
        """Those of the queue who may get somebody while there are so many free places, most urgent first.

        Who need not wait for a free place: emergencies, what is for the lead, what somebody let lapse. Of the others
        the first, who left a message last of all.
        """
        ...

    async def positions(self) -> dict[str, int]:
        """Place in the queue (1 is next) of everybody who waits in it for a person on duty."""
        ...

    async def open_conversations(self) -> list[Conversation]: ...

    async def search(
        self, state: str, words: str, staff_id: str, limit: int, *, readable: bool = False
    ) -> list[Conversation]:
        """The latest in this state that hold these words; with `readable` none that cannot concern this agent."""
        ...

    async def owed_by_assistant(self) -> list[str]:
        """Ids of conversations in which the assistant owes an answer."""
        ...

    async def undelivered_contacts(self, channel: str) -> list[str]:
        """Contacts of this channel with messages that no channel has sent."""
        ...

    async def breaches(self, since: datetime) -> list[Breach]: ...
