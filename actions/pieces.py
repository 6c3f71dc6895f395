"""A dwelling told in pieces: "7栋", and in the next message "1单元101". Pure.

The building is kept (slot `building`) while a dwelling is asked for; without it "1单元101" might be found in another.
"""

from actions.places import Place
from actions.turns import Slots
from actions.understanding import normal
from bot.domain.places import dwelling, is_only_dwelling

BUILDING = "building"
#: The questions that a dwelling answers.
_ASK_WHERE = frozenset({"startup_address", "reading_account", "dispute_account", "visit_address"})
_WHOLE, _UNIT_AND_ROOM = 3, 2
_WORDS = {"building": "号楼", "unit": "单元"}
_BELONGS_BEHIND = frozenset({"unit", "floor", "room", None})


def building_alone(text: str) -> bool:
    """ "7栋", "3号楼2单元": a building without the room, and nothing else."""
    kinds = [part.kind for part in dwelling(text)]
    return kinds in (["building"], ["building", "unit"]) and is_only_dwelling(text)


def kept_place(place: Place) -> Slots:
    """An address that was told where none was asked for, for whatever needs it."""
    whole, building = (None, place.dwelling) if building_alone(place.dwelling) else (place.dwelling, None)
    return {"community": place.community.id, "address": whole, BUILDING: building}


def without_unit(text: str) -> str:
    """ "报下数 3号楼501" names building and room, and not the unit: both, in one spelling; "" for anything else."""
    parts = dwelling(text)
    named = [part.kind for part in parts] in (["building", "room"], ["building", None])
    return f"{parts[0].value}号楼{parts[1].value}室" if named else ""


def _with_unit(before: str, text: str) -> str:
    """ "一单元", or "2单元 2单元501", behind building and room: all three."""
    parts = list(dict.fromkeys(dwelling(text)))
    rooms = {part.value for part in parts[1:]} - {part.value for part in dwelling(before)}
    if not without_unit(before) or not parts or parts[0].kind != "unit" or len(parts) > _UNIT_AND_ROOM or rooms:
        return ""
    return before.replace("号楼", f"号楼{parts[0].value}单元", 1)


def put_together(asked: str, text: str, slots: Slots) -> tuple[str, Slots]:
    """What is said to question `asked` with the building named before, and what to keep for the next message."""
    if asked not in _ASK_WHERE or not is_only_dwelling(text):
        return text, {}
    if building_alone(text):
        return text, {BUILDING: normal(text)}
    before, parts = slots.get(BUILDING), dwelling(text)
    if without_unit(text):
        return text, {BUILDING: without_unit(text)}
    if whole := _with_unit(before or "", text):
        return whole, {BUILDING: None}
    named = {part.kind for part in dwelling(before or "")}
    behind = 0 < len(parts) < _WHOLE and parts[0].kind in _BELONGS_BEHIND and parts[0].kind not in named
    if not (before and behind):
        return text, {}
    whole = f"{before}{normal(text)}"
    return whole, {BUILDING: without_unit(whole) or None}


def told_so_far(text: str) -> str:
    """What an address that is not whole says of the dwelling: "2号楼", "3号楼501室"; "" if it may be anything."""
    parts = dwelling(text)
    alone = [part.kind for part in parts] in (["building"], ["building", "unit"])
    return "".join(f"{part.value}{_WORDS[part.kind or '']}" for part in parts) if alone else without_unit(text)
