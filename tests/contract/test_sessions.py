"""SqlSessions on SQLite and PostgreSQL: how long a session lives, and what the database knows of its key."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.adapters.sql.database import Database
from bot.adapters.sql.sessions import SqlSessions
from bot.adapters.sql.tables_staff import staff_sessions
from bot.masking import mask_text
from tests.contract.people import NOW, add_staff

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


async def sessions_of_101(database: Database) -> SqlSessions:
    await add_staff(database, "101")
    return SqlSessions(database)


async def stored(database: Database) -> list[tuple[str, datetime]]:
    async with database.reader.connect() as connection:
        rows = await connection.execute(select(staff_sessions.c.token_hash, staff_sessions.c.last_seen_at))
        return [(row.token_hash, row.last_seen_at) for row in rows]


async def test_the_key_opens_and_the_database_does_not_know_it(database: Database) -> None:
    sessions = await sessions_of_101(database)
    token = await sessions.open("101", NOW)
    assert await sessions.staff_id(token, NOW) == "101"
    ((hashed, _),) = await stored(database)
    assert token not in hashed
    assert await sessions.staff_id(hashed, NOW) is None
    assert mask_text(f"key {token}") == "key ***"


async def test_another_key_opens_nothing(database: Database) -> None:
    sessions = await sessions_of_101(database)
    token = await sessions.open("101", NOW)
    for wrong in ("", "x", token[:-1], token + "x", token.upper()):
        assert await sessions.staff_id(wrong, NOW) is None


async def test_idle_for_eight_hours_ends_it(database: Database) -> None:
    sessions = await sessions_of_101(database)
    token = await sessions.open("101", NOW)
    assert await sessions.staff_id(token, NOW + 8 * HOUR) is None
    assert await sessions.staff_id(token, NOW + 8 * HOUR - SECOND) == "101"


async def test_twelve_hours_end_it_however_busy(database: Database) -> None:
    sessions = await sessions_of_101(database)
    token = await sessions.open("101", NOW)
    for hours in (4, 8, 11):
        assert await sessions.staff_id(token, NOW + hours * HOUR) == "101"
    assert await sessions.staff_id(token, NOW + 12 * HOUR - SECOND) == "101"
    assert await sessions.staff_id(token, NOW + 12 * HOUR) is None


async def test_a_sign_of_life_is_written_once_a_minute(database: Database) -> None:
    sessions = await sessions_of_101(database)
    token = await sessions.open("101", NOW)
    seen = []
    for seconds in (30, 59, 60, 90):
        await sessions.staff_id(token, NOW + seconds * SECOND)
        seen.append((await stored(database))[0][1])
    assert seen == [NOW, NOW, NOW + 60 * SECOND, NOW + 60 * SECOND]


async def test_signing_out_ends_this_session_only(database: Database) -> None:
    sessions = await sessions_of_101(database)
    here, there = await sessions.open("101", NOW), await sessions.open("101", NOW)
    await sessions.end(here)
    assert await sessions.staff_id(here, NOW) is None
    assert await sessions.staff_id(there, NOW) == "101"


async def test_what_has_run_out_is_cleared_away(database: Database) -> None:
    sessions = await sessions_of_101(database)
    await sessions.open("101", NOW)
    await sessions.open("101", NOW + 9 * HOUR)
    async with database.reader.connect() as connection:
        assert (await connection.execute(select(func.count()).select_from(staff_sessions))).scalar_one() == 1
