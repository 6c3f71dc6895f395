"""Change sets in the database; their messages are marked in the same transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import RowMapping

from bot.adapters.sql.database import Database
from bot.adapters.sql.review_rows import examples_in
from bot.adapters.sql.tables_training import review_items, training_changes
from bot.training.change import Change, ChangeRefused, ChangeState, NoSuchChange
from bot.training.change_set import Addition
from bot.training.edits import Edit, Kind
from bot.training.examples import Example
from bot.training.review import State

_WAITING = (
    review_items.c.state == State.ACCEPTED.value,
    review_items.c.folded_into.is_(None),
    review_items.c.change_id.is_(None),
)


class SqlChanges:
    """Implements training.change.ChangeStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self) -> list[Addition]:
        names = ("id", "intent", "text", "guesses", "examples")
        columns = [getattr(review_items.c, name) for name in names]
        query = select(*columns).where(*_WAITING).order_by(review_items.c.intent, review_items.c.text)
        async with self._database.reader.connect() as connection:
            return [one for row in await connection.execute(query) for one in _additions(*row)]

    async def begin(self, change: Change) -> None:
        """See ChangeStore."""
        ids = {one.item_id for one in change.additions}
        row = {name: getattr(change, name) for name in ("id", "diff", "staff_id", "at", "reason")}
        row["edits"] = [[edit.kind.value, edit.key, edit.before, edit.after] for edit in change.edits] or None
        row |= {"state": change.state.value, "additions": [_row(one) for one in change.additions]}
        async with self._database.writer.begin() as connection:
            marked = await connection.execute(
                update(review_items).where(review_items.c.id.in_(ids), *_WAITING).values(change_id=change.id)
            )
            if marked.rowcount != len(ids):
                raise ChangeRefused("有同事刚刚改动了标注，请重新查看后再写入。")
            await connection.execute(insert(training_changes), row)

    async def set_state(self, change_id: str, state: ChangeState, staff_id: str, now: datetime) -> None:
        """See ChangeStore."""
        values: dict[str, Any] = {"state": state.value}
        if state in (ChangeState.REVERTING, ChangeState.REVERTED):
            values |= {"reverted_by": staff_id, "reverted_at": now}
        async with self._database.writer.begin() as connection:
            await connection.execute(update(training_changes).where(training_changes.c.id == change_id).values(values))
            if state is ChangeState.REVERTED:
                here = review_items.c.change_id == change_id
                await connection.execute(update(review_items).where(here).values(change_id=None))

    async def get(self, change_id: str) -> Change:
        """See ChangeStore."""
        query = select(training_changes).where(training_changes.c.id == change_id)
        async with self._database.reader.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
        if row is None:
            raise NoSuchChange(change_id)
        return _change(row)

    async def all(self, limit: int) -> list[Change]:
        query = select(training_changes).order_by(training_changes.c.at.desc(), training_changes.c.id).limit(limit)
        async with self._database.reader.connect() as connection:
            return [_change(row) for row in (await connection.execute(query)).mappings()]


def _additions(item_id: str, intent: str, text: str, guesses: list[Any], examples: list[Any] | None) -> list[Addition]:
    """What an accepted message teaches."""
    parts = examples_in(examples) or (Example(text, intent),)
    # What the model took the whole message for says nothing of its parts.
    known = tuple((name, confidence) for name, confidence in guesses) if len(parts) == 1 else ()
    return [Addition(item_id, one.intent, one.text, known, one.line if one.entities else "") for one in parts]


def _row(one: Addition) -> list[Any]:
    return [one.item_id, one.intent, one.text, [list(guess) for guess in one.guesses], one.marked]


def _addition(row: list[Any]) -> Addition:
    item_id, intent, text, guesses, *marked = row
    return Addition(item_id, intent, text, tuple((name, confidence) for name, confidence in guesses), *marked)


def _change(row: RowMapping) -> Change:
    values: dict[str, Any] = dict(row)
    state, additions = ChangeState(values.pop("state")), tuple(_addition(one) for one in values.pop("additions"))
    edits = tuple(Edit(Kind(kind), *rest) for kind, *rest in values.pop("edits") or ())
    return Change(state=state, additions=additions, edits=edits, **values)
