"""The unit of work: one conversation, locked, in one transaction, with its timers; its events go out after it."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql import rows
from bot.adapters.sql.casework import SqlCasework
from bot.adapters.sql.channel_state import SqlChannelState
from bot.adapters.sql.customers import served_last
from bot.adapters.sql.database import Database, lock
from bot.adapters.sql.tables_chat import conversations
from bot.adapters.sql.work import SqlWork
from bot.adapters.sql.work_store import Deadlines, WorkStore
from bot.clock import Clock
from bot.domain.conversations import Conversation
from bot.domain.events import ConversationChanged, Event
from bot.domain.transitions import left_open
from bot.ports import Contact, NoSuchConversation, Timer, Work

Publish = Callable[[Sequence[Event]], None]

# Built once: putting a statement together takes longer than running it.
_CONVERSATION = select(conversations).where(conversations.c.id == bindparam("the_id")).with_for_update()
_LATEST_OF_CONTACT = (
    select(conversations)
    .where(conversations.c.contact_id == bindparam("the_contact"))
    .order_by(conversations.c.opened_at.desc(), conversations.c.last_seq.desc())
    .limit(1)
    .with_for_update()
)


class SqlConversations:
    """See ports.Conversations."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        new_id: Callable[[], str],
        deadlines: Deadlines,
        publish: Publish,
        timer_set: Callable[[datetime], None],
        casework: SqlCasework,
    ) -> None:
        self._database = database
        self._clock = clock
        self._new_id = new_id
        self._publish = publish
        self._casework = casework
        self._beside = SqlChannelState(database)
        self._works = WorkStore(database, clock=clock, deadlines=deadlines, timer_set=timer_set)

    @asynccontextmanager
    async def open_for(self, contact: Contact) -> AsyncIterator[Work]:
        async with self._database.writer.begin() as connection:
            await self._enter(connection, contact)
            work = await self._open_for(connection, contact)
            yield work
            await self._works.store(connection, [work])
        self._announce([work])

    @asynccontextmanager
    async def open_latest(self, contact: Contact) -> AsyncIterator[Work]:
        async with self._database.writer.begin() as connection:
            await self._enter(connection, contact)
            row = (await connection.execute(_LATEST_OF_CONTACT, {"the_contact": contact.id})).mappings().first()
            if row is None:
                raise NoSuchConversation(contact.id)
            work = self._work(connection, rows.conversation(row))
            yield work
            await self._works.store(connection, [work])
        self._announce([work])

    @asynccontextmanager
    async def open(self, conversation_id: str) -> AsyncIterator[Work]:
        async with self._database.writer.begin() as connection:
            row = (await connection.execute(_CONVERSATION, {"the_id": conversation_id})).mappings().first()
            if row is None:
                raise NoSuchConversation(conversation_id)
            work = self._work(connection, rows.conversation(row))
            yield work
            await self._works.store(connection, [work])
        self._announce([work])

    @asynccontextmanager
    async def open_due(self, due: Sequence[Timer]) -> AsyncIterator[Mapping[str, Work]]:
        by_subject: dict[str, list[Timer]] = {}
        for timer in due:
            by_subject.setdefault(timer.subject, []).append(timer)
        async with self._database.writer.begin() as connection:
            found = (await connection.execute(_rows_of(sorted(by_subject)))).mappings()
            works = {row["id"]: self._work(connection, rows.conversation(row), by_subject[row["id"]]) for row in found}
            yield works
            await self._works.store(connection, list(works.values()))
        self._announce(list(works.values()))

    def _work(self, connection: AsyncConnection, known: Conversation, fired: Sequence[Timer] = ()) -> SqlWork:
        return SqlWork(connection, known, self._clock.now(), self._new_id, known, self._casework, fired)

    async def _open_for(self, connection: AsyncConnection, contact: Contact) -> SqlWork:
        row = (await connection.execute(_LATEST_OF_CONTACT, {"the_contact": contact.id})).mappings().first()
        latest = rows.conversation(row) if row else None
        if latest and not latest.closed:
            return self._work(connection, latest)
        now, last_seq = self._clock.now(), latest.last_seq if latest else 0
        fresh = Conversation(
            id=self._new_id(),
            contact_id=contact.id,
            channel=contact.channel,
            opened_at=now,
            last_at=now,
            last_seq=last_seq,
            customer_seq=last_seq,
            answered_seq=last_seq,
            served_by=await served_last(connection, contact.id)
            or ((latest.staff_id or latest.served_by) if latest else None),
            collected=left_open(latest, now),
        )
        return SqlWork(connection, None, now, self._new_id, fresh, self._casework)

    async def _enter(self, connection: AsyncConnection, contact: Contact) -> None:
        """Two first messages of a contact at once open one conversation: on PostgreSQL there is no row to lock yet."""
        await lock(connection, contact.id)
        if contact.beside:
            await self._beside.change_within(connection, contact.beside)

    def _announce(self, works: Sequence[SqlWork]) -> None:
        # No await between the commit and this: events leave in the order of the commits.
        now = self._clock.now()
        for work in works:
            if work.touched:
                self._publish([*work.events, ConversationChanged(work.conversation, work.before, now)])


def _rows_of(ids: Sequence[str]) -> Select[Any]:
    return (
        select(conversations)
        .where(conversations.c.id.in_(ids))
        .order_by(conversations.c.id)
        .with_for_update(skip_locked=True)
    )
