"""Examples from a file, kept as accepted messages of the review inbox."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.database import Database
from bot.adapters.sql.review import ITEM_COLUMNS, change_item, item_in, new_row, refuse_held, shape_hash, write_down
from bot.adapters.sql.review_rows import example_rows
from bot.adapters.sql.tables_training import review_items
from bot.training.examples import Example
from bot.training.labelling import DecidedMeanwhile
from bot.training.review import Find, Item, Reason, State


class SqlImports:
    """Implements training.importing.ImportStore."""

    def __init__(self, database: Database, new_id: Callable[[], str]) -> None:
        self._database = database
        self._new_id = new_id

    async def take(self, examples: Sequence[Example], staff_id: str, note: str, now: datetime) -> int:
        """See ImportStore."""
        async with self._database.writer.begin() as connection:
            # In one order, so that two who import the same wait for each other instead of for ever.
            taken = [
                await self._take(connection, one, staff_id, note, now)
                for one in sorted(examples, key=lambda one: shape_hash(one.text))
            ]
        return sum(taken)

    async def _take(self, connection: AsyncConnection, one: Example, staff_id: str, note: str, now: datetime) -> bool:
        row = new_row(self._new_id(), Find(one.text, frozenset({Reason.IMPORTED})), now)
        fresh = self._database.insert(review_items).values(row)
        await connection.execute(fresh.on_conflict_do_nothing(index_elements=["shape_hash"]))
        here = review_items.c.shape_hash == row["shape_hash"]
        query = select(*ITEM_COLUMNS).where(here).with_for_update()
        item = item_in((await connection.execute(query)).mappings().one())
        refuse_held([item], staff_id, now)
        if item.state is not State.OPEN:
            _refuse_other_decision(item, one)
            return False
        what: dict[str, Any] = {"state": State.ACCEPTED.value, "intent": one.intent, "note": note}
        # The file's spelling counts: digits, and what is marked, may differ from what a customer wrote.
        what["examples"] = example_rows([one]) if one != Example(item.text, one.intent) else None
        by_whom = {"decided_by": staff_id, "decided_at": now, "claimed_by": None, "claimed_until": None}
        await change_item(connection, item, **what, **by_whom)
        await write_down(connection, [item.id], State.ACCEPTED, one.intent, staff_id, note, now)
        return True


def _refuse_other_decision(item: Item, one: Example) -> None:
    """Raises DecidedMeanwhile: the message was rejected, or means something else."""
    if item.state is State.REJECTED or one.intent not in {each.intent for each in item.taught}:
        raise DecidedMeanwhile(item)
