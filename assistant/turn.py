"""One turn of one conversation: run Rasa on a message and say everything that came of it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.constants import REQUESTED_SLOT, SESSION_START_METADATA_SLOT
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.clauses import parts_of
from assistant.fragments import as_understood

JSON = dict[str, Any]
RANKING_LENGTH = 3
_NO_INTENT = {None, DEFAULT_NLU_FALLBACK_INTENT_NAME}
WARM_UP_TEXT = "您好，我家表上读数是一千二百三十五，麻烦看一下"


class NoModel(RuntimeError):
    """Rasa runs without a model, so nothing can be answered."""


@dataclass(frozen=True)
class Turn:
    """What Rasa made of one message: its replies, the conversation after it, and what went wrong on the way."""

    tracker: DialogueStateTracker
    replies: list[JSON]
    failures: list[str]


class Replies(OutputChannel):  # type: ignore[misc]  # rasa ships no types
    """Collects each response whole; Rasa's own collector splits text at blank lines and takes `custom` apart."""

    def __init__(self) -> None:
        self.replies: list[JSON] = []

    @classmethod
    def name(cls) -> str:
        return "gasdesk"

    async def send_response(self, recipient_id: str, message: JSON) -> None:
        buttons = message.get("buttons") or message.get("quick_replies")
        reply = {
            "text": message.get("text"),
            "buttons": [{"title": b["title"], "payload": b.get("payload", b["title"])} for b in buttons or []],
            "custom": message.get("custom"),
            "image": message.get("image"),
            "attachment": message.get("attachment"),
        }
        if filled := {key: value for key, value in reply.items() if value}:
            self.replies.append(filled)


async def take_turn(agent: Agent | None, message: UserMessage) -> Turn:
    """Let Rasa answer `message`, under the conversation's lock: its `handle_message`, with three differences.

    Messages that waited together (`metadata.before`: [{id, text}]) are answered once. What was answered already (its
    answer was lost on the way) gets the answer it got, and the conversation stays as it is. A message that surely asks
    several things is taken as several (assistant/clauses.py). A turn in which something failed is not saved, so that
    it can be taken again.

    Raises:
        NoModel: the server started without a usable model.
        Exception: anything Rasa raises; the turn is then not saved.
    """
    agent = _ready(agent)
    processor, output = agent.processor, Replies()
    message.output_channel = output
    async with agent.lock_store.lock(message.sender_id):
        tracker = await processor.fetch_tracker_and_update_session(message.sender_id, output, message.metadata)
        text = await _unanswered(message, tracker, output)
        if not text:
            return Turn(tracker, output.replies, [])
        with _noted_failures() as failures:
            for part in await _parts(text, message, tracker, processor):
                await processor._handle_message_with_tracker(part, tracker)
                tracker = await processor.run_action_extract_slots(output, tracker)
                await processor._run_prediction_loop(output, tracker)
        if not failures:
            await processor.run_anonymization_pipeline(tracker)
            await processor.save_tracker(tracker)
    return Turn(tracker, output.replies, failures)


async def _unanswered(message: UserMessage, tracker: DialogueStateTracker, output: Replies) -> str:
    """What of the message, and of those that waited with it, is new; what was said to the others is said again."""
    waited = [*(message.metadata or {}).get("before", []), {"id": message.message_id, "text": message.text}]
    ids = [each["id"] for each in waited]
    since: list[JSON] = []
    said: list[JSON] = []
    latest: UserUttered | None = None
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            since.insert(0, {"text": event.text, **event.data})
        elif isinstance(event, UserUttered):
            if event.message_id is None or event.message_id not in ids:
                break
            latest, said = latest or event, list(since)
    if latest is None:
        return "\n".join(each["text"] for each in waited)
    # Rasa's own, read from the store, may be the one before: it passes over answers within a form.
    tracker.latest_message = latest
    for each in said:
        await output.send_response(tracker.sender_id, each)
    return "\n".join(each["text"] for each in waited[ids.index(latest.message_id) + 1 :])


async def _parts(
    text: str, message: UserMessage, tracker: DialogueStateTracker, processor: MessageProcessor
) -> list[UserMessage]:
    """A message of its own for everything that `text` asks; all but the last say that more follows."""

    dialogue = tracker.active_loop_name is not None

    async def parse(words: str) -> JSON:
        parsed = dict(await processor.parse_message(UserMessage(words), tracker))
        return parsed if dialogue else as_understood(words, parsed)

    parts = await parts_of(text, parse, dialogue=dialogue)
    return [
        UserMessage(
            part.text,
            message.output_channel,
            message.sender_id,
            parse_data={**part.parsed, "text": part.text, "more": number < len(parts), **_unfinished(message)},
            input_channel=message.input_channel,
            message_id=message.message_id,
        )
        for number, part in enumerate(parts, start=1)
    ]


def _unfinished(message: UserMessage) -> JSON:
    """What the customer would write to go on with the dialogue that was open when last heard of, for the actions."""
    go_on = (message.metadata or {}).get("unfinished")
    return {"unfinished": go_on} if go_on else {}


async def warm_up(agent: Agent | None) -> None:
    """Parse once and predict once, so that lazy loading is over before the first customer writes.

    Raises:
        NoModel: there is nothing to warm up.
    """
    processor = _ready(agent).processor
    tracker = DialogueStateTracker("warm-up", processor.domain.slots)
    parsed = await processor.parse_message(UserMessage(WARM_UP_TEXT), tracker)
    tracker.update(UserUttered(WARM_UP_TEXT, parsed["intent"], parsed["entities"], parsed), processor.domain)
    processor.predict_next_with_tracker(tracker)


def turn_answer(turn: Turn) -> JSON:
    """The JSON gasdesk gets: replies, what was understood, where the dialogue stands, and errors."""
    tracker, parsed = turn.tracker, turn.tracker.latest_message.parse_data
    hidden = {REQUESTED_SLOT, SESSION_START_METADATA_SLOT}
    slots = {key: value for key, value in tracker.current_slot_values().items() if value is not None}
    return {
        "replies": turn.replies,
        "intent": _scored(parsed.get("intent") or {}),
        "ranking": _ranking(parsed),
        "entities": [
            {key: e.get(key) for key in ("entity", "value", "start", "end")} for e in parsed.get("entities") or []
        ],
        "active_form": tracker.active_loop_name,
        "requested_slot": tracker.get_slot(REQUESTED_SLOT),
        "slots": {key: value for key, value in slots.items() if key not in hidden},
        "error": "; ".join(turn.failures) or None,
    }


def no_answer(error: str) -> JSON:
    """The same shape as `turn_answer`, for a message that never got a turn."""
    return {
        "replies": [],
        "intent": {"name": None, "confidence": 0.0},
        "ranking": [],
        "entities": [],
        "active_form": None,
        "requested_slot": None,
        "slots": {},
        "error": error,
    }


def _ranking(parsed: JSON) -> list[JSON]:
    """The best real intents: the fallback's own entry says nothing about what the customer may have meant."""
    candidates = parsed.get("intent_ranking") or [parsed.get("intent") or {}]
    return [_scored(c) for c in candidates if c.get("name") not in _NO_INTENT][:RANKING_LENGTH]


def _scored(intent: JSON) -> JSON:
    return {"name": intent.get("name"), "confidence": float(intent.get("confidence") or 0.0)}


def _ready(agent: Agent | None) -> Agent:
    if agent is None or not agent.is_ready():
        raise NoModel("no model is loaded: train one with `make model`, then start the assistant again")
    return agent


class _FailureNotes(logging.Handler):
    """Rasa logs a failed action or a tripped circuit breaker and goes on as if nothing had been lost."""

    current: ContextVar[list[str] | None] = ContextVar("failures", default=None)

    def emit(self, record: logging.LogRecord) -> None:
        notes = self.current.get()
        if notes is None:
            return
        cause = record.exc_info[1] if record.exc_info else None
        notes.append(str(cause) if cause else record.getMessage())


logging.getLogger("rasa.core.processor").addHandler(_FailureNotes(logging.WARNING))


@contextmanager
def _noted_failures() -> Iterator[list[str]]:
    notes: list[str] = []
    token = _FailureNotes.current.set(notes)
    try:
        yield notes
    finally:
        _FailureNotes.current.reset(token)
