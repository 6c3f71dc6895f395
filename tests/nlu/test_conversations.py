"""Where Rasa keeps its conversations, and what it tells an action of them; in a real Rasa."""

import subprocess
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.nlu.scripted_actions import ScriptedActions
from tests.nlu.test_channel import QUESTION, post
from tests.nlu.utterances import ROOT
from tests.services import find_program

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(180)]


def events_of(rasa: httpx2.Client, sender: str) -> list[dict[str, Any]]:
    tracker = rasa.get(f"/conversations/{sender}/tracker", params={"include_events": "ALL"}).json()
    events: list[dict[str, Any]] = tracker["events"]
    return events


def test_a_turn_that_failed_leaves_no_trace(rasa: httpx2.Client, actions: ScriptedActions) -> None:
    sender = f"test-{uuid4()}"
    actions.when(QUESTION, {"events": [{"event": "slot", "name": "failures", "value": 1}], "responses": []})
    post(rasa, QUESTION, sender)
    before = events_of(rasa, sender)
    actions.when(QUESTION, {"events": [{"event": "unheard_of"}]})
    assert post(rasa, QUESTION, sender).status_code == 500
    actions.when(QUESTION, {"events": [], "responses": [{"text": "好了"}]})
    answered = post(rasa, QUESTION, sender).json()
    assert answered["replies"] == [{"text": "好了"}]
    assert answered["slots"]["failures"] == 1
    after = events_of(rasa, sender)
    assert after[: len(before)] == before


def test_an_action_is_told_the_slots_and_the_latest_events(rasa: httpx2.Client, actions: ScriptedActions) -> None:
    sender = f"test-{uuid4()}"
    actions.when(QUESTION, {"events": [{"event": "slot", "name": "failures", "value": 1}], "responses": []})
    for _ in range(5):
        post(rasa, QUESTION, sender)
    call = actions.calls[-1]
    assert call["next_action"] == "action_answer"
    assert call["sender_id"] == call["tracker"]["sender_id"] == sender
    assert call["tracker"]["slots"]["failures"] == 1
    assert call["tracker"]["latest_message"]["text"] == QUESTION
    said = [event["text"] for event in call["tracker"]["events"] if event["event"] == "user"]
    assert said == [QUESTION, QUESTION], "the last message and the one before"
    assert call["domain"]["responses"]["utter_greet"][0]["buttons"]
    assert "utter_goodbye" not in call["domain"]["responses"], "it has no buttons, which is all that actions ask"


def test_a_long_conversation_is_shortened_and_forgets_nothing(rasa: httpx2.Client, actions: ScriptedActions) -> None:
    sender = f"test-{uuid4()}"
    learnt = [{"event": "slot", "name": "community", "value": "c1"}, {"event": "active_loop", "name": "outage_form"}]
    actions.when("你是机器人吗", {"events": learnt, "responses": []})
    actions.when(QUESTION, {"events": [], "responses": [{"text": "答"}]})
    first = post(rasa, "你是机器人吗", sender).json()
    assert (first["slots"]["community"], first["active_form"]) == ("c1", "outage_form")
    answers = [post(rasa, QUESTION, sender).json() for _ in range(20)]
    assert all(answer["slots"] == first["slots"] for answer in answers)
    assert answers[-1]["active_form"] == "outage_form"
    assert len(events_of(rasa, sender)) <= 70


#: Run in Rasa's environment: two live conversations, two more as text, and the rest forgotten.
_FEW = """
import asyncio
from assistant.rasa_import import import_rasa
import_rasa()
from assistant.conversations import RecentConversations
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered

DOMAIN = Domain.from_yaml("slots: {failures: {type: any, mappings: [{type: custom}]}}")

async def main():
    store = RecentConversations(DOMAIN, live=2, kept=2)
    for number in range(5):
        tracker = await store.get_or_create_tracker(f"c{number}")
        tracker.update(SlotSet("failures", number))
        await store.save(tracker)
    print(list(await store.keys()))
    print([(await store.retrieve(f"c{n}")).get_slot("failures") for n in (1, 2, 3, 4)], await store.retrieve("c0"))
    tracker = await store.retrieve("c4")
    for event in (ActionExecuted("action_session_start"), UserUttered("again")):
        tracker.update(event)
    await store.save(tracker)
    print([type(e).__name__ for e in (await store.retrieve("c4")).events])

asyncio.run(main())
"""


def test_the_oldest_conversations_are_forgotten_and_only_the_latest_session_is_kept() -> None:
    python = find_program(str(ROOT / "assistant" / ".venv" / "bin" / "python"))
    done = subprocess.run([python, "-c", _FEW], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines() == [
        "['c1', 'c2', 'c3', 'c4']",
        "[1, 2, 3, 4] None",
        "['ActionExecuted', 'UserUttered']",
    ]
