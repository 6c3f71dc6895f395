"""Tables of the people's side that belong to no one conversation: the desk's log."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from bot.adapters.sql.metadata import Utc, metadata

desk_log = Table(
    "desk_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("did", String(20), nullable=False),
    Column("staff_id", String(20)),
    Column("about", String(20)),
    # No foreign key: what was done is known for longer than what was said.
    Column("conversation_id", String(40)),
    Column("text", Text, nullable=False),
    Index("ix_desk_log_at", "at", "did"),
)
