"""Records of the assistant: a complaint's grade, and the subject of which one conversation files one order."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("work_orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("grade", sa.String(length=20)))
        batch_op.add_column(sa.Column("subject", sa.Text()))
        batch_op.create_index(
            "uq_work_orders_subject",
            ["conversation_id", "subject"],
            unique=True,
            sqlite_where=sa.text("subject IS NOT NULL"),
            postgresql_where=sa.text("subject IS NOT NULL"),
        )
