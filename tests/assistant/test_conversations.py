"""Whole conversations with the trained assistant and the real actions."""

from uuid import uuid4

import pytest

from tests.assistant.conversations import Conversation, play, read_conversations
from tests.assistant.rasa_server import Rasa, Town

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(300)]  # the first one waits for Rasa's start

CONVERSATIONS = read_conversations()


@pytest.mark.parametrize("conversation", CONVERSATIONS.values(), ids=CONVERSATIONS.keys())
def test_conversation(conversation: Conversation, rasa: Rasa, town: Town) -> None:
    play(conversation, f"test-{uuid4()}", rasa, town)


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
