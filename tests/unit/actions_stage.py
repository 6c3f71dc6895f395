"""A stage for single actions: plays Rasa's part of the webhook, keeps slots and events, collects what is said."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from ruamel.yaml import YAML

from actions.server import build_executor, handle
from actions.testing import MemoryBackOffice, MemoryCasework, sample_records
from bot.adapters.company_file import load_company
from bot.domain.knowledge import EMPTY, KnowledgeBase
from bot.domain.work_orders import OrderNote, Record
from bot.testing import ManualClock

type Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
DOMAIN: Json = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
_RECORD = TypeAdapter(Record)
COMPANY = load_company(ROOT / "company.yml", {})


class Stage:
    """One conversation. `call` runs one action on the customer's words, as Rasa would after the intent is known."""

    def __init__(self, records: MemoryBackOffice | None = None, knowledge: KnowledgeBase = EMPTY) -> None:
        self.clock = ManualClock()
        self.records = records or sample_records()
        self.casework = MemoryCasework(self.clock)
        self.slots: Json = {}
        self.events: list[Json] = []
        self.form: str | None = None
        self.said: list[str] = []
        self.facts: Json = {}
        self.buttons: list[str] = []
        self.signals: Json = {}
        #: More of the customer's message follows.
        self.more = False
        #: What else the model thinks of the words.
        self.ranking: list[Json] = []
        #: What the core says was open in the conversation before.
        self.unfinished = ""
        #: Seconds before the next message.
        self.silence = 1.0
        self._time = 0.0
        self._executor = build_executor(
            back_office=self.records,
            casework=self.casework,
            company=COMPANY,
            clock=self.clock,
            knowledge=knowledge,
        )

    async def begin(self, form: str, text: str, intent: str = "") -> list[Json]:
        """The customer's words start a form."""
        self._hear(text, intent)
        if self.form is None:  # Rasa leaves the open question of a dialogue that another interrupts
            self.slots["requested_slot"] = None
        self._note(_loop(form))
        return await self._run(f"validate_{form}")

    async def answer(self, text: str, intent: str = "nlu_fallback", confidence: float = 0.9) -> list[Json]:
        """The customer's words while a form is active."""
        self._hear(text, intent, confidence)
        return await self._run(f"validate_{self.form}")

    def ends(self) -> None:
        """As Rasa does with a form that asks nothing more."""
        assert self.slots["requested_slot"] is None
        self._note(_loop(None))

    async def come_back(self) -> list[Json]:
        """The form is asked again after another action has answered the customer's words."""
        self._note({"event": "action", "name": "action_answer"})
        return await self._run(f"validate_{self.form}")

    async def begin_again(self, form: str) -> list[Json]:
        """A form that another one leads to, on the same words."""
        self._note({"event": "action", "name": self.form})
        self._note(_loop(form))
        return await self._run(f"validate_{form}")

    async def run_again(self, action: str) -> list[Json]:
        """Another action on the same words: what a follow-up leads to."""
        self._note({"event": "action", "name": "action_answer"})
        return await self._run(action)

    async def act(self, action: str, text: str = "", intent: str = "", ranking: Sequence[Json] = ()) -> list[Json]:
        """The customer's words lead to a single action."""
        self._hear(text, intent)
        self._message["intent_ranking"] = list(ranking)
        return await self._run(action)

    def _hear(self, text: str, intent: str, confidence: float = 0.9) -> None:
        self._message: Json = {"text": text, "intent": {"name": intent, "confidence": confidence}, "more": self.more}
        if self.ranking:
            self._message["intent_ranking"] = self.ranking
        if self.unfinished:
            self._message["unfinished"] = self.unfinished
        self._time += self.silence
        more = {"parse_data": {"more": True}} if self.more else {}
        self._note({"event": "user", "text": text, "timestamp": self._time, **more})

    async def _run(self, action: str) -> list[Json]:
        if self.form:
            self._note({"event": "action", "name": self.form})
        tracker = {
            "sender_id": "c-1",
            "slots": dict(self.slots),
            "latest_message": self._message,
            "events": _recent(self.events),
            "active_loop": {"name": self.form} if self.form else {},
        }
        call = {"next_action": action, "sender_id": "c-1", "tracker": tracker, "domain": DOMAIN}
        status, answer = await handle(self._executor, call)
        assert status == HTTPStatus.OK, answer
        await self._take_in(answer)
        events: list[Json] = answer["events"]
        return events

    async def _take_in(self, answer: Json) -> None:
        self.said, self.buttons, self.facts, self.signals = [], [], {}, {}
        for response in answer["responses"]:
            signals = response.get("custom") or {}
            self.signals |= signals
            for each in signals.get("records", ()):
                await self.casework.file(_RECORD.validate_python(each).within("c-1"))
            for each in signals.get("order_notes", ()):
                await self.casework.note(OrderNote(**each))
            if response.get("response"):
                self.said.append(response["response"])
                self.buttons += [each["payload"] for each in response.get("buttons") or []]
                self.facts |= response
        for event in answer["events"]:
            self._note(event)

    def _note(self, event: Mapping[str, Any]) -> None:
        self.events.append(dict(event))
        if event["event"] == "slot":
            self.slots[event["name"]] = event["value"]
        elif event["event"] == "active_loop":
            self.form = event["name"]


def _loop(form: str | None) -> Json:
    return {"event": "active_loop", "name": form}


def _recent(events: Sequence[Json]) -> list[Json]:
    """What Rasa tells an action of (assistant/action_calls.py): the last two messages and what came of them."""
    said = [place for place, event in enumerate(events) if event["event"] == "user"]
    since = said[-2] if len(said) > 1 else 0
    earlier = [event for event in events[:since] if event["event"] == "active_loop"]
    return earlier + [event for event in events[since:] if event["event"] in ("user", "action", "active_loop")]
