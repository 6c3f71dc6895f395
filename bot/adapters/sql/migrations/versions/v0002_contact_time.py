"""When a customer can be called or visited, on work orders."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("work_orders", schema=None) as batch_op:
        # The default fills the orders there are; afterwards the code always says.
        batch_op.add_column(sa.Column("contact_time", sa.String(length=80), nullable=False, server_default=""))
    with op.batch_alter_table("work_orders", schema=None) as batch_op:
        batch_op.alter_column("contact_time", server_default=None)
