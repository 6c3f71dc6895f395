"""Models on trial: their share of the conversations, and what was answered meanwhile."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.sql.metadata import Utc

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("model_releases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("share", sa.Integer(), nullable=False, server_default="100"))
        batch_op.add_column(sa.Column("canary_at", Utc(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("ended_by", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("end_reason", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("model_releases", schema=None) as batch_op:
        batch_op.alter_column("share", server_default=None)
        batch_op.alter_column("end_reason", server_default=None)
    op.create_table(
        "canary_answers",
        sa.Column("release_id", sa.String(length=40), nullable=False),
        sa.Column("message_id", sa.String(length=80), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("candidate", sa.Boolean(), nullable=False),
        sa.Column("at", Utc(timezone=True), nullable=False),
        sa.Column("milliseconds", sa.Float(), nullable=False),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("fallback", sa.Boolean(), nullable=False),
        sa.Column("handed_over", sa.Boolean(), nullable=False),
        sa.Column("unhelpful", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["model_releases.id"], name=op.f("fk_canary_answers_release_id_model_releases")
        ),
        sa.PrimaryKeyConstraint("release_id", "message_id", name=op.f("pk_canary_answers")),
    )
