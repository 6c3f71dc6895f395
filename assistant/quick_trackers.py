"""Copies of a conversation's tracker that cost little: Rasa makes ten in a turn, each with all slots and all events.

Slots are shared between trackers and copied when they change. A tracker is copied as it stands, and not played anew
from its events.
"""

import copy
from typing import Any

from rasa.core.actions.forms import FormAction
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import AnySlotDict, DialogueStateTracker

#: What a tracker knows besides its events and slots.
_STATE = ("_paused", "followup_action", "latest_action", "latest_message", "latest_bot_utterance")
_set_any_slot = DialogueStateTracker._set_slot


def take() -> None:
    """Let Rasa copy trackers this way from now on; they hold the same as before."""
    Slot.__copy__ = _shared
    DialogueStateTracker._set_slot = _set_slot
    DialogueStateTracker._reset_slots = _reset_slots
    DialogueStateTracker.copy = _copied
    FormAction._temporary_tracker = _temporary_tracker


def _shared(slot: Slot) -> Slot:
    return slot


def _changed(slot: Slot) -> Slot:
    own = object.__new__(type(slot))
    own.__dict__.update(slot.__dict__)
    return own


def _set_slot(tracker: DialogueStateTracker, key: str, value: Any) -> None:
    if isinstance(tracker.slots, AnySlotDict) or key not in tracker.slots:
        _set_any_slot(tracker, key, value)  # Rasa's own makes the slot, or complains
        return
    slot = _changed(tracker.slots[key])
    slot.value = value
    tracker.slots[key] = slot


def _reset_slots(tracker: DialogueStateTracker) -> None:
    for name, slot in tracker.slots.items():
        if slot.has_been_set:
            fresh = _changed(slot)
            fresh.reset()
            tracker.slots[name] = fresh


def _copied(tracker: DialogueStateTracker) -> DialogueStateTracker:
    same = tracker.init_copy()
    same.events.extend(tracker.events)
    same.slots.update(tracker.slots)
    for name in _STATE:
        setattr(same, name, getattr(tracker, name))
    same.active_loop = copy.copy(tracker.active_loop)  # the only part that Rasa changes in place
    return same


def _temporary_tracker(
    form: FormAction, tracker: DialogueStateTracker, additional: list[Event], domain: Domain
) -> DialogueStateTracker:
    """The tracker as the form's validation is to see it: the slot in question set, and what was heard since."""
    del domain  # its slots are the tracker's
    same = tracker.copy()
    for event in [SlotSet(REQUESTED_SLOT, form.get_slot_to_fill(tracker)), ActionExecuted(form.name()), *additional]:
        same.update(event)
    return same
