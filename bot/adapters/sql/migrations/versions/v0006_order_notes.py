"""Notes on work orders; orders are looked up by telephone number and account."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("work_orders", schema=None) as batch_op:
        # The default fills the orders there are; afterwards the code always says.
        batch_op.add_column(sa.Column("notes", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("work_orders", schema=None) as batch_op:
        batch_op.alter_column("notes", server_default=None)
        batch_op.create_index(batch_op.f("ix_work_orders_contact_phone"), ["contact_phone"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_orders_account_number"), ["account_number"], unique=False)
