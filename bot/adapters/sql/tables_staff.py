"""Tables of the people: accounts with presence, and signed-in sessions."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String, Table, Text

from bot.adapters.sql.metadata import Utc, metadata

staff = Table(
    "staff",
    metadata,
    Column("staff_id", String(20), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("role", String(12), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("capacity", Integer, nullable=False, default=10),
    # Skill groups, by name.
    Column("groups", JSON, nullable=False, default=[]),
    Column("active", Boolean, nullable=False, default=True),
    Column("presence", String(10), nullable=False, default="offline"),
    Column("presence_reason", String(200), nullable=False, default=""),
    Column("presence_since", Utc),
    # When whoever left his seat for a moment has to be back.
    Column("back_by", Utc),
    # A desk page is connected; and when one last was.
    Column("on_desk", Boolean, nullable=False, default=False),
    Column("seen_at", Utc),
    Column("last_assigned_at", Utc),
    # Wrong passwords since the last right one, and until when even the right one is refused.
    Column("failed_logins", Integer, nullable=False, default=0),
    Column("locked_until", Utc),
    Column("created_at", Utc, nullable=False),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    # Who reads the database cannot sign in with what he finds.
    Column("token_hash", String(64), primary_key=True),
    Column("staff_id", String(20), ForeignKey("staff.staff_id"), nullable=False, index=True),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False, index=True),
    Column("last_seen_at", Utc, nullable=False),
)
