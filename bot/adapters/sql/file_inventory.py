"""All files of the book, for who tidies up."""

from collections.abc import AsyncIterator, Collection, Mapping
from datetime import datetime, timedelta
from itertools import batched

from sqlalchemy import and_, delete, exists, select

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import conversations, messages
from bot.adapters.sql.tables_files import file_links, files

#: An upload that was not sent for so long was looked at many times.
LOOKED_AT = timedelta(days=30)
PAGE = 500

_CARRIES = and_(
    messages.c.contact_id == files.c.contact_id,
    messages.c.attachment["file"]["id"].as_string() == files.c.id,
)


class SqlFileInventory:
    """See bot.files.ports.Inventory. It looks through everything, so it reads beside the customers, as searches do."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def unsent(self, before: datetime) -> list[str]:
        of_the_month = and_(files.c.at < before, files.c.at >= before - LOOKED_AT)
        query = select(files.c.id).where(of_the_month, ~exists().where(_CARRIES).correlate(files))
        async with self._database.searcher.connect() as connection:
            return list((await connection.execute(query)).scalars())

    async def outlived(self, before: datetime) -> list[str]:
        talk = conversations.c.id == messages.c.conversation_id
        query = (
            select(files.c.id)
            .join(messages, _CARRIES)
            .join(conversations, talk)
            .where(files.c.at < before, conversations.c.closed_at < before)
        )
        async with self._database.searcher.connect() as connection:
            return list((await connection.execute(query)).scalars())

    async def forget(self, file_ids: Collection[str]) -> None:
        for some in batched(file_ids, PAGE):
            async with self._database.writer.begin() as connection:
                await connection.execute(delete(file_links).where(file_links.c.file_id.in_(some)))
                await connection.execute(delete(files).where(files.c.id.in_(some)))

    async def named(self, digests: Collection[str]) -> set[str]:
        found: set[str] = set()
        for some in batched(digests, PAGE):
            query = select(files.c.digest).distinct().where(files.c.digest.in_(some))
            async with self._database.searcher.connect() as connection:
                found.update((await connection.execute(query)).scalars())
        return found

    async def pages(self, before: datetime) -> AsyncIterator[Mapping[str, str]]:
        last = ""
        while True:
            query = select(files.c.id, files.c.digest).where(files.c.id > last, files.c.at < before)
            async with self._database.searcher.connect() as connection:
                rows = (await connection.execute(query.order_by(files.c.id).limit(PAGE))).all()
            if not rows:
                return
            yield {file_id: digest for file_id, digest in rows}
            last = rows[-1][0]
