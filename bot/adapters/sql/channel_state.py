"""Small things a channel has to remember: a token, a cursor, how many messages it may still send to a customer."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.database import Database, lock, locked
from bot.adapters.sql.tables_channels import channel_state
from bot.ports import Beside

type Json = dict[str, Any]

_VALUE = select(channel_state.c.value).where(channel_state.c.name == bindparam("the_name"))


class SqlChannelState:
    """Values by name, as JSON."""

    def __init__(self, database: Database) -> None:
        self._database = database
        upsert = database.insert(channel_state)
        self._upsert = upsert.on_conflict_do_update(index_elements=["name"], set_={"value": upsert.excluded.value})

    async def get(self, name: str) -> Json | None:
        async with self._database.reader.connect() as connection:
            found: Json | None = (await connection.execute(_VALUE, {"the_name": name})).scalar()
            return found

    async def put(self, name: str, value: Mapping[str, Any]) -> None:
        async with self._database.writer.begin() as connection:
            await connection.execute(self._upsert, {"name": name, "value": dict(value)})

    async def change(self, name: str, change: Callable[[Json | None], Json]) -> Json:
        """Replace a value by what `change` makes of it; two who do it at the same time do it one after the other."""
        async with locked(self._database, _lock_of(name)) as connection:
            value = change((await connection.execute(_VALUE, {"the_name": name})).scalar())
            await connection.execute(self._upsert, {"name": name, "value": value})
            return value

    async def change_within(self, connection: AsyncConnection, beside: Beside) -> None:
        """The same in somebody's transaction, where there may be nothing to change."""
        await lock(connection, _lock_of(beside.name))
        value = beside.change((await connection.execute(_VALUE, {"the_name": beside.name})).scalar())
        if value is not None:
            await connection.execute(self._upsert, {"name": beside.name, "value": value})


def _lock_of(name: str) -> str:
    return f"channel_state:{name}"
