"""A dialogue that one Rasa began is ended by another, with all the customer has told."""

from uuid import uuid4

import pytest

from assistant import model_files
from bot.adapters.rasa.assistant import RasaAssistant
from bot.adapters.rasa.carry import carry_over
from bot.adapters.rehearsal import Town
from bot.ports import AssistantDown
from tests.assistant.conftest import PYTHON
from tests.assistant.rasa_server import ROOT, Actions, Rasa, rasa_server

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(300)]


async def test_a_dialogue_goes_on_where_it_stood(rasa: Rasa, actions: Actions, town: Town) -> None:
    model = model_files.current_model(ROOT / "models")
    assert model is not None
    conversation_id = f"test-{uuid4()}"
    with rasa_server(PYTHON, model, actions) as other:
        rasa.say(conversation_id, "我要报数")
        rasa.say(conversation_id, "10020001")
        async with RasaAssistant(rasa.url) as of, RasaAssistant(other.url) as to:
            await carry_over(conversation_id, of, to)
        asked = other.say(conversation_id, "1235")
        assert "1235" in asked["replies"][-1]["text"]
        other.say(conversation_id, "确认登记")
        assert [each.value_m3 for each in town.records.readings] == [1235]


async def test_a_rasa_that_is_gone_is_told_of(rasa: Rasa) -> None:
    async with RasaAssistant("http://127.0.0.1:9") as gone, RasaAssistant(rasa.url) as to:
        with pytest.raises(AssistantDown, match="could not be carried over"):
            await carry_over("c1", gone, to)
