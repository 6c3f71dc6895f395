"""When a model is trained by itself."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.sql.metadata import Utc

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "training_schedule",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String(length=5), nullable=False),
        sa.Column("may_release", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(length=20), nullable=True),
        sa.Column("changed_at", Utc(timezone=True), nullable=True),
        sa.Column("last_at", Utc(timezone=True), nullable=True),
        sa.Column("last_words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_schedule")),
    )
