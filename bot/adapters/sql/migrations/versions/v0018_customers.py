"""The customer behind the conversations: who is the same person, tags, who verified the account."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_people",
        sa.Column("contact_id", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_contact_people")),
    )
    op.create_index(op.f("ix_contact_people_person_id"), "contact_people", ["person_id"], unique=False)
    op.create_table(
        "customer_tags",
        sa.Column("contact_id", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=20), nullable=False),
        sa.Column("staff_id", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "text", name=op.f("pk_customer_tags")),
    )
    op.add_column("conversations", sa.Column("account_by", sa.String(length=20)))
