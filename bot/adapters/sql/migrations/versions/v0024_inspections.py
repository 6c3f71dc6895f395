"""Inspections of conversations, and conversations by the day they began or ended."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.sql.metadata import Utc

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspections",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.String(length=20), nullable=False),
        sa.Column("closed_at", Utc(timezone=True), nullable=False),
        sa.Column("category", sa.String(length=50), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("made_by", sa.String(length=20), nullable=False),
        sa.Column("made_at", Utc(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("inspector", sa.String(length=20), nullable=True),
        sa.Column("sheet", sa.JSON(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("published_at", Utc(timezone=True), nullable=True),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("objected_at", Utc(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=20), nullable=True),
        sa.Column("decided_at", Utc(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspections")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_inspections_conversation_id")),
    )
    op.create_index(op.f("ix_inspections_closed_at"), "inspections", ["closed_at"])
    op.create_index("ix_inspections_staff", "inspections", ["staff_id", "closed_at"])
    op.create_table(
        "inspection_versions",
        sa.Column("inspection_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Utc(timezone=True), nullable=False),
        sa.Column("staff_id", sa.String(length=20), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("sheet", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_inspection_versions_inspection_id_inspections")
        ),
        sa.PrimaryKeyConstraint("inspection_id", "number", name=op.f("pk_inspection_versions")),
    )
    op.create_index(op.f("ix_conversations_opened_at"), "conversations", ["opened_at"])
    op.create_index(op.f("ix_conversations_closed_at"), "conversations", ["closed_at"])
