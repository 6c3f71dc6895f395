"""Hands files out: to channels that send them, to pages that show them, and by link to who cannot be shown them."""

import secrets
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock
from bot.domain.files import FileGone, KeptFile
from bot.files.ports import Contents, FileBook


class FileShelf:
    def __init__(self, contents: Contents, book: FileBook, *, clock: Clock) -> None:
        self._contents = contents
        self._book = book
        self._clock = clock

    async def read(self, file_id: str) -> bytes:
        """The bytes of a file (`Attachment.file.id`). Raises FileGone."""
        return await self._contents.read((await self.kept(file_id)).digest)

    async def at(self, kept: KeptFile) -> Path:
        """Where the bytes lie, to be read in pieces. Raises FileGone."""
        return await self._contents.at(kept.digest)

    async def kept(self, file_id: str) -> KeptFile:
        """Raises FileGone."""
        kept = await self._book.get(file_id)
        if kept is None:
            raise FileGone(file_id)
        return kept

    async def link(self, file_id: str, lasting: timedelta) -> str:
        """The path of a link that whoever has it may open, for so long: nobody guesses it."""
        token, now = secrets.token_urlsafe(32), self._clock.now()
        await self._book.add_link(token, file_id, now + lasting, now)
        return f"/files/{token}"

    async def linked(self, token: str) -> KeptFile:
        """What a link stands for. Raises FileGone: never given, or run out."""
        kept = await self._book.linked(token, self._clock.now())
        if kept is None:
            raise FileGone("link")
        return kept
