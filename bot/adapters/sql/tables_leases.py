"""Who does what only one replica may do at a time."""

from sqlalchemy import Column, Integer, String, Table

from bot.adapters.sql.metadata import Utc, metadata

leases = Table(
    "leases",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("holder", String(40), nullable=False, index=True),
    #: Nobody else may take it before.
    Column("until", Utc(timezone=True), nullable=False),
    #: How far the holder may have come: what it was about to do is not known to be undone.
    Column("reached", Integer, nullable=False),
)
