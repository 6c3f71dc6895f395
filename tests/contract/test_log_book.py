"""The desk's log page by page, on SQLite and PostgreSQL."""

from datetime import timedelta

from bot.adapters.sql.database import Database
from bot.adapters.sql.desk_log import SqlDeskLog
from bot.adapters.sql.log_book import SqlLogBook
from bot.desk.log_book import Wanted
from bot.domain.desk_log import Did, LogEntry
from tests.contract.people import NOW

DAY = timedelta(days=1)
WATCH = LogEntry(at=NOW, did=Did.WATCH, staff_id="201", about="101", conversation_id="c1", text="旁观")
REVEAL = LogEntry(at=NOW + DAY, did=Did.REVEAL, staff_id="101", about="phone", conversation_id="c1", text="查看")
ABSENCE = LogEntry(at=NOW + 2 * DAY, did=Did.ABSENCE, about="102", text="离席")


async def test_narrowed_by_person_act_and_days(database: Database) -> None:
    log, book = SqlDeskLog(database), SqlLogBook(database)
    for entry in (WATCH, REVEAL, ABSENCE):
        await log.note(entry)

    async def found(wanted: Wanted) -> list[LogEntry]:
        return [each.entry for each in await book.page(wanted, None, 10)]

    assert await found(Wanted()) == [ABSENCE, REVEAL, WATCH]
    assert await found(Wanted(staff_id="101")) == [REVEAL, WATCH], "what he did, and what was done to him"
    assert await found(Wanted(staff_id="101", did=Did.WATCH)) == [WATCH]
    assert await found(Wanted(since=NOW + DAY)) == [ABSENCE, REVEAL]
    assert await found(Wanted(since=NOW + DAY, until=NOW + 2 * DAY)) == [REVEAL]


async def test_pages_hold_everything_once_while_more_is_noted(database: Database) -> None:
    log, book = SqlDeskLog(database), SqlLogBook(database)
    for entry in (WATCH, REVEAL, ABSENCE):
        await log.note(entry)
    first = await book.page(Wanted(), None, 2)
    await log.note(WATCH)
    rest = await book.page(Wanted(), first[-1].number, 2)
    assert [each.entry for each in (*first, *rest)] == [ABSENCE, REVEAL, WATCH]
