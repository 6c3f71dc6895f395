"""The lists people and the queue work from."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from bot.adapters.sql import rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import breaches, conversations, messages
from bot.domain.conversations import Breach, Conversation, Owner, Priority

_MOST_URGENT_FIRST = (
    conversations.c.priority.desc(),
    conversations.c.waiting_since.asc().nulls_last(),
    conversations.c.queued_at.asc(),
    conversations.c.id,
)
#: Said as the index of open conversations says it: it finds them among all that there ever were.
IS_OPEN = conversations.c.closed_at.is_(None)
_QUEUED = conversations.c.owner == Owner.QUEUE.value
_NEEDS_NO_PLACE = or_(
    conversations.c.emergency.is_not(None),
    conversations.c.for_lead,
    func.json_array_length(conversations.c.lapsed) > 0,
)


class SqlInbox:
    """See ports.Inbox."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self) -> list[Conversation]:
        unaccepted = and_(
            conversations.c.owner == Owner.AGENT.value, conversations.c.priority == Priority.EMERGENCY.value
        )
        query = select(conversations).where(or_(_QUEUED, unaccepted))
        found = await self._conversations(query.order_by(*_MOST_URGENT_FIRST))
        return [c for c in found if c.owner is Owner.QUEUE or (c.emergency and c.emergency.alarming)]

    async def queue_is_empty(self) -> bool:
        query = select(conversations.c.id).where(_QUEUED).limit(1)
        async with self._database.reader.connect() as connection:
            return (await connection.execute(query)).first() is None

    async def next_up(self, places: int) -> list[Conversation]:
        first = select(conversations.c.id).where(_QUEUED, ~_NEEDS_NO_PLACE)
        first = first.order_by(conversations.c.offline, *_MOST_URGENT_FIRST).limit(places)
        query = select(conversations).where(_QUEUED, or_(_NEEDS_NO_PLACE, conversations.c.id.in_(first)))
        return await self._conversations(query.order_by(*_MOST_URGENT_FIRST))

    async def positions(self) -> dict[str, int]:
        query = select(conversations.c.id).where(_QUEUED, conversations.c.offline.is_(False))
        async with self._database.reader.connect() as connection:
            found = await connection.execute(query.order_by(*_MOST_URGENT_FIRST))
            return {conversation_id: place for place, conversation_id in enumerate(found.scalars(), start=1)}

    async def open_conversations(self) -> list[Conversation]:
        query = select(conversations).where(IS_OPEN)
        return await self._conversations(query.order_by(*_MOST_URGENT_FIRST))

    async def search(
        self, state: str, words: str, staff_id: str, limit: int, *, readable: bool = False
    ) -> list[Conversation]:
        query = select(conversations).where(_in_state(state, staff_id))
        if readable:
            query = query.where(_may_concern(staff_id))
        if words:
            said = select(messages.c.conversation_id).where(messages.c.text.contains(words, autoescape=True))
            query = query.where(
                or_(conversations.c.id.in_(said), conversations.c.account_number == words, conversations.c.id == words)
            )
        query = query.order_by(conversations.c.last_at.desc()).limit(limit)
        async with self._database.searcher.connect() as connection:
            return [rows.conversation(row) for row in (await connection.execute(query)).mappings()]

    async def owed_by_assistant(self) -> list[str]:
        left = and_(
            conversations.c.owner == Owner.QUEUE.value, conversations.c.offline, conversations.c.turn_until.is_not(None)
        )
        query = select(conversations.c.id).where(
            or_(conversations.c.owner == Owner.BOT.value, left),
            conversations.c.answered_seq < conversations.c.customer_seq,
        )
        async with self._database.reader.connect() as connection:
            return list((await connection.execute(query.order_by(conversations.c.last_at))).scalars())

    async def undelivered_contacts(self, channel: str) -> list[str]:
        query = (
            select(messages.c.contact_id)
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(messages.c.delivery == "pending", messages.c.speaker != "customer")
            .where(conversations.c.channel == channel)
            .distinct()
        )
        async with self._database.reader.connect() as connection:
            return list((await connection.execute(query)).scalars())

    async def breaches(self, since: datetime) -> list[Breach]:
        query = select(breaches).where(breaches.c.at >= since).order_by(breaches.c.id)
        async with self._database.reader.connect() as connection:
            found = (await connection.execute(query)).mappings()
            return [Breach(**{name: value for name, value in row.items() if name != "id"}) for row in found]

    async def _conversations(self, query: Select[Any]) -> list[Conversation]:
        async with self._database.reader.connect() as connection:
            return [rows.conversation(row) for row in (await connection.execute(query)).mappings()]


def _in_state(state: str, staff_id: str) -> ColumnElement[bool]:
    owner = conversations.c.owner
    match state:
        case "":
            return true()
        case "open":
            return IS_OPEN
        case "mine":
            return and_(owner == Owner.AGENT.value, conversations.c.staff_id == staff_id)
        case "offline":
            return and_(_QUEUED, conversations.c.offline.is_(True))
        case _:
            return owner == state


def _may_concern(staff_id: str) -> ColumnElement[bool]:
    """What waits, what is or was this agent's, and emergencies, of which the caller knows the rest."""
    urgent = conversations.c.priority == Priority.EMERGENCY.value
    return or_(_QUEUED, conversations.c.staff_id == staff_id, urgent)
