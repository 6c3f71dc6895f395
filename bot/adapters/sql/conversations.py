"""The unit of work: one conversation, locked, in one transaction, with its timers; its events go out after it."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import structlog
from sqlalchemy import Select, Update, bindparam, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql import rows
from bot.adapters.sql.casework import SqlCasework
from bot.adapters.sql.customers import served_last
from bot.adapters.sql.database import Database
from bot.adapters.sql.message_index import index_within
from bot.adapters.sql.surveys import answer_within, ask_within
from bot.adapters.sql.tables_chat import breaches, conversations, facts, messages, timers
from bot.adapters.sql.tables_desk import desk_log
from bot.clock import Clock
from bot.domain.conversations import Breach, Conversation, Draft, Fact, Kind, Message, Speaker
from bot.domain.desk_log import Did, LogEntry
from bot.domain.events import ConversationChanged, Event, MessagePosted, MovedAfterBreach, OrderChanged
from bot.domain.surveys import Survey, SurveyAnswer
from bot.domain.transitions import left_open
from bot.domain.work_orders import NewOrder, OrderNote, OrderState, WorkOrder
from bot.ports import Contact, NoSuchConversation, Timer, Work

log = structlog.get_logger()

Deadlines = Callable[[Conversation], Sequence[Timer]]
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
_MESSAGE = select(messages).where(
    messages.c.contact_id == bindparam("the_contact"), messages.c.id == bindparam("the_id")
)
_NEXT_OF_CUSTOMER = (
    select(messages.c.at)
    .where(
        messages.c.contact_id == bindparam("the_contact"),
        messages.c.seq > bindparam("the_seq"),
        messages.c.speaker == Speaker.CUSTOMER.value,
        messages.c.kind.not_in([kind.value for kind in Kind if kind.settled]),
    )
    .order_by(messages.c.seq)
    .limit(1)
)
_DELETE_TIMERS = delete(timers).where(timers.c.key.in_(bindparam("keys", expanding=True)))

#: A timer whose rule changed nothing would fire for ever; it is put off by this and reported.
_STUCK = timedelta(seconds=5)


class SqlWork:
    """See ports.Work."""

    def __init__(
        self,
        connection: AsyncConnection,
        before: Conversation | None,
        now: datetime,
        new_id: Callable[[], str],
        conversation: Conversation,
        casework: SqlCasework,
        fired: Sequence[Timer] = (),
    ) -> None:
        self._connection = connection
        self._casework = casework
        self._new_id = new_id
        self._now = now
        self.before = before
        self.conversation = conversation
        self.fired = fired
        self.posted: list[Message] = []
        self.facts: list[Fact] = []
        self.breaches: list[Breach] = []
        self.logged: list[LogEntry] = []
        self.events: list[Event] = []
        self.moved_to: str | None = None

    def change(self, **fields: Any) -> None:
        self.conversation = replace(self.conversation, **fields)

    def post(self, draft: Draft) -> Message:
        seq = self.conversation.last_seq + 1
        message = Message(
            id=draft.id or self._new_id(),
            conversation_id=self.conversation.id,
            seq=seq,
            at=self._now,
            speaker=draft.speaker,
            kind=draft.kind,
            text=draft.text,
            staff_id=draft.staff_id,
            buttons=draft.buttons,
            attachment=draft.attachment,
        )
        self.posted.append(message)
        self.change(last_seq=seq, last_at=self._now)
        if draft.speaker is Speaker.CUSTOMER and not draft.kind.settled:
            self.change(customer_seq=seq)
        self.events.append(MessagePosted(self.conversation, message))
        return message

    def emit(self, event: Event) -> None:
        self.events.append(event)

    def note(self, what: str, text: str, staff_id: str | None = None) -> None:
        self.facts.append(
            Fact(conversation_id=self.conversation.id, at=self._now, what=what, text=text, staff_id=staff_id)
        )

    def log(self, did: Did, text: str, staff_id: str, about: str | None = None) -> None:
        conversation_id = self.conversation.id
        entry = LogEntry(
            at=self._now, did=did, text=text, staff_id=staff_id, about=about, conversation_id=conversation_id
        )
        self.logged.append(entry)

    def record_breach(self, breach: Breach) -> None:
        self.breaches.append(breach)

    def record_move(self, staff_id: str) -> None:
        self.moved_to = staff_id

    async def file(self, order: NewOrder) -> WorkOrder:
        filed = await self._casework.file_within(self._connection, order)
        if filed.state is OrderState.OPEN:  # what is settled in the talk is nobody's work
            self.events.append(OrderChanged(filed, self._now))
        return filed

    async def note_order(self, note: OrderNote) -> None:
        await self._casework.note_within(self._connection, note)

    async def ask_survey(self, survey: Survey) -> None:
        await ask_within(self._connection, survey)

    async def answer_survey(self, answer: SurveyAnswer) -> Survey | None:
        return await answer_within(self._connection, self.conversation.contact_id, answer, self._now)

    async def message(self, message_id: str) -> Message | None:
        for message in self.posted:
            if message.id == message_id:
                return message
        named = {"the_contact": self.conversation.contact_id, "the_id": message_id}
        row = (await self._connection.execute(_MESSAGE, named)).mappings().first()
        return rows.message(row) if row else None

    async def customer_wrote_after(self, seq: int) -> datetime | None:
        if self.conversation.customer_seq <= seq:
            return None
        named = {"the_contact": self.conversation.contact_id, "the_seq": seq}
        return (await self._connection.execute(_NEXT_OF_CUSTOMER, named)).scalar()

    @property
    def touched(self) -> bool:
        """A new conversation in which nothing happened (an old message sent again) is none."""
        changed = self.before is not None and self.conversation != self.before
        return changed or bool(self.posted or self.facts or self.breaches or self.events)


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
        self._deadlines = deadlines
        self._publish = publish
        self._timer_set = timer_set
        self._casework = casework
        upsert = database.insert(timers)
        self._upsert_timers = upsert.on_conflict_do_update(
            index_elements=["key"], set_={"due_at": upsert.excluded.due_at}
        )

    @asynccontextmanager
    async def open_for(self, contact: Contact) -> AsyncIterator[Work]:
        async with self._database.writer.begin() as connection:
            await self._lock_contact(connection, contact)
            work = await self._open_for(connection, contact)
            yield work
            await self._store(connection, [work])
        self._announce([work])

    @asynccontextmanager
    async def open_latest(self, contact: Contact) -> AsyncIterator[Work]:
        async with self._database.writer.begin() as connection:
            await self._lock_contact(connection, contact)
            row = (await connection.execute(_LATEST_OF_CONTACT, {"the_contact": contact.id})).mappings().first()
            if row is None:
                raise NoSuchConversation(contact.id)
            work = self._work(connection, rows.conversation(row))
            yield work
            await self._store(connection, [work])
        self._announce([work])

    @asynccontextmanager
    async def open(self, conversation_id: str) -> AsyncIterator[Work]:
        async with self._database.writer.begin() as connection:
            row = (await connection.execute(_CONVERSATION, {"the_id": conversation_id})).mappings().first()
            if row is None:
                raise NoSuchConversation(conversation_id)
            work = self._work(connection, rows.conversation(row))
            yield work
            await self._store(connection, [work])
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
            await self._store(connection, list(works.values()))
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

    async def _lock_contact(self, connection: AsyncConnection, contact: Contact) -> None:
        """Two first messages of a contact at once open one conversation: on PostgreSQL there is no row to lock yet."""
        if not self._database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:id))"), {"id": contact.id})

    async def _store(self, connection: AsyncConnection, works: Sequence[SqlWork]) -> None:
        await self._store_conversations(connection, works)
        message_rows = [rows.message_row(w.conversation.contact_id, m) for w in works for m in w.posted]
        if message_rows:
            await connection.execute(insert(messages), message_rows)
            await index_within(connection, message_rows)
        fact_rows = [vars(fact) for work in works for fact in work.facts]
        if fact_rows:
            await connection.execute(insert(facts), fact_rows)
        breach_rows = [vars(breach) for work in works for breach in work.breaches]
        if breach_rows:
            await connection.execute(insert(breaches), breach_rows)
        log_rows = [vars(entry) for work in works for entry in work.logged]
        if log_rows:
            await connection.execute(insert(desk_log), log_rows)
        for work in works:
            if work.moved_to:
                await self._store_move(connection, work, work.moved_to)
        await self._store_timers(connection, works)

    async def _store_move(self, connection: AsyncConnection, work: SqlWork, moved_to: str) -> None:
        moved = await connection.execute(_move(work.conversation.id, moved_to).returning(breaches.c.staff_id))
        lapsed = [staff_id for staff_id in moved.scalars() if staff_id]
        work.events += [MovedAfterBreach(work.conversation, staff_id, moved_to) for staff_id in lapsed]

    async def _store_conversations(self, connection: AsyncConnection, works: Sequence[SqlWork]) -> None:
        by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for work in works:
            if not work.touched:
                continue
            changed = rows.changed_columns(work.before, work.conversation)
            if work.before is None:
                await connection.execute(insert(conversations), changed)
            elif changed:
                values = {f"new_{name}": value for name, value in changed.items()}
                by_columns.setdefault(tuple(changed), []).append({"the_id": work.conversation.id, **values})
        for columns, values_of_rows in by_columns.items():
            await connection.execute(_update(columns), values_of_rows)

    async def _store_timers(self, connection: AsyncConnection, works: Sequence[SqlWork]) -> None:
        gone: list[str] = []
        armed: dict[str, Timer] = {}
        for work in works:
            stale, current = self._timer_changes(work)
            gone += stale
            armed |= current
        if gone:
            await connection.execute(_DELETE_TIMERS, {"keys": gone})
        if armed:
            values = [{"key": t.key, "kind": t.kind, "subject": t.subject, "due_at": t.due_at} for t in armed.values()]
            await connection.execute(self._upsert_timers, values)
            self._timer_set(min(timer.due_at for timer in armed.values()))

    def _timer_changes(self, work: SqlWork) -> tuple[list[str], dict[str, Timer]]:
        if not work.touched and not work.fired:
            return [], {}
        before = {} if work.before is None else {t.key: t for t in self._deadlines(work.before)}
        before |= {timer.key: timer for timer in work.fired}
        after = {timer.key: timer for timer in self._deadlines(work.conversation)}
        armed = {key: timer for key, timer in after.items() if before.get(key) != timer}
        for timer in work.fired:
            if after.get(timer.key) == timer:
                log.error("a timer changed nothing", action="timer_stuck", kind=timer.kind, conversation=timer.subject)
                armed[timer.key] = replace(timer, due_at=self._clock.now() + _STUCK)
        return [key for key in before if key not in after], armed

    def _announce(self, works: Sequence[SqlWork]) -> None:
        # No await between the commit and this: events leave in the order of the commits.
        now = self._clock.now()
        for work in works:
            if work.touched:
                self._publish([*work.events, ConversationChanged(work.conversation, work.before, now)])


@cache
def _update(columns: tuple[str, ...]) -> Update:
    """Writes these columns of a conversation; which ones change together is always the same few."""
    values = {name: bindparam(f"new_{name}", type_=conversations.c[name].type) for name in columns}
    return update(conversations).where(conversations.c.id == bindparam("the_id")).values(values)


def _move(conversation_id: str, staff_id: str) -> Update:
    """Writes who got the conversation beside the breaches that moved it."""
    here = breaches.c.conversation_id == conversation_id
    return update(breaches).where(here, breaches.c.moved_to.is_(None)).values(moved_to=staff_id)


def _rows_of(ids: Sequence[str]) -> Select[Any]:
    return (
        select(conversations)
        .where(conversations.c.id.in_(ids))
        .order_by(conversations.c.id)
        .with_for_update(skip_locked=True)
    )
