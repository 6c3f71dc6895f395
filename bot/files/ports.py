"""What this room needs from outside: a place for the bytes, and a book of which file is whose."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from bot.domain.conversations import Message
from bot.domain.files import KeptFile


class Arriving(Protocol):
    """Bytes that are not kept yet; thrown away unless `keep` is called."""

    @property
    def size(self) -> int: ...

    async def write(self, chunk: bytes) -> None: ...

    def content(self) -> BinaryIO:
        """What has come so far, to be looked at."""
        ...

    async def keep(self) -> str:
        """Keep the bytes, safe from a power cut; returns their SHA-256. The same bytes lie there once."""
        ...


class Contents(Protocol):
    """Where the bytes lie."""

    def arriving(self) -> AbstractAsyncContextManager[Arriving]: ...

    async def read(self, digest: str) -> bytes:
        """Raises FileGone."""
        ...

    async def at(self, digest: str) -> Path:
        """A file of this machine that holds them, to be read in pieces. Raises FileGone."""
        ...


class Used(NamedTuple):
    files: int
    size: int


class FileBook(Protocol):
    async def add(self, kept: KeptFile) -> None: ...

    async def get(self, file_id: str) -> KeptFile | None: ...

    async def used(self, contact_id: str, since: datetime) -> Used:
        """What this customer has sent since then."""
        ...

    async def add_link(self, token: str, file_id: str, until: datetime, now: datetime) -> None:
        """A link under which the file is had until then; links that have run out are forgotten."""
        ...

    async def linked(self, token: str, now: datetime) -> KeptFile | None: ...


class Messages(Protocol):
    """One message of a contact."""

    async def by_id(self, contact_id: str, message_id: str) -> Message | None: ...

    async def by_seq(self, contact_id: str, seq: int) -> Message | None: ...
