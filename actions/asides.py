"""Questions that several dialogues put (address, telephone, time of a visit): each keeps its own answers. Pure.

The slots are the same in all of them. When one begins while they hold the answers given to another, interrupted or
left, those are set aside under that one's name, and put back when it goes on.
"""

from collections.abc import Collection
from typing import Any

from actions.turns import Slots

#: The dialogue whose answers the shared slots hold, and the answers of others by their form.
ANSWERS_OF, ASIDES = "answers_of", "asides"


def own_slots(slots: Slots, form: str, shared: Collection[str]) -> dict[str, Any]:
    """What slots must become when dialogue `form`, which shares these, begins or goes on."""
    owner = slots.get(ANSWERS_OF)
    if not shared or owner == form:
        return {}
    given = {name: slots[name] for name in shared if slots.get(name) is not None}
    if owner is None:
        return {ANSWERS_OF: form}
    asides = {**(slots.get(ASIDES) or {}), owner: given}
    back = asides.pop(form, {})
    kept = {name: answers for name, answers in asides.items() if answers}
    return {**dict.fromkeys(given), **back, ANSWERS_OF: form, ASIDES: kept or None}
