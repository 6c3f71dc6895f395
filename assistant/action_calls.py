"""How Rasa calls an action of gasdesk: over a kept connection, and with no more than actions read.

Rasa sends its whole domain and the whole conversation with each call, over a new connection: most of a turn's time.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import aiohttp
import ujson
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

JSON = dict[str, Any]

#: An idle connection is closed before gasdesk's server does it (uvicorn: 5 s), so that no call goes into a closed one.
IDLE_SECONDS = 3.0
#: The calls of an action: the last message of the customer and the one before.
MESSAGES_SENT = 2
_connectors: WeakKeyDictionary[asyncio.AbstractEventLoop, aiohttp.TCPConnector] = WeakKeyDictionary()


def take() -> None:
    """Let Rasa call its actions this way from now on."""
    RemoteAction._action_call_format = _call
    RemoteAction._validate_action_result = _check
    EndpointConfig.session = _session


def _call(action: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> JSON:
    """What gasdesk's action server needs: slots, the last message, who spoke when, and which responses have buttons."""
    loop = tracker.active_loop
    return {
        "next_action": action.name(),
        "sender_id": tracker.sender_id,
        "tracker": {
            "sender_id": tracker.sender_id,
            "slots": tracker.current_slot_values(),
            "latest_message": {**tracker.latest_message.parse_data, "text": tracker.latest_message.text},
            "events": [_outline(event) for event in recent_events(list(tracker.events))],
            "active_loop": {"name": loop.name} if loop else {},
            "latest_action_name": tracker.latest_action_name,
        },
        "domain": {"responses": _buttons.of(domain)},
    }


def recent_events(events: list[Event]) -> list[Event]:
    """Messages, actions and changes of dialogue since the last message but one; before it, the changes of dialogue."""
    said = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
    since = said[-MESSAGES_SENT] if len(said) >= MESSAGES_SENT else 0
    earlier = [event for event in events[:since] if isinstance(event, ActiveLoop)]
    return earlier + [event for event in events[since:] if isinstance(event, (UserUttered, ActionExecuted, ActiveLoop))]


def _outline(event: Event) -> JSON:
    """What actions ask of an event; the last message is beside it in full."""
    outline = {"event": event.type_name, "timestamp": event.timestamp}
    if isinstance(event, UserUttered):
        more = {"parse_data": {"more": True}} if (event.parse_data or {}).get("more") else {}
        return {**outline, "text": event.text, **more}
    return {**outline, "name": event.action_name if isinstance(event, ActionExecuted) else event.name}


@dataclass
class _Buttons:
    """The responses with buttons of the domain seen last: there is one as long as the server runs."""

    domain: Domain | None = None
    responses: JSON = field(default_factory=dict)

    def of(self, domain: Domain) -> JSON:
        if domain is not self.domain:
            given = domain.responses.items()
            self.responses = {name: each for name, each in given if any(variation.get("buttons") for variation in each)}
            self.domain = domain
        return self.responses


_buttons = _Buttons()


def _check(action: RemoteAction, result: Any) -> bool:
    """Rasa holds each answer against a JSON schema of all events, for milliseconds; both ends are of one release.

    Raises:
        ValueError: the answer is not even of the right shape.
    """
    parts = [result.get("events", []), result.get("responses", [])] if isinstance(result, dict) else [None]
    if not all(isinstance(part, list) and all(isinstance(each, dict) for each in part) for part in parts):
        raise ValueError(f"the answer of action {action.name()} is malformed: {str(result)[:200]}")
    return True


def _session(endpoint: EndpointConfig) -> aiohttp.ClientSession:
    """Rasa makes a session for each call; its connection outlives it here."""
    loop = asyncio.get_running_loop()
    if loop not in _connectors:
        _connectors[loop] = aiohttp.TCPConnector(keepalive_timeout=IDLE_SECONDS, limit=0)
    return aiohttp.ClientSession(
        headers=endpoint.headers,
        auth=aiohttp.BasicAuth(**endpoint.basic_auth) if endpoint.basic_auth else None,
        connector=_connectors[loop],
        connector_owner=False,
        json_serialize=ujson.dumps,
    )
