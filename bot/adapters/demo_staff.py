"""The demo company's staff: made once, with random passwords that are kept where only their owner can read them."""

import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from bot.adapters.passwords import Argon2Passwords
from bot.adapters.sql.database import Database
from bot.adapters.sql.staff import Account, SqlStaff
from bot.clock import Clock
from bot.desk.accounts import NewStaff, StaffExists, check_password
from bot.domain.staff import Role

log = structlog.get_logger()

FILE = "demo-logins.json"
_DEMO = (
    NewStaff(staff_id="101", name="李晓梅", role=Role.AGENT),
    NewStaff(staff_id="102", name="王建国", role=Role.AGENT),
    NewStaff(staff_id="103", name="张雨桐", role=Role.AGENT),
    NewStaff(staff_id="201", name="陈志远", role=Role.LEAD),
    NewStaff(staff_id="301", name="赵敏", role=Role.INSPECTOR),
    NewStaff(staff_id="901", name="刘洋", role=Role.ADMIN),
)
# Without letters that look or sound alike.
_CONSONANTS, _VOWELS, _DIGITS = "bdfghjkmnprstvz", "aeiou", "23456789"


_ROLES = {Role.AGENT: "客服", Role.LEAD: "班长", Role.INSPECTOR: "质检员", Role.ADMIN: "管理员"}


@dataclass(frozen=True)
class DemoLogins:
    #: By staff number; empty when they are not known.
    passwords: dict[str, str]
    created: bool
    #: What to do when the passwords are not known.
    hint: str = ""

    @property
    def text(self) -> str:
        """For whoever started gasdesk: a line for each login, or the hint."""
        known = [(new, self.passwords[new.staff_id]) for new in _DEMO if new.staff_id in self.passwords]
        lines = [f"  {_ROLES[new.role]}　工号 {new.staff_id}　密码 {password}" for new, password in known]
        return "\n".join(["  演示账号（首次运行时生成）：", *lines]) if lines else self.hint and f"  {self.hint}"


async def ensure_demo_staff(database: Database, data_dir: Path, clock: Clock) -> str:
    """See `ensure_demo_logins`; the text to show, "" if this company has staff of its own."""
    return (await ensure_demo_logins(data_dir, SqlStaff(database), Argon2Passwords(), clock.now())).text


async def ensure_demo_logins(data_dir: Path, staff: SqlStaff, passwords: Argon2Passwords, now: datetime) -> DemoLogins:
    """Make the demo staff if there are no accounts at all; afterwards only tell their passwords.

    The file is written first: if the accounts then fail, the next start makes them with the passwords of the file.
    """
    file = data_dir / FILE
    known = _read(file)
    if await staff.has_accounts():
        demo = {new.staff_id for new in _DEMO} & {member.staff_id for member in await staff.all()}
        return DemoLogins(known, created=False, hint=_reset_hint(file) if demo and not known else "")
    known = {new.staff_id: known.get(new.staff_id) or readable_password() for new in _DEMO}
    _write(file, known)
    accounts = [Account(new, await passwords.hash(known[new.staff_id])) for new in _DEMO]
    try:
        await staff.create(accounts, now)
    except StaffExists:  # another replica was faster, and its file holds the passwords
        return DemoLogins({}, created=False, hint=_reset_hint(file))
    return DemoLogins(known, created=True)


def readable_password() -> str:
    """Four groups like "bamo-zuti-kefa-4829": easily typed, 49 bits: plenty behind a lock-out."""
    groups = ["".join(secrets.choice(letters) for letters in (_CONSONANTS, _VOWELS) * 2) for _ in range(3)]
    password = "-".join([*groups, "".join(secrets.choice(_DIGITS) for _ in range(4))])
    check_password(password)
    return password


def _reset_hint(file: Path) -> str:
    return f"{file} 不存在或无法读取，演示账号的密码无从得知。账号仍有效，可用 gasdesk staff password <工号> 重设密码。"


def _read(file: Path) -> dict[str, str]:
    """The passwords in the file; none if it is missing or not what we wrote."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as problem:
        log.warning("demo logins cannot be read", action="demo_logins_unreadable", file=str(file), reason=str(problem))
        return {}
    if not isinstance(content, dict):
        return {}
    return {str(key): value for key, value in content.items() if isinstance(value, str) and value}


def _write(file: Path, passwords: dict[str, str]) -> None:
    """At once and whole, readable by the owner only from its first byte on."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # made with mode 600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(passwords, out, ensure_ascii=False, indent=2)
            out.write("\n")
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
