"""Who does not understand a question gets it in other words, once; then a person is offered."""

import pytest

from actions.meanings import asks_meaning
from tests.unit.actions_stage import Stage


@pytest.mark.parametrize(
    "text",
    ["什么意思", "啥意思啊", "没看懂", "我没听明白", "不太懂", "看不懂你说的", "这个是什么意思", "为什么要问这个"],
)
def test_it_asks_what_was_meant(text: str) -> None:
    assert asks_meaning(text)


@pytest.mark.parametrize(
    "text", ["你没看懂", "你们没听明白我的意思", "滞纳金什么意思", "不懂怎么缴费", "不知道", "没看到"]
)
def test_a_reproach_or_another_question_is_none(text: str) -> None:
    assert not asks_meaning(text)


async def test_the_question_in_other_words_then_a_person() -> None:
    stage = Stage()
    await stage.begin("dispute_form", "气费太高了", "dispute_bill")
    await stage.answer("什么意思")
    assert stage.said == ["utter_meaning_account", "utter_question_dispute_account"]
    await stage.answer("没看懂", "deny")
    assert stage.said == ["utter_offer_person"]
    await stage.answer("10020001")
    assert stage.slots["requested_slot"] == "dispute_reading"


async def test_after_an_answer_that_brings_it_forward_it_is_explained_again() -> None:
    stage = Stage()
    await stage.begin("late_fee_form", "滞纳金怎么算", "ask_late_fee")
    await stage.answer("什么意思")
    await stage.answer("居民")
    await stage.answer("啥意思")
    assert stage.said == ["utter_meaning_late_fee_arrears", "utter_question_late_fee_arrears"]
