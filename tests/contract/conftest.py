"""Each contract on both databases: what a test does with `database`, it does on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.adapters.sql import (
    tables_business,
    tables_casework,
    tables_channels,
    tables_chat,
    tables_files,
    tables_staff,
    tables_training,
)
from bot.adapters.sql.database import Database
from bot.adapters.sql.metadata import metadata

#: Importing a module of tables is what tells the metadata about them.
TABLES = (tables_business, tables_casework, tables_channels, tables_chat, tables_files, tables_staff, tables_training)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite+aiosqlite:///{tmp_path / 'gasdesk.db'}"


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with empty tables."""
    database = Database.connect(database_url)
    async with database.writer.begin() as connection:
        await connection.run_sync(metadata.create_all)
    yield database
    await database.close()
