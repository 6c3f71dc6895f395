"""A member of staff signs in: the right password opens a session, wrong ones lock the account for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.desk.accounts import LockRules
from bot.desk.attempts import AttemptLimit


class WrongPassword(Exception):
    """The number or the password is wrong; which of them is not said."""


@dataclass
class Refused(Exception):
    """Not now, not even with the right password."""

    wait: timedelta


class AccountLocked(Refused):
    """Too many wrong passwords for this account."""


class TooManyAttempts(Refused):
    """Too many wrong passwords from this address."""


@dataclass(frozen=True)
class Credential:
    password_hash: str
    locked_until: datetime | None


class Credentials(Protocol):
    async def find(self, staff_id: str) -> Credential | None:
        """Of an active account."""
        ...

    async def count_wrong(self, staff_id: str, rules: LockRules, now: datetime) -> datetime | None:
        """Count a wrong password unless the account is locked, and tell until when it is locked now."""
        ...

    async def admit(self, staff_id: str, new_hash: str | None, now: datetime) -> datetime | None:
        """Forget the wrong passwords, unless the account is locked: then tell until when."""
        ...


class Passwords(Protocol):
    async def verify(self, password: str, password_hash: str | None) -> tuple[bool, str | None]:
        """Whether it is right, and a new hash to be stored if the old one is out of date.

        Without a hash it takes as long and is wrong.
        """
        ...


class Sessions(Protocol):
    async def open(self, staff_id: str, now: datetime) -> str:
        """A new session's key; nobody can learn it again later."""
        ...

    async def staff_id(self, token: str, now: datetime) -> str | None:
        """Whose session this is; None when it has ended. Counts as a sign of life."""
        ...

    async def end(self, token: str) -> None: ...


class SignIn:
    def __init__(
        self,
        *,
        credentials: Credentials,
        passwords: Passwords,
        sessions: Sessions,
        clock: Clock,
        rules: LockRules | None = None,
        limit: AttemptLimit | None = None,
    ) -> None:
        self._credentials = credentials
        self._passwords = passwords
        self._sessions = sessions
        self._clock = clock
        self._rules = rules or LockRules()
        self._limit = limit or AttemptLimit()

    async def __call__(self, staff_id: str, password: str, address: str) -> str:
        """The key of a new session.

        Staff numbers are known to customers, so a locked account may say that it is one.

        Raises:
            WrongPassword, AccountLocked, TooManyAttempts
        """
        if wait := self._limit.wait(address, self._clock.now()):
            raise TooManyAttempts(wait)
        credential = await self._credentials.find(staff_id)
        self._refuse_locked(credential.locked_until if credential else None)
        right, new_hash = await self._passwords.verify(password, credential.password_hash if credential else None)
        if not right:
            self._limit.note_wrong(address, self._clock.now())
            await self._count_wrong(staff_id if credential else None)
            raise WrongPassword
        # Guesses made at the same moment may have locked it meanwhile: then this was one of them.
        self._refuse_locked(await self._credentials.admit(staff_id, new_hash, self._clock.now()))
        return await self._sessions.open(staff_id, self._clock.now())

    async def _count_wrong(self, staff_id: str | None) -> None:
        if staff_id:
            self._refuse_locked(await self._credentials.count_wrong(staff_id, self._rules, self._clock.now()))

    def _refuse_locked(self, until: datetime | None) -> None:
        now = self._clock.now()
        if until and until > now:
            raise AccountLocked(until - now)
