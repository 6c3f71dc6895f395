"""Password hashes: argon2id, off the event loop."""

import asyncio
from functools import cache

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

_NOBODY = "nobody signs in with this"
#: Hashes worked on at a time: each takes 64 MB and a core, and customers' messages go first.
AT_ONCE = 2


class Argon2Passwords:
    """Implements bot.desk.sign_in.Passwords."""

    def __init__(self, hasher: Argon2Hasher | None = None) -> None:
        """`hasher` with other parameters than the library's recommended ones."""
        self._hash = PasswordHash((hasher or Argon2Hasher(),))
        self._nobody = self._hash.hash(_NOBODY) if hasher else _hash_of_nobody()
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def hash(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(self._hash.hash, password)

    async def verify(self, password: str, password_hash: str | None) -> tuple[bool, str | None]:
        """See the port. A stored hash of an unknown kind fits no password."""
        async with self._turns:
            try:
                right, new = await asyncio.to_thread(
                    self._hash.verify_and_update, password, password_hash or self._nobody
                )
            except UnknownHashError:
                return False, None
        return (right, new) if password_hash else (False, None)


@cache
def _hash_of_nobody() -> str:
    """What the password of an unknown number is compared with, so that it takes as long as a known one's."""
    return PasswordHash((Argon2Hasher(),)).hash(_NOBODY)
