"""What hangs on an item of the review inbox: what it teaches, as JSON, and what staff told about it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.tables_training import review_flags, review_items
from bot.training.examples import Entity, Example
from bot.training.flags import Flag


def example_rows(examples: Sequence[Example]) -> list[Any]:
    return [[one.text, one.intent, [[e.start, e.end, e.name] for e in one.entities]] for one in examples]


def examples_in(rows: list[Any] | None) -> tuple[Example, ...]:
    return tuple(Example(text, intent, tuple(Entity(*e) for e in entities)) for text, intent, entities in rows or ())


async def put_flag(connection: AsyncConnection, item_id: str, conversation_id: str | None, flag: Flag) -> None:
    """One a person and conversation; told again, it is the newer one."""
    row = {"item_id": item_id, "conversation_id": conversation_id or "", **vars(flag)}
    same = [
        getattr(review_flags.c, name) == row[name] for name in ("item_id", "conversation_id", "staff_id", "by_note")
    ]
    # The item's row is locked or fresh: nobody else adds to it meanwhile.
    if not (await connection.execute(update(review_flags).where(*same).values(at=flag.at, why=flag.why))).rowcount:
        await connection.execute(insert(review_flags), row)


async def flags_where(connection: AsyncConnection, condition: ColumnElement[bool]) -> dict[str, list[Flag]]:
    """By item, the earliest first."""
    columns = [getattr(review_flags.c, name) for name in ("staff_id", "at", "why", "by_note")]
    query = select(review_flags.c.item_id, *columns).join(review_items).where(condition).order_by(review_flags.c.at)
    found: dict[str, list[Flag]] = {}
    for item_id, *flag in await connection.execute(query):
        found.setdefault(item_id, []).append(Flag(*flag))
    return found
