"""Staff for the contract tests."""

from datetime import UTC, datetime

from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import insert

from bot.adapters.passwords import Argon2Passwords
from bot.adapters.sql import rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.staff import Account, SqlStaff
from bot.adapters.sql.tables_chat import conversations
from bot.desk.accounts import NewStaff
from bot.domain.conversations import Conversation, Owner
from bot.domain.staff import Role

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PASSWORD = "bamo-zuti-kefa-4829"


def quick_passwords() -> Argon2Passwords:
    """As weak as argon2 allows: these tests are about what is done with the result."""
    return Argon2Passwords(Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1))


async def add_staff(database: Database, *staff_ids: str, role: Role = Role.AGENT, password: str = PASSWORD) -> SqlStaff:
    staff, passwords = SqlStaff(database), quick_passwords()
    accounts = [
        Account(NewStaff(staff_id=staff_id, name=f"员工{staff_id}", role=role), await passwords.hash(password))
        for staff_id in staff_ids
    ]
    await staff.create(accounts, NOW)
    return staff


async def add_conversation(database: Database, number: int, owner: str, staff_id: str | None, waits: bool) -> None:
    conversation = Conversation(
        id=f"c-{number}",
        contact_id=f"web:{number}",
        channel="web",
        owner=Owner(owner),
        staff_id=staff_id,
        opened_at=NOW,
        last_at=NOW,
        last_seq=1,
        customer_seq=1,
        waiting_since=NOW if waits else None,
    )
    async with database.writer.begin() as connection:
        await connection.execute(insert(conversations), rows.changed_columns(None, conversation))
