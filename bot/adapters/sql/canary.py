"""What the models answered while one was tried, in the database."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import conversations
from bot.adapters.sql.tables_releases import canary_answers
from bot.training.canary import Answered


class SqlCanary:
    """Implements training.canary.AnswerStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, answered: Answered) -> None:
        """See AnswerStore."""
        row: dict[str, Any] = asdict(answered)
        statement = self._database.insert(canary_answers).values(row).on_conflict_do_nothing()
        async with self._database.writer.begin() as connection:
            await connection.execute(statement)

    async def of(self, release_id: str) -> Sequence[Answered]:
        query = select(canary_answers).where(canary_answers.c.release_id == release_id).order_by(canary_answers.c.at)
        async with self._database.searcher.connect() as connection:
            return [Answered(**row) for row in (await connection.execute(query)).mappings()]

    async def opened_at(self, conversation_id: str) -> datetime | None:
        query = select(conversations.c.opened_at).where(conversations.c.id == conversation_id)
        async with self._database.reader.connect() as connection:
            found: datetime | None = (await connection.execute(query)).scalar_one_or_none()
        return found
