"""Tables of conversations: their state, messages, timers and evidence."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.adapters.sql.metadata import Utc, metadata

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("contact_id", String(120), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("owner", String(10), nullable=False),
    Column("staff_id", String(20)),
    Column("opened_at", Utc, nullable=False),
    Column("closed_at", Utc),
    Column("last_at", Utc, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("customer_seq", Integer, nullable=False),
    Column("answered_seq", Integer, nullable=False),
    Column("turn_until", Utc),
    Column("assistant_notice", Boolean, nullable=False),
    Column("waiting_since", Utc),
    Column("prompts", Integer, nullable=False),
    Column("queued_at", Utc),
    Column("priority", Integer, nullable=False),
    Column("handoff_reason", Text, nullable=False),
    Column("for_lead", Boolean, nullable=False),
    Column("offline", Boolean, nullable=False),
    Column("served_by", String(20)),
    Column("skill_group", String(20), nullable=False, default=""),
    Column("asked_at", Utc, index=True),
    Column("first_reply_at", Utc),
    Column("agent_since", Utc),
    Column("warned", Boolean, nullable=False),
    Column("lapsed", JSON, nullable=False),
    Column("breaches", Integer, nullable=False),
    Column("emergency", JSON(none_as_null=True)),
    Column("collected", JSON, nullable=False),
    Column("intents", JSON, nullable=False),
    Column("account_number", String(20)),
    Column("account_state", String(20), nullable=False),
    Index("ix_conversations_owner_staff", "owner", "staff_id"),
    Index("ix_conversations_contact", "contact_id", "opened_at"),
    # A contact has one open conversation, whatever arrives at the same moment.
    Index(
        "uq_conversations_open_contact",
        "contact_id",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)

messages = Table(
    "messages",
    metadata,
    Column("contact_id", String(120), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("id", String(80), nullable=False),
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("speaker", String(10), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("staff_id", String(20)),
    Column("buttons", JSON, nullable=False),
    Column("delivery", String(12), nullable=False),
    Column("attachment", JSON(none_as_null=True)),
    UniqueConstraint("contact_id", "id"),
    Index("ix_messages_conversation", "conversation_id", "seq"),
    Index(
        "ix_messages_pending",
        "contact_id",
        "seq",
        sqlite_where=text("delivery = 'pending'"),
        postgresql_where=text("delivery = 'pending'"),
    ),
)

timers = Table(
    "timers",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("subject", String(40), nullable=False),
    Column("due_at", Utc, nullable=False, index=True),
)

facts = Table(
    "facts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("what", String(30), nullable=False),
    Column("text", Text, nullable=False),
    Column("staff_id", String(20)),
)

breaches = Table(
    "breaches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False, index=True),
    Column("at", Utc, nullable=False, index=True),
    Column("promise", String(30), nullable=False),
    Column("staff_id", String(20)),
    Column("waited_seconds", Float, nullable=False),
    Column("moved_to", String(20)),
)
