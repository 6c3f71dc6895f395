"""When a person was first asked for in a conversation, and when one first answered."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_at", sa.DateTime(timezone=True)))
        batch_op.add_column(sa.Column("first_reply_at", sa.DateTime(timezone=True)))
        batch_op.create_index(batch_op.f("ix_conversations_asked_at"), ["asked_at"], unique=False)
