"""Complaint, suggestion, call back, the boss: what is filed, and who is called."""

import pytest

from actions.callback import outside
from actions.contacts import is_only_a_phone
from actions.suggestion import suggestion_in
from bot.domain.work_orders import Grade, Handling, OrderState, OrderType
from tests.unit.actions_stage import COMPANY, Stage

HOURS = COMPANY.service.return_call_hours


async def test_a_complaint_is_filed_as_the_rules_say() -> None:
    stage = Stage()
    await stage.begin("complaint_form", "我要投诉", "make_complaint")
    assert stage.said == ["utter_complaint_opening", "utter_question_complaint_what"]
    await stage.answer("抄表员连着两个月没来，读数是估的", "dispute_bill")
    await stage.answer("我的手机13800001234", "request_callback")
    (order,) = stage.casework.orders
    assert (order.type, order.handling, order.state) == (OrderType.COMPLAINT, Handling.BY_DESK, OrderState.OPEN)
    assert (order.grade, order.contact_phone) == (Grade.ORDINARY, "13800001234")
    assert stage.signals["records"][0]["dispatch_now"], "passed on the same day"
    assert "handoff" not in stage.signals


async def test_the_story_may_be_in_the_first_message_with_the_number() -> None:
    stage = Stage()
    await stage.begin("complaint_form", "投诉师傅乱收费，电话13800001234", "make_complaint")
    assert stage.said[:2] == ["utter_complaint_opening", "utter_complaint_filed"]
    assert stage.casework.orders[0].contact_phone == "13800001234"


async def test_a_number_given_earlier_is_not_asked_again() -> None:
    stage = Stage()
    stage.slots["contact_phone"] = "13900005678"
    await stage.begin("complaint_form", "投诉师傅乱收费", "make_complaint")
    assert stage.casework.orders[0].contact_phone == "13900005678"


async def test_a_grave_complaint_reaches_the_lead_before_anything_is_asked() -> None:
    stage = Stage()
    await stage.begin("complaint_form", "师傅打了人，人在住院", "make_complaint")
    (order,) = stage.casework.orders
    assert order.grade is Grade.SEVERE
    assert stage.signals["handoff"] == {"reason": "投诉（严重），请班长处理", "urgent": True, "for_lead": True}


async def test_anger_in_a_complaint_does_not_bring_the_apology_twice() -> None:
    stage = Stage()
    await stage.begin("complaint_form", "我要投诉！！你们太差劲了！！", "make_complaint")
    assert "utter_upset" not in stage.said


async def test_a_person_is_there_at_any_question() -> None:
    stage = Stage()
    await stage.begin("complaint_form", "我要投诉", "make_complaint")
    assert await stage.answer("我不跟机器说，给我转人工客服", "request_human") == []


@pytest.mark.parametrize("text", ["我想提个建议", "提建议", "给你们提点意见", "有个建议可以提吗"])
def test_an_announced_suggestion_is_not_the_suggestion(text: str) -> None:
    assert suggestion_in(text) is None


async def test_another_subject_is_not_filed_as_a_suggestion() -> None:
    stage = Stage()
    await stage.begin("suggestion_form", "我想提个建议", "make_suggestion")
    assert await stage.answer("现在气价多少钱一方？", "ask_gas_price") == []
    await stage.answer("网上报数的页面太难找，放到首页吧", "ask_reading_methods", 0.5)
    (order,) = stage.casework.orders
    assert order.summary == "用户建议：网上报数的页面太难找，放到首页吧"


@pytest.mark.parametrize(
    ("stated", "is_outside"),
    [
        ("1月6日（周二）上午10点", False),
        ("晚上7点半", False),
        ("晚上8点", True),
        ("晚上9点", True),
        ("早上7点", True),
        ("早上8点半", False),
        ("3点", False),
        ("半夜", True),
        ("随时", False),
        ("下午", False),
        ("晚上7点到9点", False),
    ],
)
def test_nobody_is_called_outside_the_hours(stated: str, is_outside: bool) -> None:
    assert outside(HOURS, stated) is is_outside


@pytest.mark.parametrize("text", ["13800001234", "我的手机号是138 0000 1234", "0371-66668888"])
def test_a_number_out_of_the_blue(text: str) -> None:
    assert is_only_a_phone(text)


@pytest.mark.parametrize("text", ["13800001234给我回电话", "10020001", "报数1234", "给我回电话"])
def test_more_or_less_than_a_number(text: str) -> None:
    assert not is_only_a_phone(text)


async def test_a_call_back_is_filed_for_an_agent() -> None:
    stage = Stage()
    await stage.begin("callback_form", "过户的事想问问，让人打给我", "request_callback")
    await stage.answer("13800001234", "request_callback")
    await stage.answer("明天下午")
    await stage.answer("对")
    (order,) = stage.casework.orders
    assert (order.type, order.handling, order.state) == (OrderType.OTHER, Handling.BY_DESK, OrderState.OPEN)
    assert (order.contact_phone, order.contact_time) == ("13800001234", "1月6日（周二）下午")
    assert order.summary == "用户要求回电：过户的事想问问，让人打给我"


async def test_the_boss_comes_to_who_insists() -> None:
    stage = Stage()
    await stage.act("action_request_leader", "找你们领导", "request_leader")
    assert stage.said == ["utter_request_leader"]
    assert "handoff" not in stage.signals
    await stage.act("action_request_leader", "就要找领导", "request_leader")
    assert stage.signals["handoff"]["for_lead"]
