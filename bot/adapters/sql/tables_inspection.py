"""Tables of quality inspection: the inspections, and what each was after every change."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text

from bot.adapters.sql.metadata import Utc, metadata

inspections = Table(
    "inspections",
    metadata,
    Column("id", String(40), primary_key=True),
    # No foreign key: a score is known for longer than what was said. One conversation is inspected once.
    Column("conversation_id", String(40), nullable=False, unique=True),
    Column("staff_id", String(20), nullable=False),
    Column("closed_at", Utc, nullable=False, index=True),
    Column("category", String(50), nullable=False),
    Column("origin", String(10), nullable=False),
    Column("stage", String(12), nullable=False),
    Column("made_by", String(20), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("version", Integer, nullable=False),
    Column("inspector", String(20)),
    Column("sheet", JSON, nullable=False),
    Column("score", Integer),
    Column("published_at", Utc),
    Column("objection", Text, nullable=False),
    Column("objected_at", Utc),
    Column("decision", Text, nullable=False),
    Column("decided_by", String(20)),
    Column("decided_at", Utc),
    Index("ix_inspections_staff", "staff_id", "closed_at"),
)

inspection_versions = Table(
    "inspection_versions",
    metadata,
    Column("inspection_id", String(40), ForeignKey("inspections.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("staff_id", String(20), nullable=False),
    Column("what", String(40), nullable=False),
    Column("stage", String(12), nullable=False),
    Column("score", Integer),
    Column("sheet", JSON, nullable=False),
)
