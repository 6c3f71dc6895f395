"""The review inbox in the database. Who decides names the version he saw, so nobody decides over another's head."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_training import review_decisions, review_items
from bot.training.labelling import AlreadyInExamples, DecidedMeanwhile, NoSuchItem
from bot.training.likeness import shape
from bot.training.review import Find, Item, Reason, State

_COLUMNS = [column for column in review_items.c if column.name not in ("shape_hash", "conversation_id")]


class SqlReview:
    """Implements training.labelling.ReviewStore."""

    def __init__(self, database: Database, new_id: Callable[[], str]) -> None:
        self._database = database
        self._new_id = new_id

    async def add(self, find: Find, now: datetime) -> None:
        hashed = sha256(shape(find.text).encode()).hexdigest()
        async with self._database.writer.begin() as connection:
            fresh = self._database.insert(review_items).values(self._new_row(find, hashed, now))
            added = fresh.on_conflict_do_nothing(index_elements=["shape_hash"]).returning(review_items.c.id)
            if (await connection.execute(added)).first() is None:
                await self._count(connection, find, hashed, now)

    async def items(self, state: State, limit: int) -> list[Item]:
        latest = review_items.c.last_at if state is State.OPEN else review_items.c.decided_at
        query = select(*_COLUMNS).where(review_items.c.state == state.value).order_by(latest.desc(), review_items.c.id)
        async with self._database.reader.connect() as connection:
            return [_item(row) for row in (await connection.execute(query.limit(limit))).mappings()]

    async def counts(self) -> Mapping[State, int]:
        query = select(review_items.c.state, func.count()).group_by(review_items.c.state)
        async with self._database.reader.connect() as connection:
            found = {state: number for state, number in await connection.execute(query)}
        return {state: found.get(state.value, 0) for state in State}

    async def decide(
        self,
        seen: Mapping[str, int],
        head: str,
        state: State,
        intent: str | None,
        staff_id: str,
        note: str,
        now: datetime,
    ) -> Item:
        """See ReviewStore."""
        by_whom = {"decided_by": staff_id, "decided_at": now, "note": note}
        async with self._database.writer.begin() as connection:
            for item in await _seen(connection, {**seen, head: seen[head]}):
                folded = None if item.id == head else head
                await _change(connection, item, state=state.value, intent=intent, folded_into=folded, **by_whom)
            await _write_down(connection, seen, state, intent, staff_id, note, now)
            return await _one(connection, head)

    async def reopen(self, item_id: str, version: int, staff_id: str, now: datetime) -> Item:
        """See ReviewStore."""
        open_again = {"intent": None, "folded_into": None, "decided_by": None, "decided_at": None, "note": ""}
        async with self._database.writer.begin() as connection:
            (head,) = await _seen(connection, {item_id: version})
            if head.change_id:
                raise AlreadyInExamples("这条已经写入训练数据，请先在“变更”里撤回那次变更。")
            together = select(*_COLUMNS).where(review_items.c.folded_into == item_id).with_for_update()
            others = [_item(row) for row in (await connection.execute(together)).mappings()]
            for item in (head, *others):
                await _change(connection, item, state=State.OPEN.value, **open_again)
            ids = [item.id for item in (head, *others)]
            await _write_down(connection, ids, State.OPEN, None, staff_id, "", now)
            return await _one(connection, item_id)

    def _new_row(self, find: Find, hashed: str, now: datetime) -> dict[str, Any]:
        return {
            "id": self._new_id(),
            "shape_hash": hashed,
            "text": find.text,
            "reasons": sorted(find.reasons),
            "guesses": [list(guess) for guess in find.guesses],
            "conversation_id": find.conversation_id,
            "count": 1,
            "first_at": now,
            "last_at": now,
            "state": State.OPEN.value,
            "note": "",
            "version": 1,
        }

    async def _count(self, connection: AsyncConnection, find: Find, hashed: str, now: datetime) -> None:
        """One more of a shape that is known; one that is decided stays decided."""
        here = review_items.c.shape_hash == hashed
        row = (await connection.execute(select(*_COLUMNS).where(here).with_for_update())).mappings().one()
        item = _item(row)
        values: dict[str, Any] = {"count": item.count + 1, "last_at": now}
        if item.state is State.OPEN:
            values["reasons"] = sorted(item.reasons | find.reasons)
            values["guesses"] = [list(guess) for guess in (find.guesses or item.guesses)]
        await connection.execute(update(review_items).where(here).values(values))


async def _seen(connection: AsyncConnection, seen: Mapping[str, int]) -> list[Item]:
    """The items, locked, as they were looked at. Raises NoSuchItem, DecidedMeanwhile."""
    query = select(*_COLUMNS).where(review_items.c.id.in_(seen)).order_by(review_items.c.id).with_for_update()
    items = [_item(row) for row in (await connection.execute(query)).mappings()]
    if missing := set(seen) - {item.id for item in items}:
        raise NoSuchItem(min(missing))
    for item in items:
        if item.version != seen[item.id]:
            raise DecidedMeanwhile(item)
    return items


async def _change(connection: AsyncConnection, item: Item, **values: Any) -> None:
    values["version"] = item.version + 1
    await connection.execute(update(review_items).where(review_items.c.id == item.id).values(values))


async def _write_down(
    connection: AsyncConnection,
    ids: Collection[str],
    state: State,
    intent: str | None,
    staff_id: str,
    note: str,
    now: datetime,
) -> None:
    """Who decided what: kept also when it is taken back."""
    said = {"at": now, "staff_id": staff_id, "state": state.value, "intent": intent, "note": note}
    await connection.execute(insert(review_decisions), [{"item_id": item_id, **said} for item_id in ids])


async def _one(connection: AsyncConnection, item_id: str) -> Item:
    row = (await connection.execute(select(*_COLUMNS).where(review_items.c.id == item_id))).mappings().one()
    return _item(row)


def _item(row: RowMapping) -> Item:
    kept = {name: value for name, value in row.items() if name not in ("reasons", "guesses", "state")}
    return Item(
        **kept,
        reasons=frozenset(Reason(reason) for reason in row["reasons"]),
        guesses=tuple((intent, confidence) for intent, confidence in row["guesses"]),
        state=State(row["state"]),
    )
