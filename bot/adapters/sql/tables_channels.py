"""What the channels remember between restarts, and share between replicas."""

from sqlalchemy import JSON, Column, String, Table

from bot.adapters.sql.metadata import metadata

channel_state = Table(
    "channel_state",
    metadata,
    Column("name", String(160), primary_key=True),
    Column("value", JSON, nullable=False),
)
