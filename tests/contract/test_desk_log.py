"""The desk's log on SQLite and PostgreSQL."""

from datetime import timedelta

from bot.adapters.sql.database import Database
from bot.adapters.sql.desk_log import SqlDeskLog
from bot.adapters.sql.timers import SqlTimers
from bot.domain.desk_log import Did, LogEntry
from bot.ports import Timer
from tests.contract.people import NOW

WATCH = LogEntry(at=NOW, did=Did.WATCH, staff_id="201", about="101", conversation_id="c1", text="旁观")


async def test_what_is_noted_is_read_back_in_order(database: Database) -> None:
    log = SqlDeskLog(database)
    other = LogEntry(at=NOW + timedelta(hours=1), did=Did.BROADCAST, staff_id="201", text="停气")
    for entry in (WATCH, other):
        await log.note(entry)
    assert await log.since(NOW, list(Did)) == [WATCH, other]
    assert await log.since(NOW, [Did.BROADCAST]) == [other]
    assert await log.since(NOW + timedelta(seconds=1), list(Did)) == [other]
    assert await log.since(NOW, list(Did), limit=1) == [other], "the latest"


async def test_who_looks_again_soon_is_noted_once(database: Database) -> None:
    log, span = SqlDeskLog(database), timedelta(minutes=10)
    for minutes in (0, 5, 11, 22):
        at = NOW + timedelta(minutes=minutes)
        await log.note_once(LogEntry(**{**vars(WATCH), "at": at}), since=at - span)
    assert [entry.at - NOW for entry in await log.since(NOW, [Did.WATCH])] == [
        timedelta(),
        timedelta(minutes=11),
        timedelta(minutes=22),
    ]
    await log.note_once(LogEntry(**{**vars(WATCH), "staff_id": "301"}), since=NOW - span)
    await log.note_once(LogEntry(**{**vars(WATCH), "conversation_id": "c2"}), since=NOW - span)
    assert len(await log.since(NOW, [Did.WATCH])) == 5


async def test_a_timer_is_settled_once_and_not_when_it_was_set_anew(database: Database) -> None:
    log, timers = SqlDeskLog(database), SqlTimers(database)
    entry = LogEntry(at=NOW, did=Did.ABSENCE, about="101", text="离席")
    timer = Timer(kind="absence", subject="101", due_at=NOW)
    await timers.put(timer)
    assert [await log.settle(timer, entry) for _ in range(2)] == [True, False]
    later = Timer(kind="absence", subject="101", due_at=NOW + timedelta(hours=1))
    await timers.put(later)
    assert not await log.settle(timer, entry)
    assert await timers.next_due_at() == later.due_at
    assert await log.since(NOW, [Did.ABSENCE]) == [entry]
