"""SqlStaff on SQLite and PostgreSQL: the directory the queue works from, and the accounts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.adapters.sql.credentials import SqlCredentials
from bot.adapters.sql.database import Database
from bot.adapters.sql.sessions import SqlSessions
from bot.adapters.sql.staff import Account, SqlStaff
from bot.adapters.sql.tables_staff import staff as staff_table
from bot.desk.accounts import BadAccount, LockRules, NewStaff, NoSuchStaff, StaffExists
from bot.domain.staff import Presence, Role, Staff
from tests.contract.people import NOW, add_conversation, add_staff


async def test_a_new_account_is_offline_and_has_nothing(database: Database) -> None:
    staff = await add_staff(database, "101")
    assert await staff.get("101") == Staff(staff_id="101", name="员工101", role=Role.AGENT)
    assert await staff.get("102") is None


async def test_load_counts_own_conversations_and_those_that_wait(database: Database) -> None:
    staff = await add_staff(database, "101", "102")
    rows = [("agent", "101", True), ("agent", "101", False), ("agent", "102", False), ("closed", "101", True)]
    rows += [("queue", "101", True), ("bot", "101", False)]
    for number, (owner, staff_id, waits) in enumerate(rows):
        await add_conversation(database, number, owner, staff_id, waits)
    assert [(s.staff_id, s.load, s.waiting) for s in await staff.all()] == [("101", 2, 1), ("102", 1, 0)]
    one = await staff.get("101")
    assert one is not None
    assert (one.load, one.waiting) == (2, 1)


async def test_presence_and_reason_are_kept(database: Database) -> None:
    staff = await add_staff(database, "101")
    changed = await staff.set_presence("101", Presence.BUSY, "用餐", NOW)
    assert (changed.presence, changed.reason) == (Presence.BUSY, "用餐")
    assert await staff.get("101") == changed


async def test_presence_since_starts_when_presence_changes_and_not_when_it_is_repeated(database: Database) -> None:
    staff = await add_staff(database, "101")
    moments = [NOW + timedelta(minutes=minutes) for minutes in range(3)]
    for moment, presence in zip(moments, (Presence.BUSY, Presence.BUSY, Presence.AWAY), strict=True):
        await staff.set_presence("101", presence, "", moment)
        async with database.reader.connect() as connection:
            since = (await connection.execute(select(staff_table.c.presence_since))).scalar_one()
        assert since == (moments[2] if presence is Presence.AWAY else moments[0])


async def test_nobody_has_no_presence(database: Database) -> None:
    with pytest.raises(NoSuchStaff):
        await SqlStaff(database).set_presence("101", Presence.ONLINE, "", NOW)


async def test_the_last_assignment_is_kept_with_its_zone(database: Database) -> None:
    staff = await add_staff(database, "101", "102")
    await staff.mark_assigned("102", NOW)
    assert [s.last_assigned_at for s in await staff.all()] == [None, NOW]


async def test_a_number_is_used_once_even_after_its_owner_left(database: Database) -> None:
    staff = await add_staff(database, "101")
    await staff.deactivate("101", NOW)
    with pytest.raises(StaffExists, match="101"):
        await add_staff(database, "101")


async def test_several_accounts_are_made_together_or_not_at_all(database: Database) -> None:
    staff = await add_staff(database, "102")
    with pytest.raises(StaffExists):
        await add_staff(database, "101", "102", "103")
    assert [s.staff_id for s in await staff.all()] == ["102"]


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (NewStaff(staff_id="queue", name="甲", role=Role.AGENT), "工号"),
        (NewStaff(staff_id="1 2", name="甲", role=Role.AGENT), "工号"),
        (NewStaff(staff_id="", name="甲", role=Role.AGENT), "工号"),
        (NewStaff(staff_id="1" * 21, name="甲", role=Role.AGENT), "工号"),
        (NewStaff(staff_id="101", name=" ", role=Role.AGENT), "姓名"),
        (NewStaff(staff_id="101", name="甲", role=Role.AGENT, capacity=0), "接待"),
    ],
)
async def test_an_account_that_cannot_work_is_refused(database: Database, new: NewStaff, reason: str) -> None:
    with pytest.raises(BadAccount, match=reason):
        await SqlStaff(database).create([Account(new, "hash")], NOW)


async def test_who_has_left_is_gone_from_every_list_and_signed_out(database: Database) -> None:
    staff = await add_staff(database, "101", "102")
    sessions = SqlSessions(database)
    token = await sessions.open("101", NOW)
    await staff.deactivate("101", NOW)
    assert await staff.get("101") is None
    assert [s.staff_id for s in await staff.all()] == ["102"]
    assert await sessions.staff_id(token, NOW) is None
    with pytest.raises(NoSuchStaff):
        await staff.deactivate("101", NOW)
    assert await staff.has_accounts()


async def test_a_new_password_lifts_the_lock_and_ends_all_sessions(database: Database) -> None:
    staff = await add_staff(database, "101", "102")
    sessions, credentials = SqlSessions(database), SqlCredentials(database)
    own, other = await sessions.open("101", NOW), await sessions.open("102", NOW)
    await credentials.count_wrong("101", LockRules(wrong_passwords=1), NOW)
    await staff.set_password("101", "another hash")
    found = await credentials.find("101")
    assert found is not None
    assert (found.password_hash, found.locked_until) == ("another hash", None)
    assert await sessions.staff_id(own, NOW) is None
    assert await sessions.staff_id(other, NOW) == "102"
    with pytest.raises(NoSuchStaff):
        await staff.set_password("999", "hash")


async def test_an_empty_table_has_no_accounts(database: Database) -> None:
    assert not await SqlStaff(database).has_accounts()


async def test_being_at_the_desk_is_noted(database: Database) -> None:
    staff = await add_staff(database, "101")
    await staff.note_on_desk("101", True, NOW)
    async with database.reader.connect() as connection:
        row = (await connection.execute(select(staff_table.c.on_desk, staff_table.c.seen_at))).one()
    assert tuple(row) == (True, NOW)
