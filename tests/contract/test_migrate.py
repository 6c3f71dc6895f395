"""Migrations on both databases: all or nothing, once, and never backwards."""

import asyncio

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.adapters.sql.database import Database
from bot.adapters.sql.message_index import is_part_of_index
from bot.adapters.sql.migrate import _SCRIPTS as SCRIPTS
from bot.adapters.sql.migrate import NewerDatabase, migrate
from bot.adapters.sql.tables import metadata
from tests.contract.chat import Chat


@pytest.fixture
async def empty(database_url: str) -> Database:
    return Database.connect(database_url)


async def tables(database: Database) -> set[str]:
    async with database.reader.connect() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


async def is_current(database: Database) -> bool:
    def revision(connection: Connection) -> str | None:
        return MigrationContext.configure(connection).get_current_revision()

    async with database.reader.connect() as connection:
        return await connection.run_sync(revision) == ScriptDirectory(str(SCRIPTS)).get_current_head()


async def test_an_empty_database_is_brought_up_and_stays_so(empty: Database) -> None:
    assert not await is_current(empty)
    await migrate(empty)
    assert await is_current(empty)
    await Chat(empty).write("ann")
    await migrate(empty)
    assert (await Chat(empty).conversation("ann")).customer_seq == 1
    await empty.close()


async def test_two_replicas_migrate_at_the_same_moment(empty: Database, database_url: str) -> None:
    other = Database.connect(database_url)
    await asyncio.gather(migrate(empty), migrate(other))
    assert await is_current(empty)
    for database in (empty, other):
        await database.close()


def among_the_tables(name: str | None, kind: str, _: object) -> bool:
    """The index of messages is no table of the metadata."""
    return not (kind == "table" and is_part_of_index(name))


async def test_the_schema_is_the_one_the_code_expects(empty: Database) -> None:
    await migrate(empty)

    def differences(connection: Connection) -> list[object]:
        opts = {"compare_type": True, "compare_server_default": True, "include_name": among_the_tables}
        context = MigrationContext.configure(connection, opts=opts)
        return list(compare_metadata(context, metadata))

    async with empty.reader.connect() as connection:
        assert await connection.run_sync(differences) == []
    await empty.close()


async def test_a_database_from_the_future_is_refused_untouched(empty: Database) -> None:
    await migrate(empty)
    async with empty.writer.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = await tables(empty)
    with pytest.raises(NewerDatabase, match=r"9999.*没有改动"):
        await migrate(empty)
    async with empty.reader.connect() as connection:
        assert (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one() == "9999"
    assert await tables(empty) == before
    assert not await is_current(empty)
    await empty.close()


async def test_an_interrupted_migration_has_not_happened(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade = command.upgrade

    def then_fail(config: Config, revision: str) -> None:
        upgrade(config, revision)
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "upgrade", then_fail)
    with pytest.raises(KeyboardInterrupt):
        await migrate(empty)
    assert await tables(empty) == set()
    monkeypatch.undo()
    await migrate(empty)
    assert await is_current(empty)
    await empty.close()


async def test_orders_of_the_first_release_are_kept(empty: Database) -> None:
    def to_first_release(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")

    order = {
        "number": "20260105-0001",
        "conversation_id": "c1",
        "type": "派单",
        "handling": "转维修",
        "state": "未完成",
    }
    columns = {**order, "summary": "", "address": "", "contact_phone": "", "created_at": "2026-01-05 02:00:00+00:00"}
    names, values = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    async with empty.writer.begin() as connection:
        await connection.run_sync(to_first_release)
        await connection.execute(text(f"INSERT INTO work_orders ({names}) VALUES ({values})"), columns)
    await migrate(empty)
    async with empty.reader.connect() as connection:
        (row,) = (await connection.execute(text("SELECT number, contact_time FROM work_orders"))).all()
    assert tuple(row) == ("20260105-0001", "")
    await empty.close()
