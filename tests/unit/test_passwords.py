"""argon2id: what is stored, and that nobody learns from the time it takes which numbers exist."""

from bot.adapters.passwords import Argon2Passwords
from bot.clock import stopwatch


async def test_a_hash_is_argon2id_and_salted() -> None:
    passwords = Argon2Passwords()
    first, second = await passwords.hash("secret words"), await passwords.hash("secret words")
    assert first.startswith("$argon2id$")
    assert first != second
    assert await passwords.verify("secret words", first) == (True, None)
    assert await passwords.verify("secret word", first) == (False, None)


async def test_no_account_costs_the_same_time_as_a_wrong_password() -> None:
    passwords = Argon2Passwords()
    stored = await passwords.hash("secret words")

    async def least_seconds(password_hash: str | None) -> float:
        taken = []
        for _ in range(3):
            begun = stopwatch()
            assert (await passwords.verify("nobody signs in with this", password_hash))[0] is False
            taken.append(stopwatch() - begun)
        return min(taken)

    assert await least_seconds(None) > 0.3 * await least_seconds(stored)


async def test_a_damaged_hash_fits_no_password() -> None:
    passwords = Argon2Passwords()
    for damaged in ("", "plain text", "$argon2id$v=19$m=8"):
        assert await passwords.verify("plain text", damaged) == (False, None)
