"""Rules of staff accounts: what an account needs, and when wrong passwords lock it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.staff import MOST_CHATS, Role

_STAFF_ID = re.compile(r"(?=.*[0-9])[0-9A-Za-z]{1,20}")
PASSWORD_CHARACTERS = range(8, 201)


class NoSuchStaff(LookupError):
    """No active account has this staff number."""


class StaffExists(ValueError):
    """The staff number is taken, perhaps by an account that is no longer active."""


class BadAccount(ValueError):
    """An account cannot be made or changed like this; the text (Chinese) says what to do."""


@dataclass(frozen=True, kw_only=True)
class NewStaff:
    #: 工号, at most 20 letters and digits with at least one digit.
    staff_id: str
    name: str
    role: Role
    #: Conversations at the same time.
    capacity: int = 10
    #: Skill groups, by name.
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LockRules:
    """Guessing a password must be slow, and nobody locked out for good by somebody else's guesses."""

    wrong_passwords: int = 5
    first_lock: timedelta = timedelta(minutes=1)
    longest_lock: timedelta = timedelta(minutes=15)

    def locked_until(self, failed: int, now: datetime) -> datetime | None:
        """Until when the account is locked after this many wrong passwords in a row; each further one doubles it."""
        beyond = failed - self.wrong_passwords
        if beyond < 0:
            return None
        doubled: int = 2 ** min(beyond, 20)  # far above any longest lock, far below an overflow
        return now + min(self.first_lock * doubled, self.longest_lock)


@dataclass(frozen=True, kw_only=True)
class SessionRules:
    lifetime: timedelta = timedelta(hours=12)
    #: Ended when nothing is heard for so long.
    idle: timedelta = timedelta(hours=8)


def check_account(new: NewStaff) -> None:
    """Raises BadAccount."""
    if not _STAFF_ID.fullmatch(new.staff_id):
        raise BadAccount(f"工号“{new.staff_id}”不可用：请用 1 至 20 个字母或数字，至少含一个数字")
    if not 1 <= len(new.name.strip()) <= 80:
        raise BadAccount("姓名须为 1 至 80 个字符")
    check_capacity(new.capacity)


def check_capacity(capacity: int) -> None:
    """Raises BadAccount."""
    if not 1 <= capacity <= MOST_CHATS:
        raise BadAccount(f"同时接待数须在 1 至 {MOST_CHATS} 之间")


def check_groups(groups: Sequence[str], known: Collection[str]) -> None:
    """Raises BadAccount when a group is not one of the company's."""
    for group in groups:
        if group not in known:
            raise BadAccount(f"没有“{group}”这个技能组，可选：{'、'.join(known) or '（公司资料里还没有设置）'}")


def check_password(password: str) -> None:
    """Raises BadAccount."""
    if len(password) not in PASSWORD_CHARACTERS:
        raise BadAccount(f"密码须为 {PASSWORD_CHARACTERS[0]} 至 {PASSWORD_CHARACTERS[-1]} 个字符")
