"""Messages that waited together, when their answer was lost: nothing is done twice, nothing is left out."""

from uuid import uuid4

import pytest

from bot.adapters.rehearsal import Town
from tests.assistant.rasa_server import Json, Rasa

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(300)]


def texts(answer: Json) -> list[str]:
    return [reply["text"] for reply in answer["replies"] if "text" in reply]


def test_the_same_messages_again_get_the_same_answer(rasa: Rasa, town: Town) -> None:
    who, before = f"test-{uuid4()}", [("m1", "我要报数"), ("m2", "户号10020001")]
    first = rasa.say(who, "1235", "m3", before)
    again = rasa.say(who, "1235", "m3", before)
    assert again["replies"] == first["replies"]
    assert again["requested_slot"] == "reading_confirmed"


def test_messages_that_were_answered_are_not_heard_again_with_the_next(rasa: Rasa, town: Town) -> None:
    who = f"test-{uuid4()}"
    rasa.say(who, "户号10020001报数1235", "m1")
    answer = rasa.say(who, "对", "m2", [("m1", "户号10020001报数1235")])
    assert "读数1235" in texts(answer)[1]
    assert "已经为您登记" in texts(answer)[-2]
    assert answer["requested_slot"] is None


def test_all_parts_of_a_message_are_said_again(rasa: Rasa, town: Town) -> None:
    who = f"test-{uuid4()}"
    first = rasa.say(who, "开户要带什么材料，还有你们几点下班？", "m1")
    assert rasa.say(who, "开户要带什么材料，还有你们几点下班？", "m1")["replies"] == first["replies"]
