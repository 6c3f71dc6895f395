"""While a left message waits for a person, the assistant may answer; the person stays owed."""

from dataclasses import replace
from typing import Any

import pytest

from bot.conversation.give_answer import beside_a_message
from bot.conversation.queue_words import is_courtesy
from bot.domain.conversations import Owner, SeenIntent
from bot.domain.transitions import answered_by_assistant, customer_wrote, left_message
from bot.ports import AssistantAnswer, Bubble
from bot.sla.deadlines import ASSISTANT_TURN
from bot.testing import START
from tests.unit.test_deadlines import LEAK, QUEUED, due
from tests.unit.test_transitions import LIMITS

LEFT = left_message(QUEUED)
ADDED = customer_wrote(replace(LEFT, customer_seq=2, last_seq=2), START, LIMITS.turn)


def test_what_was_written_before_belongs_to_the_message() -> None:
    assert LEFT.left_message
    assert not LEFT.assistant_owes


def test_what_is_added_is_heard_by_the_assistant_and_asked_again_in_time() -> None:
    assert ADDED.assistant_owes
    assert due(ADDED) == {ASSISTANT_TURN: LIMITS.turn.total_seconds()}


def test_its_answer_does_not_end_the_wait_for_a_person() -> None:
    answered = answered_by_assistant(ADDED, 2)
    assert not answered.assistant_owes
    assert answered.waiting_since == QUEUED.waiting_since
    assert answered.owner is Owner.QUEUE
    assert due(answered) == {}


def test_an_emergency_is_no_message_that_waits() -> None:
    assert not replace(ADDED, emergency=LEAK).assistant_owes


@pytest.mark.parametrize(
    ("intent", "more", "said"),
    [
        ("ask_service_hours", {}, True),
        ("report_meter_reading", {"asks": True}, True),
        ("nlu_fallback", {}, False),
        ("nlu_fallback", {"answers_question": True}, True),
        ("thank", {}, False),
        ("request_human", {"handoff": "用户要求人工服务"}, False),
    ],
)
def test_what_is_worth_saying(intent: str, more: dict[str, Any], said: bool) -> None:
    answer = replace(AssistantAnswer(bubbles=(Bubble("好的。"),), intent=SeenIntent(intent, 0.9, "")), **more)
    assert beside_a_message(answer) is said


@pytest.mark.parametrize(("text", "courtesy"), [("好的谢谢", True), ("嗯嗯", True), ("好的，还有灶也坏了", False)])
def test_courtesies_add_nothing(text: str, courtesy: bool) -> None:
    assert is_courtesy(text) is courtesy
