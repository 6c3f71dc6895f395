"""Since when an account is in arrears, and whether it pays by direct debit: both decide the late fee."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("arrears_since", sa.Date(), nullable=True))
    op.add_column("accounts", sa.Column("direct_debit", sa.Boolean(), server_default=sa.false(), nullable=False))
