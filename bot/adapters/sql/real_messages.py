"""What customers wrote last, for the comparison of two models."""

from sqlalchemy import select

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import messages
from bot.domain.conversations import Kind, Speaker

#: Many say the same, or answer a dialogue's question, which means something only there.
LOOKED_AT = 5000


async def latest_texts(database: Database, limit: int = LOOKED_AT) -> list[str]:
    """The latest first, as they were written; what answers the assistant's question is left out."""
    latest = (
        select(messages.c.contact_id, messages.c.seq, messages.c.at, messages.c.text)
        .where(messages.c.speaker == Speaker.CUSTOMER.value, messages.c.text != "")
        .order_by(messages.c.at.desc(), messages.c.seq.desc())
        .limit(limit)
        .subquery()
    )
    before = messages.alias("before")
    last_said = (
        select(before.c.kind)
        .where(
            before.c.contact_id == latest.c.contact_id,
            before.c.seq < latest.c.seq,
            before.c.speaker != Speaker.CUSTOMER.value,
            before.c.kind != Kind.GREETING.value,
        )
        .order_by(before.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(latest.c.text, last_said.label("last_said")).order_by(latest.c.at.desc(), latest.c.seq.desc())
    async with database.searcher.connect() as connection:
        return [row.text for row in await connection.execute(query) if row.last_said != Kind.QUESTION.value]
