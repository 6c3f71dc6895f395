"""Whole conversations with the trained assistant and the real actions."""

from collections.abc import Sequence
from uuid import uuid4

import pytest
from ruamel.yaml import YAML

from actions.dialogue import Dialogue
from actions.server import CAPABILITIES
from actions.which_matter import MATTERS
from bot.adapters.rehearsal import Json, Town, play, read_conversations
from bot.domain.intents import label
from bot.ports import Waited
from bot.training.dialogues import Conversation
from tests.assistant.rasa_server import ROOT, Rasa

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(300)]  # the first one waits for Rasa's start

CONVERSATIONS = read_conversations(ROOT / "tests" / "assistant" / "conversations")
DIALOGUES = [each for each in CAPABILITIES if issubclass(each, Dialogue)]


@pytest.mark.parametrize("conversation", CONVERSATIONS.values(), ids=CONVERSATIONS.keys())
async def test_conversation(conversation: Conversation, rasa: Rasa, town: Town) -> None:
    async def say(conversation_id: str, text: str, before: Sequence[Waited]) -> Json:
        return rasa.say(conversation_id, text, before=before)

    problems = await play(conversation, f"test-{uuid4()}", say, town)
    assert not problems, "\n".join(problems)


def test_a_broken_back_office_is_admitted_and_a_person_is_called(rasa: Rasa, town: Town) -> None:
    conversation_id = f"test-{uuid4()}"
    rasa.say(conversation_id, "我要报数")
    town.records.broken = True
    answer = rasa.say(conversation_id, "10020001")
    assert "出了故障" in answer["replies"][0]["text"]
    assert "handoff" in answer["replies"][-1]["custom"]
    assert answer["active_form"] is None


def test_conversations_do_not_share_what_was_collected(rasa: Rasa, town: Town) -> None:
    one, other = f"test-{uuid4()}", f"test-{uuid4()}"
    rasa.say(one, "我要报数")
    rasa.say(one, "10020001")
    rasa.say(other, "我要报数")
    answer = rasa.say(other, "1235")
    assert answer["requested_slot"] == "reading_account"


def test_an_answer_that_was_lost_is_given_again(rasa: Rasa, town: Town) -> None:
    """With its record, and without the dialogue going on: the same message is not a second one."""
    conversation_id = f"test-{uuid4()}"
    rasa.say(conversation_id, "我要报数，户号10020001，读数1235", "m-1")
    lost = rasa.say(conversation_id, "确认登记", "m-2")
    again = rasa.say(conversation_id, "确认登记", "m-2")
    assert again == lost
    assert any("records" in reply.get("custom", {}) for reply in again["replies"])
    assert len(town.records.readings) == 1
    other = rasa.say(conversation_id, "确认登记", "m-3")
    assert not any("records" in reply.get("custom", {}) for reply in other["replies"])


def buttons() -> list[str]:
    """What the buttons of single answers send: the model alone has to understand them."""
    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    variations = [
        each for name, texts in domain["responses"].items() if not name.startswith("utter_question_") for each in texts
    ]
    payloads = {button["payload"] for variation in variations for button in variation.get("buttons", [])}
    return sorted(payloads - {"读数不对", "户号不对", "地址不对", "电话不对", "时间不对"})


@pytest.mark.parametrize("payload", buttons())
def test_what_a_button_sends_is_understood(payload: str, rasa: Rasa) -> None:
    intent = rasa.parse(payload)["intent"]
    assert intent["name"] not in ("nlu_fallback", "out_of_scope")
    assert intent["confidence"] > 0.5


@pytest.mark.parametrize("matter", sorted(MATTERS))
def test_the_label_of_a_matter_is_understood(matter: str, rasa: Rasa) -> None:
    """It stands on the button that asks which of two matters is meant."""
    intent = rasa.parse(label(matter))["intent"]
    assert (intent["name"], intent["confidence"] > 0.8) == (matter, True)


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda each: each.form)
def test_going_on_with_a_dialogue_is_understood(dialogue: type[Dialogue], rasa: Rasa, town: Town) -> None:
    answer = rasa.say(f"test-{uuid4()}", dialogue.go_on)
    assert answer["active_form"] == dialogue.form
