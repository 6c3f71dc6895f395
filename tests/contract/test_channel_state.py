"""What the channels remember, on both databases."""

import asyncio
from typing import Any

from bot.adapters.sql.channel_state import SqlChannelState
from bot.adapters.sql.database import Database


async def test_what_was_put_is_there_also_for_another_replica(database: Database, database_url: str) -> None:
    state, elsewhere = SqlChannelState(database), Database.connect(database_url)
    assert await state.get("a") is None
    await state.put("a", {"token": "一"})
    await state.put("a", {"token": "二"})
    assert await SqlChannelState(elsewhere).get("a") == {"token": "二"}
    assert await state.get("b") is None
    await elsewhere.close()


async def test_changes_at_the_same_moment_all_count(database: Database, database_url: str) -> None:
    """The first of them finds nothing there yet, so there is no row that it could lock."""
    elsewhere = Database.connect(database_url)

    def one_more(found: dict[str, Any] | None) -> dict[str, Any]:
        return {"count": (found or {"count": 0})["count"] + 1}

    replicas = [SqlChannelState(database), SqlChannelState(elsewhere)]
    await asyncio.gather(*[replicas[n % 2].change("n", one_more) for n in range(10)])
    assert await replicas[0].get("n") == {"count": 10}
    await elsewhere.close()
