"""Settings that were filled in on the page: sealed, with who saved them and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


class KeptState(Protocol):
    """What is kept by name, for all replicas."""

    async def get(self, name: str) -> dict[str, Any] | None: ...

    async def put(self, name: str, value: Mapping[str, Any]) -> None: ...


class Box(Protocol):
    def seal(self, values: Mapping[str, Any]) -> str: ...

    def open(self, sealed: str) -> dict[str, Any]:
        """Raises CannotOpen."""
        ...


@dataclass(frozen=True)
class Saved:
    sealed: str
    staff_id: str
    at: datetime


class SavedSettings:
    def __init__(self, kept: KeptState, box: Box) -> None:
        self._kept = kept
        self._box = box

    async def get(self, name: str) -> Saved | None:
        """As it was last saved; None if it never was, or was removed."""
        found = await self._kept.get(_name(name))
        if not found:
            return None
        return Saved(found["sealed"], found["staff_id"], datetime.fromisoformat(found["at"]))

    def open(self, saved: Saved) -> dict[str, Any]:
        """The values. Raises CannotOpen."""
        return self._box.open(saved.sealed)

    async def put(self, name: str, values: Mapping[str, Any], staff_id: str, at: datetime) -> Saved:
        saved = Saved(self._box.seal(values), staff_id, at)
        await self._kept.put(
            _name(name), {"sealed": saved.sealed, "staff_id": saved.staff_id, "at": saved.at.isoformat()}
        )
        return saved

    async def remove(self, name: str) -> None:
        await self._kept.put(_name(name), {})


def _name(channel: str) -> str:
    return f"settings:{channel}"
