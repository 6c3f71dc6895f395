"""Tables of shifts: who works when, and the hand-over forms."""

from sqlalchemy import JSON, Column, Date, Integer, String, Table, Text, UniqueConstraint

from bot.adapters.sql.metadata import Utc, metadata

roster = Table(
    "roster",
    metadata,
    Column("day", Date, primary_key=True),
    Column("shift", String(20), primary_key=True),
    Column("staff_id", String(20), primary_key=True),
    # As the lead named them.
    Column("place", Integer, nullable=False),
)

shift_handovers = Table(
    "shift_handovers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("day", Date, nullable=False),
    Column("shift", String(20), nullable=False),
    Column("made_by", String(20), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("equipment", Text, nullable=False),
    Column("remarks", Text, nullable=False),
    Column("cases", JSON, nullable=False),
    Column("given_by", String(20)),
    Column("given_at", Utc),
    Column("taken_by", String(20)),
    Column("taken_at", Utc),
    UniqueConstraint("day", "shift"),
)
