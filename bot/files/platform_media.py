"""What platforms keep of customers' pictures and films, fetched for staff: once for all pieces that are asked for."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from weakref import WeakValueDictionary

from bot.channel import Media
from bot.clock import Clock
from bot.domain.files import FileGone, FileRefused
from bot.files.ports import Contents

#: So long a film may be watched without asking its platform again.
REMEMBERED = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Fetched:
    content_type: str
    #: SHA-256 of the bytes.
    digest: str
    at: Path
    since: datetime


class PlatformMedia:
    """Its bytes lie among those of files, but are nobody's: the clean-up takes them away (bot/files/clean_up.py)."""

    def __init__(self, contents: Contents, clock: Clock) -> None:
        self._contents = contents
        self._clock = clock
        self._known: dict[str, Fetched] = {}
        self._order: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def get(self, key: str, fetch: Callable[[], Awaitable[Media]]) -> Fetched | Media:
        """`key` tells it from all others; raises what `fetch` raises. Media: the disk has no room to spare."""
        lock = self._order.setdefault(key, asyncio.Lock())
        async with lock:
            self._forget()
            if (known := self._known.get(key)) and await self._lies(known):
                return known
            media = await fetch()
            try:
                self._known[key] = fetched = await self._keep(media)
            except FileRefused:
                return media
            return fetched

    async def _keep(self, media: Media) -> Fetched:
        """Raises FileRefused."""
        async with self._contents.arriving() as arriving:
            await arriving.write(media.content)
            digest = await arriving.keep()
        at = await self._contents.at(digest)
        return Fetched(content_type=media.content_type, digest=digest, at=at, since=self._clock.now())

    async def _lies(self, known: Fetched) -> bool:
        try:
            await self._contents.at(known.digest)
        except FileGone:
            return False
        return True

    def _forget(self) -> None:
        """The oldest come first."""
        now = self._clock.now()
        self._known = {key: one for key, one in self._known.items() if now - one.since < REMEMBERED}
