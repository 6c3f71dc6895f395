"""Tables of models in service: releases, what was answered while one was tried, the nightly training."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, String, Table, Text

from bot.adapters.sql.metadata import Utc, metadata

model_releases = Table(
    "model_releases",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("model", String(80), nullable=False),
    Column("before", String(80), nullable=False),
    # The training it comes from; none for a roll back to a model older than this table.
    Column("run_id", String(40)),
    Column("rollback", Boolean, nullable=False),
    # Percent of the new conversations, and since when; 100: all, and no trial.
    Column("share", Integer, nullable=False),
    Column("canary_at", Utc),
    Column("staff_id", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Utc, nullable=False, index=True),
    # How the trial ends.
    Column("ended_by", String(20)),
    Column("end_reason", Text, nullable=False),
    Column("ended_at", Utc),
    Column("problem", Text, nullable=False),
)

canary_answers = Table(
    "canary_answers",
    metadata,
    Column("release_id", String(40), ForeignKey("model_releases.id"), primary_key=True),
    Column("message_id", String(80), primary_key=True),
    Column("conversation_id", String(40), nullable=False),
    Column("candidate", Boolean, nullable=False),
    Column("at", Utc, nullable=False),
    Column("milliseconds", Float, nullable=False),
    Column("failed", Boolean, nullable=False),
    Column("fallback", Boolean, nullable=False),
    Column("handed_over", Boolean, nullable=False),
    Column("unhelpful", Boolean, nullable=False),
)

# One row.
training_schedule = Table(
    "training_schedule",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("enabled", Boolean, nullable=False),
    # By the company's clock: "02:30".
    Column("at", String(5), nullable=False),
    Column("may_release", Boolean, nullable=False),
    Column("changed_by", String(20)),
    Column("changed_at", Utc),
    # What came of the last night.
    Column("last_at", Utc),
    Column("last_words", Text, nullable=False),
)
