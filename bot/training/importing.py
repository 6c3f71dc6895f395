"""Bringing in examples from a file: looked at first, taken all or none, as labels that wait for a change set."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from bot.clock import Clock
from bot.training.change import ExampleFiles
from bot.training.examples import Example
from bot.training.exchange import Examiner, Reading, Row


class ImportRefused(Exception):
    """Nothing was taken; the text (Chinese) says why."""


class ImportStore(Protocol):
    async def take(self, examples: Sequence[Example], staff_id: str, note: str, now: datetime) -> int:
        """Keep them as accepted messages, all or none; how many were not decided like this before.

        Raises DecidedMeanwhile (decided otherwise before), HeldByOther.
        """
        ...


class SheetReader(Protocol):
    def __call__(self, name: str, content: bytes) -> list[Row]:
        """Raises UnreadableSheet."""
        ...


@dataclass(frozen=True)
class Looked:
    reading: Reading
    #: Names exactly this file; taking it names what was seen.
    token: str


class Importing:
    def __init__(
        self,
        *,
        store: ImportStore,
        files: ExampleFiles,
        read: SheetReader,
        names: Callable[[], Sequence[str]],
        clock: Clock,
    ) -> None:
        self._store = store
        self._files = files
        self._read = read
        self._names = names
        self._clock = clock

    async def look(self, name: str, content: bytes) -> Looked:
        """What is in the file and what is wrong with it; takes nothing. Raises UnreadableSheet."""
        known, tried = await self._files.known(), await self._files.tried()
        examiner = Examiner(known, tried, self._names())

        def reading() -> Reading:
            return examiner.examine(self._read(name, content))

        # In a thread: thousands of sentences are compared, and customers wait for nobody.
        return Looked(await asyncio.to_thread(reading), sha256(content).hexdigest()[:16])

    async def take(self, name: str, content: bytes, token: str, staff_id: str) -> int:
        """Take what was seen; how many are new.

        Raises UnreadableSheet, ImportRefused, DecidedMeanwhile, HeldByOther.
        """
        looked = await self.look(name, content)
        if looked.token != token:
            raise ImportRefused("文件和检查时的不一样，请重新检查后再导入。")
        if looked.reading.problems:
            raise ImportRefused(f"有 {len(looked.reading.problems)} 处需要先改正，一句也没有导入。")
        note = f"从文件 {name[:80]} 导入"
        return await self._store.take(looked.reading.examples, staff_id, note, self._clock.now())
