"""Brings the database to the schema of this release, or says why it cannot."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection

from bot.adapters.sql.database import Database, locked

_SCRIPTS = Path(__file__).parent / "migrations"


class NewerDatabase(Exception):
    """The database was migrated by a later release; nothing was changed."""


async def migrate(database: Database) -> None:
    """Run the missing migrations, all or none, one replica at a time.

    The whole upgrade is one transaction on both databases: one that is interrupted has not happened.

    Raises:
        NewerDatabase: the database knows a migration that this release does not.
    """
    async with locked(database, "migrate") as connection:
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as problem:
        raise NewerDatabase(
            f"数据库的版本（{_revision(connection)}）比本程序新，数据没有改动。请升级程序，或恢复与本程序对应的备份。"
        ) from problem


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
