"""The review inbox: messages worth a look, and the decisions on them."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.sql.metadata import Utc

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_items",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("shape_hash", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("guesses", sa.JSON(), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", Utc(timezone=True), nullable=False),
        sa.Column("last_at", Utc(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("intent", sa.String(length=60), nullable=True),
        sa.Column("decided_by", sa.String(length=20), nullable=True),
        sa.Column("decided_at", Utc(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("folded_into", sa.String(length=40), nullable=True),
        sa.Column("change_id", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_items")),
        sa.UniqueConstraint("shape_hash", name=op.f("uq_review_items_shape_hash")),
    )
    op.create_index(op.f("ix_review_items_change_id"), "review_items", ["change_id"], unique=False)
    op.create_index(op.f("ix_review_items_folded_into"), "review_items", ["folded_into"], unique=False)
    op.create_index("ix_review_items_state", "review_items", ["state", "last_at"], unique=False)
    op.create_table(
        "review_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=40), nullable=False),
        sa.Column("at", Utc(timezone=True), nullable=False),
        sa.Column("staff_id", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("intent", sa.String(length=60), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["review_items.id"], name=op.f("fk_review_decisions_item_id_review_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_decisions")),
    )
    op.create_index(op.f("ix_review_decisions_item_id"), "review_decisions", ["item_id"], unique=False)
