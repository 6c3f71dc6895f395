"""Signing in on SQLite and PostgreSQL: who gets in, who is locked out and for how long."""

import asyncio
from datetime import timedelta

import pytest

from bot.adapters.passwords import Argon2Passwords
from bot.adapters.sql.credentials import SqlCredentials
from bot.adapters.sql.database import Database
from bot.adapters.sql.sessions import SqlSessions
from bot.desk.attempts import AttemptLimit
from bot.desk.sign_in import AccountLocked, SignIn, TooManyAttempts, WrongPassword
from tests.contract.business import StoppedClock
from tests.contract.people import NOW, PASSWORD, add_staff, quick_passwords

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


class Door:
    """Sign-in with a clock that a test moves; each attempt comes from an address of its own unless told."""

    def __init__(self, database: Database) -> None:
        self.clock = StoppedClock(NOW)
        self.sessions = SqlSessions(database)
        self.sign_in = SignIn(
            credentials=SqlCredentials(database),
            passwords=quick_passwords(),
            sessions=self.sessions,
            clock=self.clock,
            limit=AttemptLimit(most=20, within=timedelta(minutes=5)),
        )
        self.attempts = 0

    async def try_(self, staff_id: str, password: str, address: str = "") -> str:
        self.attempts += 1
        return await self.sign_in(staff_id, password, address or f"10.0.0.{self.attempts}")

    async def fail(self, times: int = 1) -> AccountLocked | None:
        """Enter a wrong password so often; the lock that the last one met or caused."""
        met: AccountLocked | None = None
        for _ in range(times):
            met = None
            try:
                await self.try_("101", "wrong-password")
            except WrongPassword:
                pass
            except AccountLocked as locked:
                met = locked
        return met


async def open_door(database: Database) -> Door:
    await add_staff(database, "101")
    return Door(database)


async def test_the_right_password_opens_a_session(database: Database) -> None:
    door = await open_door(database)
    token = await door.try_("101", PASSWORD)
    assert await door.sessions.staff_id(token, NOW) == "101"


@pytest.mark.parametrize("staff_id", ["101", "999", "", "101' OR 1=1 --"])
async def test_a_wrong_number_and_a_wrong_password_look_the_same(database: Database, staff_id: str) -> None:
    door = await open_door(database)
    with pytest.raises(WrongPassword):
        await door.try_(staff_id, "wrong-password")


async def test_nobody_signs_in_to_an_ended_account(database: Database) -> None:
    staff = await add_staff(database, "101")
    await staff.deactivate("101", NOW)
    with pytest.raises(WrongPassword):
        await Door(database).try_("101", PASSWORD)


async def test_the_fifth_wrong_password_locks_for_a_minute_even_the_right_one_out(database: Database) -> None:
    door = await open_door(database)
    assert await door.fail(4) is None
    locked = await door.fail()
    assert locked is not None
    assert locked.wait == MINUTE
    door.clock.moment += MINUTE - SECOND
    with pytest.raises(AccountLocked) as caught:
        await door.try_("101", PASSWORD)
    assert caught.value.wait == SECOND
    door.clock.moment += SECOND
    assert await door.try_("101", PASSWORD)


async def test_every_further_wrong_password_doubles_the_lock_up_to_a_quarter_of_an_hour(database: Database) -> None:
    door = await open_door(database)
    await door.fail(4)
    minutes = []
    for _ in range(6):
        locked = await door.fail()
        assert locked is not None
        minutes.append(locked.wait / MINUTE)
        door.clock.moment += locked.wait
    assert minutes == [1, 2, 4, 8, 15, 15]


async def test_attempts_during_a_lock_do_not_lengthen_it(database: Database) -> None:
    door = await open_door(database)
    await door.fail(5)
    door.clock.moment += 30 * SECOND
    locked = await door.fail(10)
    assert locked is not None
    assert locked.wait == 30 * SECOND


async def test_the_right_password_forgets_the_wrong_ones(database: Database) -> None:
    door = await open_door(database)
    await door.fail(4)
    await door.try_("101", PASSWORD)
    assert await door.fail(4) is None
    assert await door.fail() is not None


async def test_guessing_all_at_once_gets_no_further_than_one_by_one(database: Database) -> None:
    door = await open_door(database)
    guesses = (door.try_("101", f"guess-number-{n}") for n in range(12))
    results = await asyncio.gather(*guesses, return_exceptions=True)
    assert sum(isinstance(result, WrongPassword) for result in results) == 4
    assert sum(isinstance(result, AccountLocked) for result in results) == 8


async def test_a_lock_that_falls_while_the_password_is_checked_holds(database: Database) -> None:
    door = await open_door(database)

    class SlowPasswords:
        async def verify(self, password: str, password_hash: str | None) -> tuple[bool, str | None]:
            await door.fail(5)
            return True, None

    late = SignIn(
        credentials=SqlCredentials(database), passwords=SlowPasswords(), sessions=door.sessions, clock=door.clock
    )
    with pytest.raises(AccountLocked):
        await late("101", PASSWORD, "10.0.0.1")


async def test_one_address_gets_twenty_wrong_passwords_whichever_accounts_it_tries(database: Database) -> None:
    door = await open_door(database)
    for n in range(20):
        with pytest.raises(WrongPassword):
            await door.try_(f"9{n:02}", "wrong-password", "10.9.9.9")
    with pytest.raises(TooManyAttempts) as caught:
        await door.try_("101", PASSWORD, "10.9.9.9")
    assert caught.value.wait == 5 * MINUTE
    assert await door.try_("101", PASSWORD, "10.9.9.8")
    door.clock.moment += 5 * MINUTE
    assert await door.try_("101", PASSWORD, "10.9.9.9")


async def test_a_shift_of_thirty_signs_in_from_one_address(database: Database) -> None:
    door = await open_door(database)
    for _ in range(30):
        await door.try_("101", PASSWORD, "10.9.9.9")


async def test_a_hash_of_other_parameters_is_renewed_at_the_next_sign_in(database: Database) -> None:
    staff = await add_staff(database, "101")
    strong = await Argon2Passwords().hash(PASSWORD)
    await staff.set_password("101", strong)
    door = Door(database)
    await door.try_("101", PASSWORD)
    found = await SqlCredentials(database).find("101")
    assert found is not None
    assert "m=8,t=1,p=1" in found.password_hash
    assert await door.try_("101", PASSWORD)
