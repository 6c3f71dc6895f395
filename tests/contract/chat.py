"""Conversations in a real database, as the contract tests need them."""

import itertools
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot.adapters.sql.casework import SqlCasework
from bot.adapters.sql.conversations import SqlConversations
from bot.adapters.sql.database import Database
from bot.adapters.sql.inbox import SqlInbox
from bot.adapters.sql.timers import SqlTimers
from bot.adapters.sql.transcripts import SqlTranscripts
from bot.domain.conversations import Conversation, Draft, Kind, Message, Speaker
from bot.domain.events import Event
from bot.domain.transitions import customer_wrote
from bot.ports import Contact
from bot.sla.deadlines import deadlines
from bot.sla.limits import Limits
from bot.testing import ManualClock
from tests.contract.business import PROFILE

LIMITS = Limits.of(PROFILE.sla)
_NUMBERS = itertools.count(1)


def contact(name: str) -> Contact:
    return Contact(f"web:{name}", "web")


@dataclass
class Chat:
    """The stores of one replica, and what they published."""

    database: Database
    clock: ManualClock = field(default_factory=ManualClock)
    published: list[Event] = field(default_factory=list)
    armed: list[datetime] = field(default_factory=list)
    new_id: Callable[[], str] = lambda: f"id-{next(_NUMBERS)}"

    def __post_init__(self) -> None:
        self.due = partial(deadlines, limits=LIMITS)
        self.transcripts = SqlTranscripts(self.database)
        self.timers = SqlTimers(self.database)
        self.inbox = SqlInbox(self.database)
        self.conversations = SqlConversations(
            self.database,
            clock=self.clock,
            new_id=self.new_id,
            deadlines=self.due,
            publish=self.publish,
            timer_set=self.armed.append,
            casework=SqlCasework(self.database, self.clock, PROFILE),
        )

    def publish(self, happened: Sequence[Event]) -> None:
        self.published.extend(happened)

    async def write(self, name: str, text: str = "你好", message_id: str | None = None) -> Message:
        """A customer's message, as `receive_message` stores it."""
        async with self.conversations.open_for(contact(name)) as work:
            known = await work.message(message_id) if message_id else None
            if known:
                return known
            message = work.post(Draft(Speaker.CUSTOMER, Kind.TEXT, text, id=message_id))
            work.conversation = customer_wrote(work.conversation, self.clock.now(), timedelta(seconds=30))
        return message

    async def say(self, conversation_id: str, text: str, speaker: Speaker = Speaker.BOT) -> Message:
        async with self.conversations.open(conversation_id) as work:
            return work.post(Draft(speaker, Kind.ANSWER, text))

    async def conversation(self, name: str) -> Conversation:
        found = await self.transcripts.of_contact(contact(name).id)
        assert found is not None
        return found


@asynccontextmanager
async def another_replica(of: Chat) -> AsyncIterator[Chat]:
    """A second gasdesk on the same database, with the same clock."""
    database = Database.connect(of.database.reader.url.render_as_string(hide_password=False))
    yield Chat(database, of.clock)
    await database.close()
