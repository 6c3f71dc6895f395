"""The demo company's staff: made once, and never locked out by a lost file."""

import json
import stat
from pathlib import Path

import pytest

from bot.adapters import demo_staff
from bot.adapters.demo_staff import FILE, ensure_demo_logins, ensure_demo_staff, readable_password
from bot.adapters.sql.credentials import SqlCredentials
from bot.adapters.sql.database import Database
from bot.adapters.sql.staff import SqlStaff
from bot.domain.staff import Role
from tests.contract.business import StoppedClock
from tests.contract.people import NOW, add_staff, quick_passwords

NUMBERS = ["101", "102", "103", "201", "301", "901"]


async def ensure(database: Database, folder: Path) -> demo_staff.DemoLogins:
    return await ensure_demo_logins(folder, SqlStaff(database), quick_passwords(), NOW)


async def fits(database: Database, staff_id: str, password: str) -> bool:
    found = await SqlCredentials(database).find(staff_id)
    assert found is not None
    return (await quick_passwords().verify(password, found.password_hash))[0]


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if "demo" in path.name)


async def test_the_first_run_makes_them_and_keeps_the_passwords_for_the_owner_only(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "var"
    logins = await ensure(database, folder)
    assert (logins.created, logins.hint) == (True, "")
    assert json.loads((folder / FILE).read_text()) == logins.passwords
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert names_in(folder) == [FILE]
    staff = await SqlStaff(database).all()
    roles = [Role.AGENT] * 3 + [Role.LEAD, Role.INSPECTOR, Role.ADMIN]
    assert [(s.staff_id, s.role) for s in staff] == list(zip(NUMBERS, roles, strict=True))
    assert all([await fits(database, number, password) for number, password in logins.passwords.items()])


async def test_the_second_run_changes_nothing_and_tells_the_same(database: Database, tmp_path: Path) -> None:
    first = await ensure(database, tmp_path)
    second = await ensure(database, tmp_path)
    assert (second.passwords, second.created) == (first.passwords, False)


async def test_whoever_starts_gasdesk_is_told_numbers_roles_and_passwords(database: Database, tmp_path: Path) -> None:
    text = await ensure_demo_staff(database, tmp_path, StoppedClock(NOW))
    passwords = json.loads((tmp_path / FILE).read_text())
    for role, number in [("客服", "101"), ("班长", "201"), ("质检员", "301"), ("管理员", "901")]:
        assert f"{role}　工号 {number}　密码 {passwords[number]}" in text
    (tmp_path / FILE).unlink()
    assert "gasdesk staff password" in await ensure_demo_staff(database, tmp_path, StoppedClock(NOW))


async def test_after_a_lost_file_the_accounts_stay_and_it_says_how_to_go_on(database: Database, tmp_path: Path) -> None:
    first = await ensure(database, tmp_path)
    (tmp_path / FILE).unlink()
    second = await ensure(database, tmp_path)
    assert (second.passwords, second.created) == ({}, False)
    assert "gasdesk staff password" in second.hint
    assert FILE in second.hint
    assert await fits(database, "101", first.passwords["101"])
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("content", ["{", "[]", '{"101": 5}', ""])
async def test_a_broken_file_counts_as_lost(database: Database, tmp_path: Path, content: str) -> None:
    await ensure(database, tmp_path)
    (tmp_path / FILE).write_text(content)
    assert "gasdesk staff password" in (await ensure(database, tmp_path)).hint


async def test_a_run_that_died_between_file_and_accounts_is_finished_with_the_same_passwords(
    database: Database, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_text('{"101": "bamo-zuti-kefa-4829"}')
    logins = await ensure(database, tmp_path)
    assert logins.created
    assert logins.passwords["101"] == "bamo-zuti-kefa-4829"
    assert list(logins.passwords) == NUMBERS
    assert await fits(database, "101", "bamo-zuti-kefa-4829")


async def test_a_company_with_staff_of_its_own_gets_no_demo_accounts(database: Database, tmp_path: Path) -> None:
    staff = await add_staff(database, "5001")
    assert await ensure_demo_staff(database, tmp_path, StoppedClock(NOW)) == ""
    assert [s.staff_id for s in await staff.all()] == ["5001"]


def test_passwords_differ_and_can_be_read_out() -> None:
    made = {readable_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(password) == 19 and password.replace("-", "").isalnum() for password in made)


async def test_a_file_that_cannot_be_written_makes_no_accounts(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("bot.adapters.demo_staff.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        await ensure(database, tmp_path)
    assert names_in(tmp_path) == []
    assert not await SqlStaff(database).has_accounts()
