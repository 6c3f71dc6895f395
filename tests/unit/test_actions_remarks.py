"""What is told beside a question, or right after something was registered, belongs to the matter in hand."""

import pytest

from actions.remarks import is_remark
from bot.domain.work_orders import Grade, OrderState
from tests.unit.actions_stage import Stage

HOME = "幸福小区3号楼2单元501"


@pytest.mark.parametrize("text", ["没有 他根本没敲门", "厨房的 大概挪一米", "门口有狗", "我家是老房子 管子在阳台"])
def test_a_detail_is_one(text: str) -> None:
    assert is_remark(text)


@pytest.mark.parametrize(
    "text",
    [
        "好的",
        "没有",
        "要停气吗",
        "3号楼2单元501",
        "算了不办了",
        "等一下我去看看",
        "我不知道啊这个",
        "你们真差劲啊气死人",
        "有很大的煤气味",
        "转人工客服",
        "没有别的了 谢谢",
        "我的户号是10020001",
        "那我等你们电话吧",
    ],
)
def test_what_is_no_detail(text: str) -> None:
    assert not is_remark(text)


async def a_refit() -> Stage:
    stage = Stage()
    await stage.begin("pipe_form", "家里装修想把煤气管子改一下位置", "ask_pipe_modification")
    assert stage.slots["requested_slot"] == "pipe_survey"
    return stage


async def test_a_detail_at_a_yes_or_no_question_goes_into_the_order() -> None:
    stage = await a_refit()
    await stage.answer("厨房的 大概挪一米", "out_of_scope")
    assert stage.said == ["utter_repair_noted", "utter_question_pipe_survey"]
    await stage.answer("登记勘测")
    for text in (HOME, "13900005678", "随时", "确认登记"):
        await stage.answer(text)
    (order,) = stage.casework.orders
    assert order.summary == "管道改装（改管道位置）；用户补充：厨房的 大概挪一米"
    assert not stage.slots["remarks"], "of the next order it is no part"


async def test_who_only_tells_more_gets_the_question_in_other_words() -> None:
    stage = await a_refit()
    for text in ("厨房的 大概挪一米", "是十年前的老房子"):
        await stage.answer(text)
        assert stage.said[0] == "utter_repair_noted"
    await stage.answer("墙是承重墙那一面")
    assert stage.said == ["utter_meaning_wanted", "utter_question_pipe_survey"]


@pytest.mark.parametrize("text", ["要停气吗", "要停多久", "会影响做饭吗"])
async def test_whether_the_work_cuts_the_gas_is_about_the_work(text: str) -> None:
    stage = await a_refit()
    await stage.answer(text, "ask_outage", 0.97)
    assert stage.said == ["utter_work_cuts_gas", "utter_question_pipe_survey"]


async def test_elsewhere_it_asks_about_an_interruption() -> None:
    stage = Stage()
    await stage.begin("reading_form", "我要报数", "submit_meter_reading")
    assert await stage.answer("要停气吗", "ask_outage", 0.97) == []


async def test_who_pays_is_a_question_about_the_price() -> None:
    stage = await a_refit()
    await stage.answer("那这个钱谁出", "dispute_bill", 0.9)
    assert stage.said == ["utter_pipe_price", "utter_question_pipe_survey"]


async def a_complaint() -> Stage:
    stage = Stage()
    await stage.begin("complaint_form", "我要投诉你们抄表员 没来抄就估了个数", "make_complaint")
    assert stage.slots["requested_slot"] == "visit_phone"
    return stage


async def test_more_of_the_story_at_the_question_for_the_number_is_part_of_it() -> None:
    stage = await a_complaint()
    for text, intent in (("没有 他根本没敲门", "deny"), ("希望你们道歉 退钱", "make_suggestion")):
        await stage.answer(text, intent)
        assert stage.said == ["utter_complaint_added"]
    await stage.answer("我姓王 电话13812345678", "request_callback")
    (order,) = stage.casework.orders
    assert "他根本没敲门" in order.summary
    assert "道歉 退钱" in order.summary


async def registered() -> Stage:
    stage = await a_complaint()
    await stage.answer("13812345678", "request_callback")
    stage.ends()
    assert stage.casework.orders[0].state is OrderState.OPEN
    return stage


async def test_what_is_added_after_a_complaint_is_no_suggestion() -> None:
    stage = await registered()
    await stage.begin("suggestion_form", "希望你们道歉 退钱", "make_suggestion")
    assert stage.said == ["utter_added_to_order"]
    assert stage.facts["order"] == stage.casework.orders[0].number
    assert stage.form is None
    (order,) = stage.casework.orders
    assert order.notes == "用户补充：希望你们道歉 退钱\n"
    assert order.grade == Grade.ORDINARY


async def test_so_is_what_the_model_cannot_make_anything_of() -> None:
    stage = await registered()
    await stage.act("action_default_fallback", "对了 门口有狗", "nlu_fallback")
    await stage.act("action_deny", "没有 他根本没敲门", "deny")
    assert stage.casework.orders[0].notes == "用户补充：对了 门口有狗\n用户补充：没有 他根本没敲门\n"


@pytest.mark.parametrize(
    ("form", "text", "intent"),
    [
        ("complaint_form", "我还要投诉另一个人 他骂我", "make_complaint"),
        ("reading_form", "我来报一下读数吧", "submit_meter_reading"),
        ("suggestion_form", "能不能周末也开门啊", "make_suggestion"),
    ],
)
async def test_another_matter_is_none_of_it(form: str, text: str, intent: str) -> None:
    stage = await registered()
    await stage.begin(form, text, intent)
    assert "utter_added_to_order" not in stage.said


async def test_after_another_subject_it_no_longer_is() -> None:
    stage = await registered()
    await stage.act("action_answer", "手机能抄表吗", "ask_safety_tips")
    await stage.act("action_default_fallback", "门口那条狗很凶", "nlu_fallback")
    assert stage.casework.orders[0].notes == ""


async def test_what_was_only_asked_has_nothing_to_add_to() -> None:
    stage = await a_refit()
    await stage.answer("先不用")
    stage.ends()
    await stage.act("action_default_fallback", "门口那条狗很凶", "nlu_fallback")
    assert "utter_added_to_order" not in stage.said


async def asked_in_between() -> Stage:
    stage = await a_refit()
    await stage.begin("outage_form", "小区现在停气了吗", "ask_outage")
    assert stage.slots["requested_slot"] == "outage_community"
    assert stage.slots["paused_forms"] == ["pipe_form"]
    return stage


async def test_consent_goes_to_the_dialogue_that_offered_something() -> None:
    stage = await asked_in_between()
    events = await stage.answer("好 我约一个", "request_safety_inspection")
    assert any(each["event"] == "followup" and each["name"] == "pipe_form" for each in events)
    await stage.begin_again("pipe_form")
    assert stage.said == ["utter_question_visit_address"]
    assert stage.slots["given_back"] is None


async def test_a_day_told_in_between_counts() -> None:
    stage = await asked_in_between()
    await stage.answer("下周三", "nlu_fallback")
    await stage.begin_again("pipe_form")
    assert stage.slots["visit_time"]
    assert stage.slots["requested_slot"] == "visit_address"


async def test_an_address_told_in_between_is_not_asked_again() -> None:
    stage = await asked_in_between()
    await stage.answer(HOME, "nlu_fallback")
    assert stage.said[0].startswith("utter_outage")
    await stage.begin_again("pipe_form")
    await stage.answer("好 我约一个")
    assert stage.slots["visit_address"] == HOME
    assert stage.slots["requested_slot"] == "visit_phone"


async def test_half_an_address_told_in_between_is_none() -> None:
    stage = await asked_in_between()
    await stage.answer("幸福小区3号楼", "nlu_fallback")
    assert stage.slots["community"]
    assert not stage.slots.get("address")


@pytest.mark.parametrize(
    ("form", "text", "intent"),
    [
        ("callback_form", "师傅来之前先打个电话 家里有老人耳朵背", "request_callback"),
        ("reading_form", "他工号好像是1023", "submit_meter_reading"),
    ],
)
async def test_what_is_about_the_visit_or_the_person_is_no_other_matter(form: str, text: str, intent: str) -> None:
    stage = await registered()
    await stage.begin(form, text, intent)
    assert stage.said == ["utter_added_to_order"]
    assert text in stage.casework.orders[0].notes
