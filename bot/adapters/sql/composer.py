"""Canned replies and private notes as rows."""

from sqlalchemy import delete, or_, select
from sqlalchemy.engine import RowMapping

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_composer import canned_replies, notes
from bot.domain.canned import CannedReply, Scope
from bot.domain.notes import Note


class SqlCannedReplies:
    """See bot.desk.canned_replies.CannedStore."""

    def __init__(self, database: Database) -> None:
        self._database = database
        upsert = database.insert(canned_replies)
        self._upsert = upsert.on_conflict_do_update(
            index_elements=["id"],
            set_={name: upsert.excluded[name] for name in ("staff_id", "title", "text", "changed_at")},
        )

    async def of(self, staff_id: str) -> list[CannedReply]:
        mine = (canned_replies.c.scope == Scope.PERSONAL.value) & (canned_replies.c.staff_id == staff_id)
        query = select(canned_replies).where(or_(mine, canned_replies.c.scope == Scope.TEAM.value))
        async with self._database.reader.connect() as connection:
            found = await connection.execute(query.order_by(canned_replies.c.title, canned_replies.c.id))
            return [_reply(row) for row in found.mappings()]

    async def get(self, reply_id: str) -> CannedReply | None:
        query = select(canned_replies).where(canned_replies.c.id == reply_id)
        async with self._database.reader.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
            return _reply(row) if row else None

    async def put(self, reply: CannedReply) -> None:
        async with self._database.writer.begin() as connection:
            await connection.execute(self._upsert, [{**vars(reply), "scope": reply.scope.value}])

    async def remove(self, reply_id: str) -> None:
        async with self._database.writer.begin() as connection:
            await connection.execute(delete(canned_replies).where(canned_replies.c.id == reply_id))


class SqlNotes:
    """See bot.desk.notes.NoteStore."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert = database.insert(notes).on_conflict_do_nothing()

    async def add(self, note: Note) -> Note:
        this_one = (notes.c.conversation_id == note.conversation_id) & (notes.c.id == note.id)
        async with self._database.writer.begin() as connection:
            await connection.execute(self._insert, [vars(note)])
            return Note(**(await connection.execute(select(notes).where(this_one))).mappings().one())

    async def of(self, conversation_id: str) -> list[Note]:
        query = select(notes).where(notes.c.conversation_id == conversation_id).order_by(notes.c.at, notes.c.id)
        async with self._database.reader.connect() as connection:
            return [Note(**row) for row in (await connection.execute(query)).mappings()]


def _reply(row: RowMapping) -> CannedReply:
    return CannedReply(**{**row, "scope": Scope(row["scope"])})
