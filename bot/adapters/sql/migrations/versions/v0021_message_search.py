"""Searching what customers and agents said."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.sql.message_index import create_index, index_all

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BATCH = 5_000


def upgrade() -> None:
    connection = op.get_bind()
    create_index(connection)
    said = sa.text("SELECT conversation_id, seq, speaker, kind, text FROM messages ORDER BY at, contact_id, seq")
    result = connection.execute(said)
    while rows := result.mappings().fetchmany(BATCH):
        index_all(connection, [dict(row) for row in rows])
