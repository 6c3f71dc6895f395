"""Conversations that the team lead is to serve."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        # The default fills the conversations there are; afterwards the code always says.
        batch_op.add_column(sa.Column("for_lead", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.alter_column("for_lead", server_default=None)
