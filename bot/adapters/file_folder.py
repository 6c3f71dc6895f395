"""The bytes of files in a folder, named by their hash; outside what the web server serves."""

import asyncio
import hashlib
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO

from bot.domain.files import FileGone, FileRefused

#: Where bytes lie that are on their way in.
ARRIVING = "arriving"


class Arriving:
    """See bot.files.ports.Arriving."""

    def __init__(self, folder: Path, file: BinaryIO, at: Path) -> None:
        self._folder = folder
        self._file = file
        self._at = at
        self._hash = hashlib.sha256()
        self.size = 0

    async def write(self, chunk: bytes) -> None:
        self.size += len(chunk)
        self._hash.update(chunk)
        await asyncio.to_thread(self._file.write, chunk)

    def content(self) -> BinaryIO:
        self._file.flush()
        return self._file

    async def keep(self) -> str:
        digest = self._hash.hexdigest()
        await asyncio.to_thread(self._keep, place_of(self._folder, digest))
        return digest

    def _keep(self, place: Path) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(self._at, place)
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class FileFolder:
    """See bot.files.ports.Contents. Several replicas share the folder."""

    def __init__(self, folder: Path, spare: int = 0) -> None:
        """`spare`: bytes of the disk that stay free, so that the database beside it can go on."""
        self._folder = folder
        self._spare = spare

    @asynccontextmanager
    async def arriving(self) -> AsyncIterator[Arriving]:
        descriptor, at = await asyncio.to_thread(self._new)
        try:
            with os.fdopen(descriptor, "w+b") as file:
                yield Arriving(self._folder, file, at)
        finally:
            await asyncio.to_thread(at.unlink, missing_ok=True)

    def _new(self) -> tuple[int, Path]:
        waiting_room = self._folder / ARRIVING
        waiting_room.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(waiting_room).free < self._spare:
            raise FileRefused("系统暂时不能接收文件，请用文字说明，或稍后再试。")
        descriptor, name = tempfile.mkstemp(dir=waiting_room)  # readable by nobody else
        return descriptor, Path(name)

    async def read(self, digest: str) -> bytes:
        try:
            return await asyncio.to_thread(place_of(self._folder, digest).read_bytes)
        except FileNotFoundError:
            raise FileGone(digest) from None

    async def at(self, digest: str) -> Path:
        place = place_of(self._folder, digest)
        if not await asyncio.to_thread(place.is_file):
            raise FileGone(digest)
        return place


def place_of(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest
