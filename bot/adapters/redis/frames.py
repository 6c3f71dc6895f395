"""Carries live frames between replicas: Socket.IO's own Redis manager, which can also be closed."""

import asyncio
from contextlib import suppress
from typing import Any

import socketio


class RedisFrames(socketio.AsyncRedisManager):  # type: ignore[misc]  # python-socketio ships no types
    """At most once: what Redis loses, a page asks for by number."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._made: list[Any] = []

    def _redis_connect(self) -> None:
        # Publishing and listening each connect when they find no connection, so there may be several.
        super()._redis_connect()
        self._made.append((self.redis, self.pubsub))

    async def close(self) -> None:
        """Stop listening and give every connection back."""
        listening: asyncio.Task[None] | None = getattr(self, "thread", None)
        if listening:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
        for client, subscription in self._made:
            with suppress(Exception):
                await subscription.aclose()
                await client.aclose()
        self._made.clear()
