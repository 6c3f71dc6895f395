"""Tables of files: which is whose, and the links that open one."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from bot.adapters.sql.metadata import Utc, metadata

files = Table(
    "files",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("contact_id", String(120), nullable=False),
    Column("staff_id", String(20), ForeignKey("staff.staff_id")),
    Column("digest", String(64), nullable=False),
    Column("name", String(100), nullable=False),
    Column("content_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Index("ix_files_contact", "contact_id", "at"),
    # What a clean-up of the folder asks: is anything left that needs these bytes?
    Index("ix_files_digest", "digest"),
)

file_links = Table(
    "file_links",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("file_id", String(40), ForeignKey("files.id"), nullable=False),
    Column("until", Utc, nullable=False, index=True),
)
