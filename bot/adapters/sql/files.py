"""The book of files as rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import RowMapping

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_files import file_links, files
from bot.domain.files import KeptFile, StoredFile
from bot.files.ports import Used


class SqlFileBook:
    """See bot.files.ports.FileBook."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, kept: KeptFile) -> None:
        async with self._database.writer.begin() as connection:
            await connection.execute(insert(files), [_row(kept)])

    async def get(self, file_id: str) -> KeptFile | None:
        async with self._database.reader.connect() as connection:
            row = (await connection.execute(select(files).where(files.c.id == file_id))).mappings().first()
            return _kept(row) if row else None

    async def used(self, contact_id: str, since: datetime) -> Used:
        query = select(func.count(), func.coalesce(func.sum(files.c.size), 0)).where(
            files.c.contact_id == contact_id, files.c.at > since, files.c.staff_id.is_(None)
        )
        async with self._database.reader.connect() as connection:
            count, size = (await connection.execute(query)).one()
            return Used(count, int(size))

    async def add_link(self, token: str, file_id: str, until: datetime, now: datetime) -> None:
        async with self._database.writer.begin() as connection:
            await connection.execute(delete(file_links).where(file_links.c.until <= now))
            await connection.execute(insert(file_links), {"token": token, "file_id": file_id, "until": until})

    async def linked(self, token: str, now: datetime) -> KeptFile | None:
        query = select(files).join(file_links).where(file_links.c.token == token, file_links.c.until > now)
        async with self._database.reader.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
            return _kept(row) if row else None


def _row(kept: KeptFile) -> dict[str, Any]:
    about = {"contact_id": kept.contact_id, "staff_id": kept.staff_id, "digest": kept.digest, "at": kept.at}
    return {**vars(kept.file), **about}


def _kept(row: RowMapping) -> KeptFile:
    return KeptFile(
        file=StoredFile(id=row["id"], name=row["name"], content_type=row["content_type"], size=row["size"]),
        contact_id=row["contact_id"],
        staff_id=row["staff_id"],
        digest=row["digest"],
        at=row["at"],
    )
