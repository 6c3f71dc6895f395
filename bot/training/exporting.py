"""The examples as a file, to be looked through or completed in a spreadsheet."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol


class SheetWriter(Protocol):
    def __call__(self, kind: str, examples: Sequence[tuple[str, str]]) -> bytes: ...


class Exporting:
    def __init__(self, lines: Callable[[], Awaitable[list[tuple[str, str]]]], write: SheetWriter) -> None:
        """`lines`: intent and example, with what is marked in it."""
        self._lines = lines
        self._write = write

    async def __call__(self, kind: str, intent: str = "") -> bytes:
        """`kind`: csv, xlsx or yml; `intent`: only its examples, unless it is ""."""
        rows = sorted(row for row in await self._lines() if intent in ("", row[0]))
        return await asyncio.to_thread(self._write, kind, rows)
