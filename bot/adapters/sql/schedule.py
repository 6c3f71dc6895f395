"""When a model is trained by itself, in the database."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import select, update

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_releases import training_schedule
from bot.training.nightly import Schedule

#: There is one.
_ID = 1


class SqlSchedule:
    """Implements training.nightly.ScheduleStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self) -> Schedule:
        async with self._database.reader.connect() as connection:
            row = (await connection.execute(select(training_schedule))).mappings().first()
        if row is None:
            return Schedule()
        values: dict[str, Any] = {name: value for name, value in row.items() if name not in ("id", "at")}
        return Schedule(at=time.fromisoformat(row["at"]), **values)

    async def put(self, schedule: Schedule) -> None:
        """See ScheduleStore."""
        values: dict[str, Any] = {
            "enabled": schedule.enabled,
            "at": f"{schedule.at:%H:%M}",
            "may_release": schedule.may_release,
            "changed_by": schedule.changed_by,
            "changed_at": schedule.changed_at,
        }
        statement = self._database.insert(training_schedule).values(id=_ID, last_words="", **values)
        async with self._database.writer.begin() as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))

    async def tell(self, at: datetime, words: str) -> None:
        """See ScheduleStore."""
        async with self._database.writer.begin() as connection:
            await connection.execute(update(training_schedule).values(last_at=at, last_words=words))
