"""What Rasa works out anew at every message although it never changes (docs/nlu.md)."""

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

import dask.core
from rasa.core.actions.action import ActionExtractSlots
from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.slot_mappings import SlotMappingType

_extract: Callable[..., Awaitable[list[Event]]] = ActionExtractSlots.run
_is_empty: Callable[[Domain], bool] = Domain.is_empty
#: Of the domain seen last: there is one as long as the server runs.
_known: dict[str, tuple[Domain, bool]] = {}


def take() -> None:
    """Let Rasa use the shortcuts from now on; what it answers stays the same."""
    # Rasa walks through all event classes for every stored event of a conversation.
    Event.resolve_by_type = staticmethod(cache(Event.resolve_by_type))
    # Made for graphs of thousands of tasks on many threads; a turn's has three, one after the other.
    dask.get = dask.core.get  # type: ignore[assignment, attr-defined]
    Domain.is_empty = lambda domain: _of(domain, "is empty", _is_empty)
    ActionExtractSlots.run = _run_extraction


async def _run_extraction(action: ActionExtractSlots, output: Any, nlg: Any, tracker: Any, domain: Domain) -> Any:
    """Rasa tries every slot at every message; ours are all filled by actions."""
    if _of(domain, "extracts nothing", _extracts_nothing):
        return []
    return await _extract(action, output, nlg, tracker, domain)


def _extracts_nothing(domain: Domain) -> bool:
    mappings = [mapping for slot in domain.slots for mapping in slot.mappings]
    to_actions = all(each.get("type") == str(SlotMappingType.CUSTOM) and not each.get("action") for each in mappings)
    return to_actions and ACTION_VALIDATE_SLOT_MAPPINGS not in domain.user_actions


def _of(domain: Domain, what: str, find: Callable[[Domain], bool]) -> bool:
    known = _known.get(what)
    if known is None or known[0] is not domain:
        known = _known[what] = (domain, find(domain))
    return known[1]
