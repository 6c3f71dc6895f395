"""Takes a file in: within the limits, known by its content, on the disk before it is in the book."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.domain.file_types import safe_name, type_of
from bot.domain.files import FileRefused, KeptFile, StoredFile, Upload
from bot.files.ports import Contents, FileBook

DAY = timedelta(days=1)
MB = 1024 * 1024
WANTED = "这种文件不能发送，请发送图片（JPG、PNG、GIF、WebP）、PDF、Word、Excel、MP4 视频或录音。"


@dataclass(frozen=True, kw_only=True)
class FileLimits:
    """Bytes, and files and bytes that one customer may send in a day."""

    size: int
    daily_files: int
    daily_size: int


class TakeFile:
    def __init__(
        self, contents: Contents, book: FileBook, *, limits: FileLimits, clock: Clock, new_id: Callable[[], str]
    ) -> None:
        self._contents = contents
        self._book = book
        self._limits = limits
        self._clock = clock
        self._new_id = new_id

    async def __call__(self, upload: Upload, *, contact_id: str, staff_id: str | None = None) -> StoredFile:
        """Keep it, in this customer's conversation; `staff_id`: who of the staff sends it. Raises FileRefused."""
        left = self._limits.size if staff_id else await self._left(contact_id)
        async with self._contents.arriving() as arriving:
            async for chunk in upload.chunks:
                if arriving.size + len(chunk) > left:
                    raise self._too_large(left)
                await arriving.write(chunk)
            if not arriving.size:
                raise FileRefused("文件是空的，请重新选择。")
            found = type_of(arriving.content())
            if found is None:
                raise FileRefused(WANTED)
            digest = await arriving.keep()
            file = StoredFile(
                id=self._new_id(),
                name=safe_name(upload.name, found),
                content_type=found.content_type,
                size=arriving.size,
            )
        now = self._clock.now()
        await self._book.add(KeptFile(file=file, contact_id=contact_id, staff_id=staff_id, digest=digest, at=now))
        return file

    async def _left(self, contact_id: str) -> int:
        """Bytes the customer may send now."""
        used = await self._book.used(contact_id, self._clock.now() - DAY)
        if used.files >= self._limits.daily_files or used.size >= self._limits.daily_size:
            raise FileRefused("您今天发送的文件已经很多了，请用文字说明，或联系人工客服。")
        return min(self._limits.size, self._limits.daily_size - used.size)

    def _too_large(self, left: int) -> FileRefused:
        if left < self._limits.size:
            return FileRefused("您今天发送的文件总量已到上限，请发送较小的文件，或用文字说明。")
        return FileRefused(f"文件太大，请控制在 {self._limits.size // MB} MB 以内。")
