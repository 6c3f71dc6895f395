"""Releases of models in the database: one under way at a time."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import RowMapping

from bot.adapters.sql.database import Database, locked
from bot.adapters.sql.tables_releases import model_releases
from bot.training.release import UNDER_WAY, Release, ReleaseState


class SqlReleases:
    """Implements training.releases.ReleaseStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, release: Release) -> Release | None:
        """See ReleaseStore."""
        under_way = select(model_releases).where(model_releases.c.state.in_([state.value for state in UNDER_WAY]))
        async with locked(self._database, "model-release") as connection:
            if row := (await connection.execute(under_way)).mappings().first():
                return _release(row)
            await connection.execute(insert(model_releases), {**asdict(release), "state": release.state.value})
        return None

    async def set_state(self, release_id: str, state: ReleaseState, now: datetime, problem: str = "") -> None:
        """See ReleaseStore."""
        ended = None if state in UNDER_WAY else now
        values = {"state": state.value, "ended_at": ended, "problem": problem}
        if state is ReleaseState.CANARY:
            values["canary_at"] = now
        async with self._database.writer.begin() as connection:
            await connection.execute(update(model_releases).where(model_releases.c.id == release_id).values(values))

    async def decide(self, release_id: str, state: ReleaseState, staff_id: str, reason: str) -> bool:
        """See ReleaseStore."""
        on_trial = (model_releases.c.id == release_id, model_releases.c.state == ReleaseState.CANARY.value)
        values = {"state": state.value, "ended_by": staff_id, "end_reason": reason}
        async with self._database.writer.begin() as connection:
            decided = await connection.execute(update(model_releases).where(*on_trial).values(values))
        return decided.rowcount == 1

    async def all(self, limit: int) -> list[Release]:
        query = select(model_releases).order_by(model_releases.c.at.desc(), model_releases.c.id).limit(limit)
        async with self._database.reader.connect() as connection:
            return [_release(row) for row in (await connection.execute(query)).mappings()]


def _release(row: RowMapping) -> Release:
    values: dict[str, Any] = dict(row)
    return Release(state=ReleaseState(values.pop("state")), **values)
