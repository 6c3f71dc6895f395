"""Writes what was done to conversations, and with them their timers."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import structlog
from sqlalchemy import Table, Update, bindparam, delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql import rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.message_index import index_within
from bot.adapters.sql.tables_chat import breaches, conversations, facts, messages, timers
from bot.adapters.sql.tables_desk import desk_log
from bot.adapters.sql.work import SqlWork
from bot.clock import Clock
from bot.domain.conversations import Conversation
from bot.domain.events import MovedAfterBreach
from bot.ports import Timer

log = structlog.get_logger()

Deadlines = Callable[[Conversation], Sequence[Timer]]

_DELETE_TIMERS = delete(timers).where(timers.c.key.in_(bindparam("keys", expanding=True)))

#: A timer whose rule changed nothing would fire for ever; it is put off by this and reported.
_STUCK = timedelta(seconds=5)


class WorkStore:
    def __init__(
        self, database: Database, *, clock: Clock, deadlines: Deadlines, timer_set: Callable[[datetime], None]
    ) -> None:
        self._clock = clock
        self._deadlines = deadlines
        self._timer_set = timer_set
        upsert = database.insert(timers)
        self._upsert_timers = upsert.on_conflict_do_update(
            index_elements=["key"], set_={"due_at": upsert.excluded.due_at}
        )

    async def store(self, connection: AsyncConnection, works: Sequence[SqlWork]) -> None:
        await self._store_conversations(connection, works)
        message_rows = [rows.message_row(w.conversation.contact_id, m) for w in works for m in w.posted]
        if message_rows:
            await connection.execute(insert(messages), message_rows)
            await index_within(connection, message_rows)
        noted: dict[Table, list[Any]] = {
            facts: [fact for work in works for fact in work.facts],
            breaches: [breach for work in works for breach in work.breaches],
            desk_log: [entry for work in works for entry in work.logged],
        }
        for table, new in noted.items():
            if new:
                await connection.execute(insert(table), [vars(one) for one in new])
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


@cache
def _update(columns: tuple[str, ...]) -> Update:
    """Writes these columns of a conversation; which ones change together is always the same few."""
    values = {name: bindparam(f"new_{name}", type_=conversations.c[name].type) for name in columns}
    return update(conversations).where(conversations.c.id == bindparam("the_id")).values(values)


def _move(conversation_id: str, staff_id: str) -> Update:
    """Writes who got the conversation beside the breaches that moved it."""
    here = breaches.c.conversation_id == conversation_id
    return update(breaches).where(here, breaches.c.moved_to.is_(None)).values(moved_to=staff_id)
