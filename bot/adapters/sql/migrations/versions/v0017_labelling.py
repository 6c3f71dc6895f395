"""What staff tell about messages, who has one open, several examples of one message, edits in change sets."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.sql.metadata import Utc

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.String(length=20), nullable=False),
        sa.Column("at", Utc(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_note", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["review_items.id"], name=op.f("fk_review_flags_item_id_review_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_flags")),
        sa.UniqueConstraint(
            "item_id",
            "conversation_id",
            "staff_id",
            "by_note",
            name=op.f("uq_review_flags_item_id_conversation_id_staff_id_by_note"),
        ),
    )
    op.add_column("review_items", sa.Column("examples", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("review_items", sa.Column("claimed_by", sa.String(length=20), nullable=True))
    op.add_column("review_items", sa.Column("claimed_until", Utc(timezone=True), nullable=True))
    op.create_index(op.f("ix_review_items_claimed_by"), "review_items", ["claimed_by"], unique=False)
    op.add_column("training_changes", sa.Column("edits", sa.JSON(none_as_null=True), nullable=True))
