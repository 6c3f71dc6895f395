"""Satisfaction surveys as rows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import conversations
from bot.adapters.sql.tables_composer import surveys
from bot.domain.survey_report import Judged
from bot.domain.surveys import Survey, SurveyAnswer


async def ask_within(connection: AsyncConnection, survey: Survey) -> None:
    await connection.execute(insert(surveys), [vars(survey)])


async def answer_within(
    connection: AsyncConnection, contact_id: str, answer: SurveyAnswer, now: datetime
) -> Survey | None:
    """The survey the contact was sent last, answered; None if there is none, or a bare answer comes twice."""
    latest = select(surveys).where(surveys.c.contact_id == contact_id).order_by(surveys.c.asked_at.desc()).limit(1)
    row = (await connection.execute(latest)).mappings().first()
    if row is None or (answer.bare and row["score"] is not None):
        return None
    values = {"answered_at": now, **({"score": answer.score} if answer.score else {"reason": answer.reason})}
    this_one = surveys.c.conversation_id == row["conversation_id"]
    await connection.execute(update(surveys).where(this_one).values(values))
    return Survey(**{**row, **values})


class SqlSurveys:
    """Reading them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def since(self, moment: datetime, limit: int) -> Sequence[Survey]:
        """Those asked since then, the latest first."""
        query = select(surveys).where(surveys.c.asked_at >= moment).order_by(surveys.c.asked_at.desc()).limit(limit)
        async with self._database.reader.connect() as connection:
            return [Survey(**row) for row in (await connection.execute(query)).mappings()]

    async def between(self, since: datetime, until: datetime, limit: int) -> Sequence[Judged]:
        """Those asked from `since` on and before `until`, the latest first, each with the type of its case."""
        query = (
            select(surveys, conversations.c.category)
            .join(conversations, conversations.c.id == surveys.c.conversation_id)
            .where(surveys.c.asked_at >= since, surveys.c.asked_at < until)
            .order_by(surveys.c.asked_at.desc())
            .limit(limit)
        )
        # The searcher: months are many, and nobody waits for a report.
        async with self._database.searcher.connect() as connection:
            return [_judged(row) for row in (await connection.execute(query)).mappings()]


def _judged(row: RowMapping) -> Judged:
    return Judged(Survey(**{name: value for name, value in row.items() if name != "category"}), row["category"])
