"""Reading conversations and messages, without a lock."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, Update, bindparam, func, select, update

from bot.adapters.sql import rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import conversations, facts, messages
from bot.domain.conversations import Conversation, Delivery, Fact, Kind, Message, Speaker
from bot.ports import Mark

#: What a page is given at most when it asks for a contact's history.
HISTORY = 500

_BEFORE = {
    Delivery.SENT: (Delivery.PENDING,),
    Delivery.DELIVERED: (Delivery.PENDING, Delivery.SENT, Delivery.UNCERTAIN),
    Delivery.UNCERTAIN: (Delivery.PENDING,),
    Delivery.FAILED: (Delivery.PENDING,),
}

#: Who a row of the desk quotes: what the assistant said last tells an agent nothing of what is wanted.
_PEOPLE = (Speaker.CUSTOMER.value, Speaker.AGENT.value)

# Built once: putting a statement together takes longer than running it.
_CONVERSATION = select(conversations).where(conversations.c.id == bindparam("the_id"))
_MESSAGES = (
    select(messages)
    .where(messages.c.conversation_id == bindparam("the_id"), messages.c.seq > bindparam("the_seq"))
    .order_by(messages.c.seq)
)


class SqlTranscripts:
    """See ports.Transcripts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, conversation_id: str) -> Conversation | None:
        return await self._conversation(_CONVERSATION, {"the_id": conversation_id})

    async def of_contact(self, contact_id: str) -> Conversation | None:
        query = select(conversations).where(conversations.c.contact_id == contact_id)
        return await self._conversation(
            query.order_by(conversations.c.opened_at.desc(), conversations.c.last_seq.desc()).limit(1)
        )

    async def open_of(self, contact_ids: Collection[str]) -> list[Conversation]:
        query = select(conversations).where(
            conversations.c.contact_id.in_(contact_ids), conversations.c.closed_at.is_(None)
        )
        async with self._database.reader.connect() as connection:
            return [rows.conversation(row) for row in (await connection.execute(query)).mappings()]

    async def messages(self, conversation_id: str, after: int = 0) -> list[Message]:
        return await self._messages(_MESSAGES, {"the_id": conversation_id, "the_seq": after})

    async def history(self, contact_id: str, after: int) -> list[Message]:
        query = select(messages).where(messages.c.contact_id == contact_id, messages.c.seq > after)
        return (await self._messages(query.order_by(messages.c.seq.desc()).limit(HISTORY)))[::-1]

    async def undelivered(self, contact_id: str) -> list[Message]:
        query = select(messages).where(
            messages.c.contact_id == contact_id,
            messages.c.delivery == Delivery.PENDING.value,
            messages.c.speaker != Speaker.CUSTOMER.value,
        )
        return await self._messages(query.order_by(messages.c.seq))

    async def facts(self, conversation_id: str) -> list[Fact]:
        query = select(facts).where(facts.c.conversation_id == conversation_id).order_by(facts.c.id)
        async with self._database.reader.connect() as connection:
            found = (await connection.execute(query)).mappings()
            return [Fact(**{name: value for name, value in row.items() if name != "id"}) for row in found]

    async def last_messages(self, conversation_ids: Sequence[str]) -> dict[str, Message]:
        last = (
            select(messages.c.conversation_id, func.max(messages.c.seq).label("seq"))
            .where(messages.c.conversation_id.in_(conversation_ids))
            .where(messages.c.speaker.in_(_PEOPLE), messages.c.kind != Kind.GREETING.value)
            .group_by(messages.c.conversation_id)
            .subquery()
        )
        query = select(messages).join(
            last, (messages.c.conversation_id == last.c.conversation_id) & (messages.c.seq == last.c.seq)
        )
        return {message.conversation_id: message for message in await self._messages(query)}

    async def mark_delivery(self, marks: Sequence[Mark]) -> None:
        async with self._database.writer.begin() as connection:
            for mark in marks:
                named = {"the_contact": mark.contact_id, "the_seq": mark.seq}
                statement = _became(mark.delivery) if mark.after_all else _delivered_up_to(mark.delivery)
                await connection.execute(statement, named)

    async def _conversation(self, query: Select[Any], named: Mapping[str, object] | None = None) -> Conversation | None:
        async with self._database.reader.connect() as connection:
            row = (await connection.execute(query, named)).mappings().first()
            return rows.conversation(row) if row else None

    async def _messages(self, query: Select[Any], named: Mapping[str, object] | None = None) -> list[Message]:
        async with self._database.reader.connect() as connection:
            return [rows.message(row) for row in (await connection.execute(query, named)).mappings()]


@cache
def _delivered_up_to(delivery: Delivery) -> Update:
    return (
        update(messages)
        .where(
            messages.c.contact_id == bindparam("the_contact"),
            messages.c.seq <= bindparam("the_seq"),
            messages.c.speaker != Speaker.CUSTOMER.value,
            messages.c.delivery.in_([state.value for state in _BEFORE[delivery]]),
        )
        .values(delivery=delivery.value)
    )


@cache
def _became(delivery: Delivery) -> Update:
    this = (messages.c.contact_id == bindparam("the_contact"), messages.c.seq == bindparam("the_seq"))
    return update(messages).where(*this, messages.c.speaker != Speaker.CUSTOMER.value).values(delivery=delivery.value)
