"""Training runs in the database: one at a time, each ends once."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import RowMapping

from bot.adapters.sql.database import Database, locked
from bot.adapters.sql.tables_training import training_runs
from bot.training.run import NoSuchRun, Run, RunState


class SqlRuns:
    """Implements training.run.RunStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, run: Run) -> Run | None:
        """See RunStore."""
        running = select(training_runs).where(training_runs.c.state == RunState.RUNNING.value)
        async with locked(self._database, "training-run") as connection:
            if row := (await connection.execute(running)).mappings().first():
                return _run(row)
            await connection.execute(insert(training_runs), _row(run))
        return None

    async def end(self, run: Run) -> None:
        """See RunStore."""
        here = (training_runs.c.id == run.id, training_runs.c.state == RunState.RUNNING.value)
        async with self._database.writer.begin() as connection:
            await connection.execute(update(training_runs).where(*here).values(_row(run)))

    async def retire(self, run_id: str) -> None:
        """See RunStore."""
        here = (training_runs.c.id == run_id, training_runs.c.state == RunState.READY.value)
        async with self._database.writer.begin() as connection:
            await connection.execute(update(training_runs).where(*here).values(state=RunState.RETIRED.value))

    async def get(self, run_id: str) -> Run:
        """See RunStore."""
        async with self._database.reader.connect() as connection:
            query = select(training_runs).where(training_runs.c.id == run_id)
            row = (await connection.execute(query)).mappings().first()
        if row is None:
            raise NoSuchRun(run_id)
        return _run(row)

    async def all(self, limit: int) -> list[Run]:
        query = select(training_runs).order_by(training_runs.c.at.desc(), training_runs.c.id).limit(limit)
        async with self._database.reader.connect() as connection:
            return [_run(row) for row in (await connection.execute(query)).mappings()]


def _row(run: Run) -> dict[str, Any]:
    return {**asdict(run), "state": run.state.value}


def _run(row: RowMapping) -> Run:
    values: dict[str, Any] = dict(row)
    return Run(state=RunState(values.pop("state")), **values)
