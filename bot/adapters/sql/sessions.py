"""Signed-in sessions: a random key for the browser, only its hash for the database."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_staff import staff, staff_sessions
from bot.desk.accounts import SessionRules

#: Tells keys apart from other texts, so that logs can mask them (bot/masking.py).
PREFIX = "gds_"
#: A sign of life is written at most this often.
TOUCH = timedelta(minutes=1)


class SqlSessions:
    """Implements bot.desk.sign_in.Sessions."""

    def __init__(self, database: Database, rules: SessionRules | None = None) -> None:
        self._database = database
        self._rules = rules or SessionRules()

    async def open(self, staff_id: str, now: datetime) -> str:
        """A new session; all that have run out are cleared away with it."""
        token = PREFIX + secrets.token_urlsafe(32)
        row = {
            "token_hash": _hash(token),
            "staff_id": staff_id,
            "created_at": now,
            "expires_at": now + self._rules.lifetime,
            "last_seen_at": now,
        }
        over = (staff_sessions.c.expires_at <= now) | (staff_sessions.c.last_seen_at <= now - self._rules.idle)
        async with self._database.writer.begin() as connection:
            await connection.execute(delete(staff_sessions).where(over))
            await connection.execute(insert(staff_sessions), row)
        return token

    async def staff_id(self, token: str, now: datetime) -> str | None:
        here = staff_sessions.c.token_hash == _hash(token)
        query = (
            select(staff_sessions.c.staff_id, staff_sessions.c.last_seen_at)
            .join(staff, staff.c.staff_id == staff_sessions.c.staff_id)
            .where(here, staff.c.active)
            .where(staff_sessions.c.expires_at > now, staff_sessions.c.last_seen_at > now - self._rules.idle)
        )
        async with self._database.reader.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
        if row is None:
            return None
        if now - row["last_seen_at"] >= TOUCH:
            async with self._database.writer.begin() as connection:
                await connection.execute(update(staff_sessions).where(here).values(last_seen_at=now))
        staff_id: str = row["staff_id"]
        return staff_id

    async def end(self, token: str) -> None:
        async with self._database.writer.begin() as connection:
            await connection.execute(delete(staff_sessions).where(staff_sessions.c.token_hash == _hash(token)))


def _hash(token: str) -> str:
    # The key is random, 256 bits: a slow hash would add nothing.
    return hashlib.sha256(token.encode()).hexdigest()
