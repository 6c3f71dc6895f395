"""What this room needs from outside: a place for the bytes, and a book of which file is whose."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
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


class Inventory(Protocol):
    """All files of the book, for who tidies up."""

    async def unsent(self, before: datetime) -> list[str]:
        """Ids of files taken in the month before then that no message carries: the upload was never sent."""
        ...

    async def outlived(self, before: datetime) -> list[str]:
        """Ids of files of conversations that were over by then."""
        ...

    async def forget(self, file_ids: Collection[str]) -> None:
        """With their links. The bytes stay, nobody's, until they are looked for."""
        ...

    async def named(self, digests: Collection[str]) -> set[str]:
        """Those of them that are somebody's."""
        ...

    def pages(self, before: datetime) -> AsyncIterator[Mapping[str, str]]:
        """All files taken before then, some at a time: id → hash."""
        ...


class Storage(Protocol):
    """The bytes, for who tidies up; what he takes away goes into a bin first: somebody may be bringing the same."""

    def lying(self, before: datetime) -> AsyncIterator[Sequence[str]]:
        """Hashes of all bytes that came before then, some at a time."""
        ...

    async def put_in_bin(self, digest: str, before: datetime) -> bool:
        """False if they came anew since `before`: they stay."""
        ...

    async def bin(self) -> Sequence[str]:
        """Hashes of what lies in it, of an earlier round too."""
        ...

    async def bring_back(self, digest: str) -> None: ...

    async def delete(self, digest: str) -> None:
        """What lies in the bin."""
        ...

    async def drop_broken_off(self, before: datetime) -> int:
        """Uploads that were cut off before then, by a crash; how many."""
        ...

    async def missing(self, digests: Collection[str]) -> set[str]:
        """Those of which there is nothing."""
        ...
