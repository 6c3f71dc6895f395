"""One message of a contact, by its id or its number."""

from sqlalchemy import ColumnElement, select

from bot.adapters.sql import rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import messages
from bot.domain.conversations import Message


class SqlMessages:
    """See bot.files.ports.Messages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_id(self, contact_id: str, message_id: str) -> Message | None:
        return await self._one(contact_id, messages.c.id == message_id)

    async def by_seq(self, contact_id: str, seq: int) -> Message | None:
        return await self._one(contact_id, messages.c.seq == seq)

    async def _one(self, contact_id: str, which: ColumnElement[bool]) -> Message | None:
        query = select(messages).where(messages.c.contact_id == contact_id, which)
        async with self._database.reader.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
            return rows.message(row) if row else None
