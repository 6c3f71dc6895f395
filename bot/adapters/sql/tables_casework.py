"""What belongs to work orders: their history, notices to customers, the outbox to field units, links to report by."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, text

from bot.adapters.sql.metadata import Utc, metadata

order_steps = Table(
    "order_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String(20), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("what", String(30), nullable=False),
    Column("text", Text, nullable=False),
    Column("staff_id", String(20)),
)

#: Told and gone; what is here has not been told yet.
order_notices = Table(
    "order_notices",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("number", String(20), nullable=False),
    Column("text", Text, nullable=False),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("number", String(20), nullable=False, index=True),
    Column("unit", String(20), nullable=False),
    Column("type", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Utc),
    Column("state", String(12), nullable=False),
    Column("last_error", Text, nullable=False),
    Index("ix_webhooks_dead", "id", sqlite_where=text("state = 'dead'"), postgresql_where=text("state = 'dead'")),
)

report_links = Table(
    "report_links",
    metadata,
    # SHA-256 of the key, in hexadecimal.
    Column("key_hash", String(64), primary_key=True),
    Column("number", String(20), nullable=False, index=True),
    Column("expires_at", Utc, nullable=False),
)
