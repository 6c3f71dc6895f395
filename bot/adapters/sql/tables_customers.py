"""Tables of the customer behind the conversations: who is the same person, and tags."""

from sqlalchemy import Column, String, Table

from bot.adapters.sql.metadata import Utc, metadata

#: A contact without a row is a person of its own.
contact_people = Table(
    "contact_people",
    metadata,
    Column("contact_id", String(120), primary_key=True),
    Column("person_id", String(40), nullable=False, index=True),
    Column("linked_at", Utc, nullable=False),
)

customer_tags = Table(
    "customer_tags",
    metadata,
    Column("contact_id", String(120), primary_key=True),
    Column("text", String(20), primary_key=True),
    Column("staff_id", String(20), nullable=False),
    Column("at", Utc, nullable=False),
)
