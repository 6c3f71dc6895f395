"""The members of staff, and which replica does what."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.staff import Presence, Staff


class StaffDirectory(Protocol):
    async def get(self, staff_id: str) -> Staff | None: ...

    async def all(self) -> list[Staff]:
        """Active staff with their present load."""
        ...

    async def set_presence(
        self, staff_id: str, presence: Presence, reason: str, now: datetime, absence: timedelta | None = None
    ) -> Staff:
        """`absence`: after which whoever leaves his seat has to be back; its timer is written with it."""
        ...

    async def set_seat(self, staff_id: str, capacity: int, groups: Sequence[str]) -> Staff:
        """How many conversations this person takes at a time, and of which skill groups."""
        ...

    async def note_on_desk(self, staff_id: str, on_desk: bool, now: datetime) -> None:
        """A desk page of this person is connected, or the last one has gone for good."""
        ...

    async def mark_assigned(self, staff_id: str, now: datetime) -> None: ...


class Exclusive(Protocol):
    """Only one replica at a time does what `name` says."""

    def __call__(self, name: str) -> AbstractAsyncContextManager[None]: ...
