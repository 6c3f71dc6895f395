"""Asks for the next page while the one before is dealt with: much of a fetch is waiting for the platform."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol


class Page(Protocol):
    """What happened since a cursor."""

    @property
    def messages(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def cursor(self) -> str: ...
    @property
    def more(self) -> bool: ...


Sync = Callable[[str, str, str], Awaitable[Page]]


class AskedAhead:
    """`sync` for whoever deals with pages one after the other; each account has one page asked ahead at most."""

    def __init__(self, sync: Sync) -> None:
        self._sync = sync
        #: Where the last page of each account ended, unless one is being asked for.
        self._ends: dict[str, str] = {}
        self._asked: dict[str, tuple[str, asyncio.Task[Page]]] = {}

    async def __call__(self, open_kfid: str, cursor: str, token: str) -> Page:
        """The page after `cursor`, which may have been asked for. Raises what `sync` raises."""
        self._ends.pop(open_kfid, None)
        after, asked = self._asked.pop(open_kfid, ("", None))
        if asked and after != cursor:
            asked.cancel()
            asked = None
        page = await (asked or self._sync(open_kfid, cursor, token))
        self._ends[open_kfid] = page.cursor
        return page

    def ask(self, open_kfid: str, token: str) -> bool:
        """Ask for what comes after the last page, if one is being dealt with and none is asked for yet."""
        if open_kfid in self._asked or open_kfid not in self._ends:
            return False
        cursor = self._ends[open_kfid]
        task = asyncio.ensure_future(self._sync(open_kfid, cursor, token))
        task.add_done_callback(_look_at)
        self._asked[open_kfid] = cursor, task
        return True

    def has_asked(self, open_kfid: str) -> bool:
        return open_kfid in self._asked

    def forget(self, open_kfid: str) -> bool:
        """Begin anew where the next one asks from; whether something had been asked for."""
        self._ends.pop(open_kfid, None)
        _, asked = self._asked.pop(open_kfid, ("", None))
        if asked:
            asked.cancel()
        return asked is not None


def _look_at(done: asyncio.Task[Page]) -> None:
    """Why a page that nobody waits for any more did not come need not be told."""
    if not done.cancelled():
        done.exception()
