"""Tables of the retraining: messages to look at, decisions on them, change sets, training runs."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bot.adapters.sql.metadata import Utc, metadata

review_items = Table(
    "review_items",
    metadata,
    Column("id", String(40), primary_key=True),
    # Of the sentence's shape: who writes the same in other punctuation adds to the count.
    Column("shape_hash", String(64), nullable=False, unique=True),
    # Without what identifies the customer.
    Column("text", Text, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("guesses", JSON, nullable=False),
    Column("conversation_id", String(40)),
    Column("count", Integer, nullable=False),
    Column("first_at", Utc, nullable=False),
    Column("last_at", Utc, nullable=False),
    Column("state", String(10), nullable=False),
    Column("intent", String(60)),
    Column("decided_by", String(20)),
    Column("decided_at", Utc),
    Column("note", Text, nullable=False),
    # What it teaches, if that is not just the message with the intent.
    Column("examples", JSON(none_as_null=True)),
    # Who has it open, until when.
    Column("claimed_by", String(20), index=True),
    Column("claimed_until", Utc),
    Column("folded_into", String(40), index=True),
    Column("change_id", String(40), index=True),
    Column("version", Integer, nullable=False),
    Index("ix_review_items_state", "state", "last_at"),
)

# What the staff who were there told about a message.
review_flags = Table(
    "review_flags",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", String(40), ForeignKey("review_items.id"), nullable=False),
    Column("conversation_id", String(40), nullable=False),
    Column("staff_id", String(20), nullable=False),
    Column("at", Utc, nullable=False),
    Column("why", Text, nullable=False),
    Column("by_note", Boolean, nullable=False),
    UniqueConstraint("item_id", "conversation_id", "staff_id", "by_note"),
)

review_decisions = Table(
    "review_decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", String(40), ForeignKey("review_items.id"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("staff_id", String(20), nullable=False),
    # What it became: open (taken back), accepted, rejected.
    Column("state", String(10), nullable=False),
    Column("intent", String(60)),
    Column("note", Text, nullable=False),
)

training_changes = Table(
    "training_changes",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("additions", JSON, nullable=False),
    # What else is changed: intents, responses, articles.
    Column("edits", JSON(none_as_null=True)),
    Column("diff", Text, nullable=False),
    Column("staff_id", String(20), nullable=False),
    Column("at", Utc, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("reverted_by", String(20)),
    Column("reverted_at", Utc),
)

training_runs = Table(
    "training_runs",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("staff_id", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Utc, nullable=False, index=True),
    Column("ended_at", Utc),
    # The process that looks after it; gone without an end, the run was interrupted.
    Column("keeper", JSON, nullable=False),
    # The model that was trained, and the one it was compared with.
    Column("model", String(80)),
    Column("live_model", String(80)),
    Column("comparison", JSON(none_as_null=True)),
    Column("problem", Text, nullable=False),
)
