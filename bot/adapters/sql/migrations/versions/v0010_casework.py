"""The life of work orders: stage, assignee, result, extension; history, notices, outbox, report links."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
#: Columns that the code always fills, with what the orders there are get.
_FILLED: dict[str, tuple[Any, str]] = {
    "urgency": (sa.String(length=20), "普通"),
    "stage": (sa.String(length=20), "受理"),
    "result": (sa.Text(), ""),
    "answer": (sa.Text(), ""),
    "extension_reason": (sa.Text(), ""),
    "reminded": (sa.JSON(), "[]"),
}


def upgrade() -> None:
    with op.batch_alter_table("work_orders", schema=None) as batch_op:
        for name, (kind, default) in _FILLED.items():
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=default))
        batch_op.add_column(sa.Column("assignee", sa.String(length=20)))
        for name in ("on_site_at", "reported_at", "extension_until"):
            batch_op.add_column(sa.Column(name, _MOMENT))
    with op.batch_alter_table("work_orders", schema=None) as batch_op:
        for name in _FILLED:
            batch_op.alter_column(name, server_default=None)
        batch_op.create_index("ix_work_orders_state_due", ["state", "due_at"])
    op.execute("UPDATE work_orders SET stage = '已派单' WHERE dispatched_at IS NOT NULL")
    op.execute("UPDATE work_orders SET stage = '已归档' WHERE state = '已完成'")
    op.create_table(
        "order_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.String(length=20)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_steps")),
    )
    op.create_index(op.f("ix_order_steps_number"), "order_steps", ["number"])
    op.create_table(
        "order_notices",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_notices")),
    )
    op.create_table(
        "webhooks",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", _MOMENT),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    op.create_index(op.f("ix_webhooks_number"), "webhooks", ["number"])
    dead = sa.text("state = 'dead'")
    op.create_index("ix_webhooks_dead", "webhooks", ["id"], sqlite_where=dead, postgresql_where=dead)
    op.create_table(
        "report_links",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_report_links")),
    )
    op.create_index(op.f("ix_report_links_number"), "report_links", ["number"])
