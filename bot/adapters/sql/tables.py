"""Every table, so that the whole schema is known where it is created or compared."""

from bot.adapters.sql import (
    tables_business,
    tables_casework,
    tables_channels,
    tables_chat,
    tables_composer,
    tables_customers,
    tables_desk,
    tables_files,
    tables_inspection,
    tables_leases,
    tables_releases,
    tables_shifts,
    tables_staff,
    tables_training,
)
from bot.adapters.sql.metadata import metadata

__all__ = [
    "metadata",
    "tables_business",
    "tables_casework",
    "tables_channels",
    "tables_chat",
    "tables_composer",
    "tables_customers",
    "tables_desk",
    "tables_files",
    "tables_inspection",
    "tables_leases",
    "tables_releases",
    "tables_shifts",
    "tables_staff",
    "tables_training",
]
