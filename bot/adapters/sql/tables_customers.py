"""Tables of the customer behind the conversations: who is the same person, how it was proved, and tags."""

from sqlalchemy import Column, Integer, String, Table

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

#: One code a contact; gone when it was used.
link_codes = Table(
    "link_codes",
    metadata,
    Column("contact_id", String(120), primary_key=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("expires_at", Utc, nullable=False),
)

#: Codes that were given out and wrong ones that were sent, for the limits; kept for an hour.
link_tries = Table(
    "link_tries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("contact_id", String(120), nullable=False),
    Column("what", String(10), nullable=False),
    Column("at", Utc, nullable=False, index=True),
)
