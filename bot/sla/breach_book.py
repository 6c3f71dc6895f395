"""The book of breaches, for who looks into them."""

from datetime import datetime
from typing import NamedTuple, Protocol

from bot.domain.conversations import Breach


class Numbered(NamedTuple):
    #: By which people name it.
    number: int
    breach: Breach


class BreachBook(Protocol):
    async def between(self, since: datetime, until: datetime, limit: int) -> list[Numbered]:
        """Those from `since` on and before `until`, the latest first."""
        ...

    async def one(self, number: int) -> Breach | None: ...
