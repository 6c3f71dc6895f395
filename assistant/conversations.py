"""Where Rasa keeps its conversations: the latest ones as they are, earlier ones as text, the oldest not at all.

Rasa's own store in memory reads every conversation anew from text at each look, which takes longer the longer the
customer talks (docs/nlu.md), and never forgets one. Rules and actions look at the slots and the last turns only, so of
a long conversation that is what is kept.
"""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    LoopInterrupted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker, get_trackers_for_conversation_sessions

#: Conversations going on at once, with room to spare: some 100 kB each.
LIVE = 500
#: Some 20 kB each; a customer whose conversation is forgotten begins afresh.
KEPT = 20_000
#: A conversation with more events is shortened to its slots and the last turns; a turn has some seven.
MOST_EVENTS = 60
TURNS_KEPT = 2


class RecentConversations(TrackerStore, SerializedTrackerAsText):  # type: ignore[misc]  # rasa ships no types
    """Named in endpoints.yml. Keeps the latest session of each conversation, as Rasa's own store in memory does."""

    def __init__(
        self, domain: Domain, event_broker: EventBroker | None = None, host: str | None = None, **settings: Any
    ) -> None:
        del host  # Rasa passes it to every store of somebody else's
        self._live: OrderedDict[str, tuple[DialogueStateTracker, int]] = OrderedDict()
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._most_live = int(settings.pop("live", LIVE))
        self._most_kept = int(settings.pop("kept", KEPT))
        super().__init__(domain, event_broker, **settings)

    async def save(self, tracker: DialogueStateTracker) -> None:
        await self.stream_events(tracker)
        latest = self._shortened(_latest_session(tracker))
        self._texts.pop(tracker.sender_id, None)
        self._live[tracker.sender_id] = (latest, len(latest.events))
        self._live.move_to_end(tracker.sender_id)
        self._make_room()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        if sender_id in self._live:
            self._live.move_to_end(sender_id)
            tracker, saved = self._live[sender_id]
            return tracker if len(tracker.events) == saved else self._as_saved(sender_id, tracker, saved)
        text = self._texts.get(sender_id)
        return self.deserialise_tracker(sender_id, text) if text else None

    async def keys(self) -> Iterable[str]:
        return [*self._texts, *self._live]

    def _as_saved(self, sender_id: str, tracker: DialogueStateTracker, saved: int) -> DialogueStateTracker:
        """A turn that failed half-way has left its traces in the tracker: without them."""
        clean = self._replayed(tracker, list(tracker.events)[:saved])
        self._live[sender_id] = (clean, saved)
        return clean

    def _replayed(self, tracker: DialogueStateTracker, events: list[Event]) -> DialogueStateTracker:
        fresh = self.init_tracker(tracker.sender_id)
        for event in events:
            fresh.update(event)
        return fresh

    def _shortened(self, tracker: DialogueStateTracker) -> DialogueStateTracker:
        events = list(tracker.events)
        turns = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
        if len(events) <= MOST_EVENTS or len(turns) <= TURNS_KEPT:
            return tracker
        cut = turns[-TURNS_KEPT]
        return self._replayed(tracker, [*_summary(self._replayed(tracker, events[:cut])), *events[cut:]])

    def _make_room(self) -> None:
        while len(self._live) > self._most_live:
            sender_id, (tracker, saved) = self._live.popitem(last=False)
            if len(tracker.events) != saved:
                tracker = self._as_saved(sender_id, tracker, saved)
                del self._live[sender_id]
            self._texts[sender_id] = self.serialise_tracker(tracker)
        while len(self._texts) > self._most_kept:
            self._texts.popitem(last=False)


def _latest_session(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """The tracker from its latest session on: what came before only makes every turn slower."""
    later = list(tracker.events)[1:]
    if not any(isinstance(e, ActionExecuted) and e.action_name == ACTION_SESSION_START_NAME for e in later):
        return tracker
    return get_trackers_for_conversation_sessions(tracker)[-1]


def _summary(tracker: DialogueStateTracker) -> list[Event]:
    """The events that lead to the state of the tracker at the end of a turn, and to nothing else."""
    slots = [SlotSet(slot.name, slot.value) for slot in tracker.slots.values() if slot.value is not None]
    loop = tracker.active_loop
    going_on = [ActiveLoop(loop.name), LoopInterrupted(loop.is_interrupted)] if loop else []
    return [
        ActionExecuted(ACTION_SESSION_START_NAME),
        SessionStarted(),
        *slots,
        *going_on,
        ActionExecuted(ACTION_LISTEN_NAME),
    ]
