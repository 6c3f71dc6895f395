"""A file that an agent sends, as a message of WeChat's: uploaded first, then named by its media id."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.channel import MediaRefused
from bot.domain.conversations import Message
from bot.domain.files import FileGone, StoredFile

MB = 1024 * 1024

type Json = dict[str, Any]

#: The bytes of a file of ours, by its id. Raises FileGone.
ReadFile = Callable[[str], Awaitable[bytes]]
#: The media id of a file of this kind (`type`); it is good for three days. Raises MediaRefused and ChannelDown.
Upload = Callable[[str, StoredFile, bytes], Awaitable[str]]


class Kind(NamedTuple):
    """How the platform takes a type of file: as what (`msgtype`), and how large at most, in bytes."""

    name: str
    largest: int


@dataclass(frozen=True)
class Uploaded:
    file_id: str
    media_id: str


class OutgoingFiles:
    """`kinds`: by content type, what the platform takes."""

    def __init__(self, read: ReadFile, upload: Upload, kinds: Mapping[str, Kind]) -> None:
        self._read = read
        self._upload = upload
        self._kinds = kinds
        #: The last one, by contact: it is not uploaded again for each attempt.
        self._uploaded: dict[str, Uploaded] = {}

    async def as_message(self, contact_id: str, message: Message) -> Json:
        """The message that carries the file. Raises FileGone, MediaRefused and ChannelDown."""
        assert message.attachment
        assert message.attachment.file
        file = message.attachment.file
        kind, known = self._kinds[file.content_type].name, self._uploaded.get(contact_id)
        if known is None or known.file_id != file.id:
            known = Uploaded(file.id, await self._upload(kind, file, await self._read(file.id)))
            self._uploaded[contact_id] = known
        return {"msgtype": kind, kind: {"media_id": known.media_id}}


def sizes(kinds: Mapping[str, Kind]) -> dict[str, int]:
    """As Capabilities.sends wants it."""
    return {content_type: kind.largest for content_type, kind in kinds.items()}


def why_not(problem: FileGone | MediaRefused) -> str:
    """For the agent, in Chinese."""
    return str(problem) if isinstance(problem, MediaRefused) else "文件已不在，请重新发送"
