"""The review inbox in the database. Who decides names the version he saw, so nobody decides over another's head."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.database import Database
from bot.adapters.sql.review_rows import example_rows, examples_in, flags_where, put_flag
from bot.adapters.sql.tables_training import review_decisions, review_items
from bot.training.flags import Flag
from bot.training.labelling import AlreadyInExamples, DecidedMeanwhile, Decision, HeldByOther, NoSuchItem
from bot.training.likeness import shape
from bot.training.review import Find, Item, Reason, State

ITEM_COLUMNS = [column for column in review_items.c if column.name not in ("shape_hash", "conversation_id")]
_FREE: dict[str, Any] = {"claimed_by": None, "claimed_until": None}


class SqlReview:
    """Implements training.labelling.ReviewStore."""

    def __init__(self, database: Database, new_id: Callable[[], str]) -> None:
        self._database = database
        self._new_id = new_id

    async def add(self, find: Find, now: datetime) -> State:
        """See ReviewStore."""
        hashed = shape_hash(find.text)
        async with self._database.writer.begin() as connection:
            fresh = self._database.insert(review_items).values(new_row(self._new_id(), find, now))
            added = fresh.on_conflict_do_nothing(index_elements=["shape_hash"]).returning(review_items.c.id)
            item_id, state = (await connection.execute(added)).scalar(), State.OPEN
            if item_id is None:
                item_id, state = await self._count(connection, find, hashed, now)
            if find.flag:
                await put_flag(connection, item_id, find.conversation_id, find.flag)
            return state

    async def items(self, state: State, limit: int) -> list[Item]:
        latest = review_items.c.last_at if state is State.OPEN else review_items.c.decided_at
        here = review_items.c.state == state.value
        query = select(*ITEM_COLUMNS).where(here).order_by(latest.desc(), review_items.c.id).limit(limit)
        async with self._database.reader.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
            flags = await flags_where(connection, here)
            return [item_in(row, flags.get(row["id"], ())) for row in rows]

    async def get(self, item_id: str) -> Item:
        """See ReviewStore."""
        async with self._database.reader.connect() as connection:
            return await _one(connection, item_id)

    async def counts(self) -> Mapping[State, int]:
        query = select(review_items.c.state, func.count()).group_by(review_items.c.state)
        async with self._database.reader.connect() as connection:
            found = {state: number for state, number in await connection.execute(query)}
        return {state: found.get(state.value, 0) for state in State}

    async def claim(self, ids: Collection[str], staff_id: str, now: datetime, until: datetime) -> None:
        """See ReviewStore."""
        mine = (review_items.c.claimed_by == staff_id) & review_items.c.id.not_in(ids)
        wanted = review_items.c.id.in_(ids)
        async with self._database.writer.begin() as connection:
            await connection.execute(update(review_items).where(mine).values(_FREE))
        async with self._database.writer.begin() as connection:
            query = select(*ITEM_COLUMNS).where(wanted).order_by(review_items.c.id).with_for_update()
            items = [item_in(row) for row in (await connection.execute(query)).mappings()]
            _refuse_missing(ids, items)
            refuse_held(items, staff_id, now)
            values = {"claimed_by": staff_id, "claimed_until": until}
            await connection.execute(update(review_items).where(wanted).values(values))

    async def decide(self, decisions: Sequence[Decision], staff_id: str, note: str, now: datetime) -> list[Item]:
        """See ReviewStore."""
        everything = {item_id: version for one in decisions for item_id, version in one.seen.items()}
        by_whom = {"decided_by": staff_id, "decided_at": now, "note": note, **_FREE}
        async with self._database.writer.begin() as connection:
            items = {item.id: item for item in await _seen(connection, everything)}
            refuse_held(items.values(), staff_id, now)
            for one in decisions:
                for item_id in one.seen:
                    what = _what(one) if item_id == one.head else {**_what(one), "examples": None}
                    folded = None if item_id == one.head else one.head
                    await change_item(connection, items[item_id], **what, folded_into=folded, **by_whom)
                await write_down(connection, one.seen, one.state, one.intent, staff_id, note, now)
            return [await _one(connection, one.head) for one in decisions]

    async def reopen(self, seen: Mapping[str, int], staff_id: str, now: datetime) -> list[Item]:
        """See ReviewStore."""
        undecided = {"intent": None, "folded_into": None, "decided_by": None, "decided_at": None, "note": ""}
        async with self._database.writer.begin() as connection:
            heads = await _seen(connection, seen)
            if any(head.change_id for head in heads):
                raise AlreadyInExamples("这条已经写入训练数据，请先在“变更”里撤回那次变更。")
            together = select(*ITEM_COLUMNS).where(review_items.c.folded_into.in_(seen)).with_for_update()
            others = [item_in(row) for row in (await connection.execute(together)).mappings()]
            for item in (*heads, *others):
                await change_item(connection, item, state=State.OPEN.value, examples=None, **undecided)
            ids = [item.id for item in (*heads, *others)]
            await write_down(connection, ids, State.OPEN, None, staff_id, "", now)
            return [await _one(connection, head.id) for head in heads]

    async def _count(self, connection: AsyncConnection, find: Find, hashed: str, now: datetime) -> tuple[str, State]:
        """One more of a shape that is known; one that is decided stays decided."""
        here = review_items.c.shape_hash == hashed
        row = (await connection.execute(select(*ITEM_COLUMNS).where(here).with_for_update())).mappings().one()
        item = item_in(row)
        # Who flags a message has not written it once more.
        values: dict[str, Any] = {"count": item.count + (find.flag is None), "last_at": now}
        if item.state is State.OPEN:
            values["reasons"] = sorted(item.reasons | find.reasons)
            values["guesses"] = [list(guess) for guess in (find.guesses or item.guesses)]
        await connection.execute(update(review_items).where(here).values(values))
        return item.id, item.state


def new_row(item_id: str, find: Find, now: datetime) -> dict[str, Any]:
    return {
        "id": item_id,
        "shape_hash": shape_hash(find.text),
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


def shape_hash(text: str) -> str:
    return sha256(shape(text).encode()).hexdigest()


async def _seen(connection: AsyncConnection, seen: Mapping[str, int]) -> list[Item]:
    """The items, locked, as they were looked at. Raises NoSuchItem, DecidedMeanwhile."""
    query = select(*ITEM_COLUMNS).where(review_items.c.id.in_(seen)).order_by(review_items.c.id).with_for_update()
    items = [item_in(row) for row in (await connection.execute(query)).mappings()]
    _refuse_missing(seen, items)
    for item in items:
        if item.version != seen[item.id]:
            raise DecidedMeanwhile(item)
    return items


async def change_item(connection: AsyncConnection, item: Item, **values: Any) -> None:
    values["version"] = item.version + 1
    await connection.execute(update(review_items).where(review_items.c.id == item.id).values(values))


async def write_down(
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


def _refuse_missing(ids: Collection[str], items: Collection[Item]) -> None:
    if missing := set(ids) - {item.id for item in items}:
        raise NoSuchItem(min(missing))


def refuse_held(items: Iterable[Item], staff_id: str, now: datetime) -> None:
    for item in items:
        if item.held_by_other(staff_id, now):
            raise HeldByOther(item)


def _what(one: Decision) -> dict[str, Any]:
    return {"state": one.state.value, "intent": one.intent, "examples": example_rows(one.examples) or None}


async def _one(connection: AsyncConnection, item_id: str) -> Item:
    here = review_items.c.id == item_id
    row = (await connection.execute(select(*ITEM_COLUMNS).where(here))).mappings().first()
    if row is None:
        raise NoSuchItem(item_id)
    return item_in(row, (await flags_where(connection, here)).get(item_id, ()))


def item_in(row: RowMapping, flags: Sequence[Flag] = ()) -> Item:
    kept = {name: value for name, value in row.items() if name not in ("reasons", "guesses", "state", "examples")}
    return Item(
        **kept,
        reasons=frozenset(Reason(reason) for reason in row["reasons"]),
        guesses=tuple((intent, confidence) for intent, confidence in row["guesses"]),
        state=State(row["state"]),
        examples=examples_in(row["examples"]),
        flags=tuple(flags),
    )
