"""What a client shares with other replicas, where there are none and nothing is to be kept."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

type Json = dict[str, Any]


class Forgetful:
    """tokens.KeptState, for as long as it is there."""

    def __init__(self) -> None:
        self.values: dict[str, Json] = {}

    async def get(self, name: str) -> Json | None:
        return self.values.get(name)

    async def put(self, name: str, value: Mapping[str, Any]) -> None:
        self.values[name] = dict(value)


class Alone:
    """ports.Exclusive, within this process."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def __call__(self, name: str) -> AsyncIterator[None]:
        async with self._locks[name]:
            yield
