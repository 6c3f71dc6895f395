"""A connection pool that an adapter opens with its first call and closes at its end."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

import aiohttp


class OwnSession(ABC):
    """Use as an async context manager, or `await aclose()`."""

    _session: aiohttp.ClientSession | None = None

    @abstractmethod
    def _new_session(self) -> aiohttp.ClientSession: ...

    @property
    def _http(self) -> aiohttp.ClientSession:
        """Made when first asked for: it belongs to the loop that runs then."""
        if self._session is None:
            self._session = self._new_session()
        return self._session

    async def aclose(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
