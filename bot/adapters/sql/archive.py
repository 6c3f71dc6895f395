"""What a customer said before, over conversations and channels."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select

from bot.adapters.sql import rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import conversations, messages
from bot.customers.ports import Place
from bot.domain.conversations import Conversation, Message


class SqlArchive:
    """See bot.customers.ports.Archive."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def before(self, contact_ids: Sequence[str], place: Place, limit: int) -> list[Message]:
        opened_at, last_seq, id_ = conversations.c.opened_at, conversations.c.last_seq, conversations.c.id
        c = place.conversation
        earlier = or_(
            opened_at < c.opened_at,
            and_(opened_at == c.opened_at, or_(last_seq < c.last_seq, and_(last_seq == c.last_seq, id_ < c.id))),
            and_(id_ == c.id, messages.c.seq < place.seq),
        )
        query = (
            select(messages)
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(conversations.c.contact_id.in_(contact_ids), earlier)
            .order_by(opened_at.desc(), last_seq.desc(), id_.desc(), messages.c.seq.desc())
            .limit(limit)
        )
        async with self._database.reader.connect() as connection:
            return [rows.message(row) for row in (await connection.execute(query)).mappings()][::-1]

    async def get_all(self, conversation_ids: Sequence[str]) -> dict[str, Conversation]:
        query = select(conversations).where(conversations.c.id.in_(conversation_ids))
        async with self._database.reader.connect() as connection:
            found = [rows.conversation(row) for row in (await connection.execute(query)).mappings()]
        return {c.id: c for c in found}
