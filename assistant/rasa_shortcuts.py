"""What Rasa works out anew at every message although it never changes (docs/nlu.md)."""

from functools import cache

from rasa.shared.core.events import Event


def take() -> None:
    """Let Rasa use the shortcuts from now on; what it answers stays the same."""
    # Rasa walks through all event classes for every stored event of a conversation.
    Event.resolve_by_type = staticmethod(cache(Event.resolve_by_type))
