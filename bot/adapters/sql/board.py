"""The figures of the lead's board, from the rows."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql import rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.inbox import IS_OPEN
from bot.adapters.sql.tables_chat import breaches, conversations
from bot.adapters.sql.tables_desk import desk_log
from bot.desk.board import Board, FirstReply, Queue, decided_at, rates
from bot.domain.conversations import Owner, Priority
from bot.domain.desk_log import Did


class SqlBoard:
    """See bot.desk.board.Figures."""

    def __init__(self, database: Database, quick: timedelta, limit: timedelta) -> None:
        self._database = database
        self._quick = quick
        self._limit = limit

    async def queue(self) -> Queue:
        async with self._database.reader.connect() as connection:
            return await _queue(connection)

    async def board(self, since: datetime, now: datetime) -> Board:
        # The searcher: a day's conversations are many, and nobody waits for the board.
        async with self._database.searcher.connect() as connection:
            begun = [FirstReply(*row) for row in await connection.execute(_begun(since))]
            return Board(
                queue=await _queue(connection),
                emergencies=await _emergencies(connection),
                breaches=await _count(connection, select(func.count()).where(breaches.c.at >= since)),
                absences=await _count(connection, _absences(since)),
                rates=rates(begun, now, self._quick, self._limit, self._limit),
                changes_at=decided_at(begun, now, [self._quick, self._limit]),
            )


def _begun(since: datetime) -> Select[Any]:
    c = conversations.c
    return select(c.asked_at, c.first_reply_at, c.closed_at).where(c.asked_at >= since)


def _absences(since: datetime) -> Select[Any]:
    return select(func.count()).where(desk_log.c.at >= since, desk_log.c.did == Did.ABSENCE.value)


async def _queue(connection: AsyncConnection) -> Queue:
    c = conversations.c
    query = select(c.offline, func.count(), func.min(c.waiting_since)).where(c.owner == Owner.QUEUE.value)
    answer = await connection.execute(query.group_by(c.offline))
    found = {bool(offline): (number, since) for offline, number, since in answer}
    length, waiting_since = found.get(False, (0, None))
    return Queue(length=length, waiting_since=waiting_since, left=found.get(True, (0, None))[0])


async def _emergencies(connection: AsyncConnection) -> int:
    query = select(conversations).where(IS_OPEN, conversations.c.priority == Priority.EMERGENCY.value)
    found = [rows.conversation(row) for row in (await connection.execute(query)).mappings()]
    return sum(one.emergency is not None and one.emergency.concerns_everybody for one in found)


async def _count(connection: AsyncConnection, query: Select[Any]) -> int:
    number: int = (await connection.execute(query)).scalar_one()
    return number
