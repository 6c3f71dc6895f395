"""Tables of what stands around the reply box: canned replies, private notes, satisfaction surveys."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from bot.adapters.sql.metadata import Utc, metadata

canned_replies = Table(
    "canned_replies",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("scope", String(10), nullable=False),
    # Whose it is; for the team's: who wrote it last.
    Column("staff_id", String(20), ForeignKey("staff.staff_id"), nullable=False),
    Column("title", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Index("ix_canned_replies_scope", "scope", "staff_id"),
)

notes = Table(
    "notes",
    metadata,
    # Made by the page, so a resend is the same note.
    Column("conversation_id", String(40), ForeignKey("conversations.id"), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("at", Utc, nullable=False),
    Column("staff_id", String(20), nullable=False),
    Column("text", Text, nullable=False),
)

surveys = Table(
    "surveys",
    metadata,
    Column("conversation_id", String(40), ForeignKey("conversations.id"), primary_key=True),
    Column("contact_id", String(120), nullable=False, index=True),
    Column("staff_id", String(20), nullable=False, index=True),
    Column("asked_at", Utc, nullable=False, index=True),
    Column("score", Integer),
    Column("reason", Text, nullable=False),
    Column("answered_at", Utc),
)
