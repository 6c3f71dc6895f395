"""Tables of the gas company's own records, for a company without a system of its own, and of its work orders."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.adapters.sql.exact import Scaled
from bot.adapters.sql.metadata import Utc, metadata

communities = Table(
    "communities",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("aliases", JSON, nullable=False),
    Column("supplied", Boolean, nullable=False),
    Column("supply_planned", Date),
)

accounts = Table(
    "accounts",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("community_id", String(40), ForeignKey("communities.id"), nullable=False),
    Column("address", String(120), nullable=False),
    # As bot.domain.places reads the address, to find it however a customer writes it.
    Column("dwelling_key", String(80), nullable=False, index=True),
    Column("room_key", String(20), nullable=False),
    Column("holder", String(80), nullable=False),
    Column("phone", String(20), nullable=False),
    Column("customer_class", String(20), nullable=False),
    Column("meter_kind", String(20), nullable=False),
    Column("contract_signed", Boolean, nullable=False),
    Column("gas_on", Boolean, nullable=False),
    Column("balance_fen", Scaled(2), nullable=False),
    Column("last_reading_litres", Scaled(3), nullable=False),
    Column("last_reading_on", Date, nullable=False),
    Column("monthly_average_litres", Scaled(3), nullable=False),
    Column("year_used_litres", Scaled(3), nullable=False),
    Column("arrears_since", Date),
    Column("direct_debit", Boolean, nullable=False, server_default=false()),
    Index("ix_accounts_room", "community_id", "room_key"),
)

outages = Table(
    "outages",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("starts_at", Utc, nullable=False),
    Column("ends_at", Utc, nullable=False, index=True),
    Column("planned", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
)

outage_communities = Table(
    "outage_communities",
    metadata,
    Column("outage_id", String(40), ForeignKey("outages.id", ondelete="CASCADE"), primary_key=True),
    Column("community_id", String(40), ForeignKey("communities.id"), primary_key=True, index=True),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_number", String(20), ForeignKey("accounts.number"), nullable=False, index=True),
    Column("value_litres", Scaled(3), nullable=False),
    Column("reported_at", Utc, nullable=False),
    Column("reported_on", Date, nullable=False),
    Column("conversation_id", String(40), nullable=False),
    # The same report twice is one.
    UniqueConstraint("conversation_id", "account_number", "value_litres", "reported_on"),
)

work_orders = Table(
    "work_orders",
    metadata,
    Column("number", String(20), primary_key=True),
    # No foreign key: an order outlives the conversation it came from.
    Column("conversation_id", String(40), nullable=False, index=True),
    Column("type", String(20), nullable=False),
    Column("handling", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("summary", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("contact_phone", String(40), nullable=False, index=True),
    Column("contact_time", String(80), nullable=False),
    Column("account_number", String(20), index=True),
    Column("owner", String(20)),
    Column("created_at", Utc, nullable=False, index=True),
    Column("due_at", Utc),
    Column("dispatched_at", Utc),
    Column("done_at", Utc),
    Column("grade", String(20)),
    Column("subject", Text),
    Column("notes", Text, nullable=False),
    Column("urgency", String(20), nullable=False),
    Column("stage", String(20), nullable=False),
    Column("assignee", String(20)),
    Column("result", Text, nullable=False),
    Column("on_site_at", Utc),
    Column("reported_at", Utc),
    Column("answer", Text, nullable=False),
    Column("extension_until", Utc),
    Column("extension_reason", Text, nullable=False),
    Column("reminded", JSON, nullable=False),
    Index("ix_work_orders_state_due", "state", "due_at"),
    # One order on one subject of a conversation, whoever files it.
    Index(
        "uq_work_orders_subject",
        "conversation_id",
        "subject",
        unique=True,
        sqlite_where=text("subject IS NOT NULL"),
        postgresql_where=text("subject IS NOT NULL"),
    ),
)

#: The last number given on each day of the company's calendar.
order_numbers = Table(
    "order_numbers",
    metadata,
    Column("day", Date, primary_key=True),
    Column("last", Integer, nullable=False),
)
