"""The rule policy decides with `quick_rules` as it does without (assistant/quick_rules.py)."""

import json
import subprocess
from uuid import uuid4

import httpx2
import pytest

from assistant import model_files
from tests.nlu.scripted_actions import ScriptedActions
from tests.nlu.test_channel import QUESTION, post
from tests.nlu.test_conversations import events_of
from tests.nlu.utterances import ROOT
from tests.services import find_program

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(180)]

BEGIN, HEARD = "/ask_startup_requirements", "幸福小区"


#: Run in Rasa's environment: decides each step of the conversation on stdin as Rasa does, and again with quick_rules.
_DECISIONS = """
import json
import sys
from pathlib import Path

from assistant.rasa_import import import_rasa

import_rasa()

from rasa.core.agent import Agent
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.events import deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

from assistant import quick_rules

processor = Agent.load(Path(sys.argv[1])).processor
nodes = [node._component for node in processor.graph_runner._instantiated_nodes.values()]
(policy,) = (node for node in nodes if isinstance(node, RulePolicy))
domain = processor.model_metadata.domain


def decision(tracker: DialogueStateTracker) -> str:
    made = policy.predict_action_probabilities(tracker.copy(), domain)
    action = domain.action_names_or_texts[made.probabilities.index(max(made.probabilities))]
    noted = [type(event).__name__ for event in made.events]
    return f"{action} {max(made.probabilities)} {noted} {made.is_no_user_prediction} {made.hide_rule_turn}"


steps: list[DialogueStateTracker] = []
for line in sys.stdin:
    tracker = processor.tracker_store.init_tracker("replayed")
    for event in deserialise_events(json.loads(line)):
        tracker.update(event)
        if tracker.latest_action_name:
            steps.append(tracker.copy())
before = [decision(step) for step in steps]
quick_rules.take()
after = [decision(step) for step in steps]
different = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
actions = {each.split()[0] for each in before}
print("\\n" + json.dumps({"decisions": len(before), "actions": sorted(actions), "different": different}))
"""


def test_decisions_stay_the_same(rasa: httpx2.Client, actions: ScriptedActions) -> None:
    asked = {"event": "slot", "name": "requested_slot", "value": "startup_community"}
    heard = {"event": "slot", "name": "requested_slot", "value": "startup_address"}
    actions.when(BEGIN, {"events": [asked], "responses": [{"text": "哪个小区？"}]})
    actions.when(HEARD, {"events": [heard], "responses": [{"text": "门牌号？"}]})
    # In the dialogue this is "not for me": the form steps aside, a rule answers.
    actions.when(QUESTION, {"events": [], "responses": [{"text": "答"}]})
    sender = f"test-{uuid4()}"
    for text in (QUESTION, BEGIN, QUESTION, HEARD, "厨房有煤气味"):
        post(rasa, text, sender)
    compared = decisions(events_of(rasa, sender))
    assert compared["different"] == []
    assert {"action_listen", "action_answer", "startup_form"} <= set(compared["actions"])


def decisions(events: list[dict[str, object]]) -> dict[str, list[str]]:
    python = find_program(str(ROOT / "assistant" / ".venv" / "bin" / "python"))
    model = str(model_files.current_model(ROOT / "models"))
    done = subprocess.run(
        [python, "-c", _DECISIONS, model],
        input=json.dumps(events),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    compared: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return compared
