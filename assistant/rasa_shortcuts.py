"""What Rasa works out anew at every message although it never changes (docs/nlu.md)."""

from functools import cache
from typing import Any

import dask.core
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot


def take() -> None:
    """Let Rasa use the shortcuts from now on; what it answers stays the same."""
    # Rasa walks through all event classes for every stored event of a conversation.
    Event.resolve_by_type = staticmethod(cache(Event.resolve_by_type))
    # Rasa copies every slot for each of the trackers it makes in a turn, the general way, by way of pickling.
    Slot.__copy__ = _copy
    # Made for graphs of thousands of tasks on many threads; a turn's has three, one after the other.
    dask.get = dask.core.get  # type: ignore[assignment, attr-defined]


def _copy(slot: Any) -> Any:
    same = object.__new__(type(slot))
    same.__dict__.update(slot.__dict__)
    return same
