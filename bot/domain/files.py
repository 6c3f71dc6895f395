"""What is known of a file that a customer or an agent sent, and of which gasdesk keeps the bytes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime


class FileRefused(ValueError):
    """The file cannot be taken; the text tells its sender why, in Chinese."""


class FileGone(LookupError):
    """There is no such file, or its bytes are not there any more."""


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    #: Random: nobody finds it by guessing.
    id: str
    #: As its sender named it, safe to be saved under ("合同.pdf").
    name: str
    #: By its content, not by what its sender says.
    content_type: str
    #: Bytes.
    size: int


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A file as the book of files has it."""

    file: StoredFile
    #: In whose conversation it is.
    contact_id: str
    #: Who of the staff sent it; None: the customer.
    staff_id: str | None
    #: SHA-256 of the bytes, by which they lie.
    digest: str
    at: datetime


@dataclass(frozen=True)
class Upload:
    """A file on its way in."""

    name: str
    chunks: AsyncIterator[bytes]
