"""The folder of files, for who tidies up. Other replicas may be writing into it."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.adapters.file_folder import ARRIVING, place_of

_BIN = "bin"
_DIGEST = re.compile("[0-9a-f]{64}")


class FolderStorage:
    """See bot.files.ports.Storage."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def lying(self, before: datetime) -> AsyncIterator[Sequence[str]]:
        for shelf in await asyncio.to_thread(_shelves, self._folder):
            if found := await asyncio.to_thread(_older, shelf, before):
                yield found

    async def put_in_bin(self, digest: str, before: datetime) -> bool:
        return await asyncio.to_thread(self._put_in_bin, digest, before)

    def _put_in_bin(self, digest: str, before: datetime) -> bool:
        binned = self._binned(digest)
        binned.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            os.replace(place_of(self._folder, digest), binned)
        except FileNotFoundError:
            return False
        if _age(binned) < before.timestamp():
            return True
        self._bring_back(digest)  # it was brought again between the look at it and this
        return False

    async def bin(self) -> Sequence[str]:
        return await asyncio.to_thread(_named, self._folder / _BIN)

    async def bring_back(self, digest: str) -> None:
        await asyncio.to_thread(self._bring_back, digest)

    def _bring_back(self, digest: str) -> None:
        place = place_of(self._folder, digest)
        if place.exists():
            self._binned(digest).unlink(missing_ok=True)
        else:
            os.replace(self._binned(digest), place)

    async def delete(self, digest: str) -> None:
        await asyncio.to_thread(self._binned(digest).unlink, missing_ok=True)

    async def drop_broken_off(self, before: datetime) -> int:
        return await asyncio.to_thread(_drop, self._folder / ARRIVING, before)

    async def missing(self, digests: Collection[str]) -> set[str]:
        return await asyncio.to_thread(_missing, self._folder, digests)

    def _binned(self, digest: str) -> Path:
        return self._folder / _BIN / digest


def _shelves(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9a-f][0-9a-f]"))


def _named(shelf: Path) -> list[str]:
    """What lies there under a hash; anything else is not ours to touch."""
    return sorted(file.name for file in shelf.glob("*") if _DIGEST.fullmatch(file.name))


def _older(shelf: Path, before: datetime) -> list[str]:
    found = []
    for name in _named(shelf):
        with suppress(FileNotFoundError):
            if _age(shelf / name) < before.timestamp():
                found.append(name)
    return found


def _drop(room: Path, before: datetime) -> int:
    dropped = 0
    for file in room.glob("*"):
        with suppress(FileNotFoundError):
            if _age(file) < before.timestamp():
                file.unlink()
                dropped += 1
    return dropped


def _missing(folder: Path, digests: Collection[str]) -> set[str]:
    return {digest for digest in digests if not place_of(folder, digest).is_file()}


def _age(file: Path) -> float:
    """When its bytes were written, in seconds of the epoch."""
    return file.stat().st_mtime
