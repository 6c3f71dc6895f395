"""Presence: skill groups, who served a customer last, when somebody has to be back, and the desk's log."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("did", sa.String(length=20), nullable=False),
        sa.Column("staff_id", sa.String(length=20)),
        sa.Column("about", sa.String(length=20)),
        sa.Column("conversation_id", sa.String(length=40)),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_log")),
    )
    op.create_index("ix_desk_log_at", "desk_log", ["at", "did"], unique=False)
    # The defaults fill the rows there are; afterwards the code always says.
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("groups", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(sa.Column("back_by", sa.DateTime(timezone=True)))
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.alter_column("groups", server_default=None)
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("served_by", sa.String(length=20)))
        batch_op.add_column(sa.Column("skill_group", sa.String(length=20), nullable=False, server_default=""))
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.alter_column("skill_group", server_default=None)
