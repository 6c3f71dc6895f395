"""Tone: who is upset gets a word of apology, once; who insults is offered a person."""

import pytest

from actions.mood import insults, is_upset
from tests.unit.actions_stage import Stage


@pytest.mark.parametrize(
    "text",
    [
        "你们什么垃圾公司", "傻逼机器人", "气死我了", "等了半天没人管", "我要投诉你们", "快点!!!", "到底管不管",
        "说了多少遍了",        "你TMD会不会做事", "死机器人", "什么？！", "打了好几遍电话没人接", "真是太差劲了",
    ],
)  # fmt: skip
def test_the_upset(text: str) -> None:
    assert is_upset(text)


@pytest.mark.parametrize(
    "text",
    [
        "我要报数", "12345", "表上的数字在滚动", "需要带什么东西", "燃气人员什么时候来", "怀疑发生气体泄漏",
        "谢谢你们!!",        "煤气死贵死贵的吗", "火大不了怎么调", "表有毛病吗", "你妈妈的户号", "垃圾桶旁边的井盖",
        "等一下", "灶打不着火！",
    ],
)  # fmt: skip
def test_the_calm(text: str) -> None:
    assert not is_upset(text)


def test_only_an_insult_or_more() -> None:
    assert insults("傻逼")
    assert not insults("垃圾公司，我家三天没气了怎么办")


async def test_an_upset_customer_gets_an_apology_and_an_answer_once() -> None:
    stage = Stage()
    await stage.act("action_answer", "气死我了，你们几点下班!!", "ask_service_hours")
    assert stage.said == ["utter_upset", "utter_ask_service_hours"]
    await stage.act("action_answer", "气死我了，你们几点下班!!", "ask_service_hours")
    assert stage.said == ["utter_ask_service_hours"]


async def test_an_insult_alone_gets_a_person_offered_at_once() -> None:
    stage = Stage()
    await stage.act("action_default_fallback", "傻逼", "nlu_fallback")
    assert stage.said == ["utter_insulted"]


async def test_a_dialogue_that_steps_aside_leaves_the_apology_to_the_answer() -> None:
    stage = Stage()
    await stage.begin("reading_form", "我要报数，户号10020001", "report_meter_reading")
    assert await stage.answer("气死我了气价多少钱", "ask_gas_price") == []
    assert stage.slots.get("upset") is None


async def test_an_insult_taken_for_a_wish_for_a_person_is_answered_with_an_offer() -> None:
    stage = Stage()
    await stage.act("action_request_human", "傻逼客服", "request_human")
    assert stage.said == ["utter_insulted"]
    assert "handoff" not in stage.signals
    await stage.act("action_request_human", "傻逼客服", "request_human")
    assert "handoff" in stage.signals


async def test_an_insult_with_something_to_answer_is_answered() -> None:
    stage = Stage()
    await stage.act("action_request_human", "傻逼机器人，给我转人工", "request_human")
    assert "handoff" in stage.signals
