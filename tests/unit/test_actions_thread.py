"""The thread of a talk: nested dialogues, late answers, what a no means, what is remembered, who wants no machine."""

import pytest

from actions.asides import own_slots
from actions.persons import refuses_machine
from actions.understanding import agrees_besides, only_declines
from tests.unit.actions_stage import COMPANY, Stage

VISIT = frozenset({"visit_address", "visit_time"})


def settled_startup() -> list[str]:
    return ["startup_form", "点火开通", "继续办理点火开通"]


# --- questions that several dialogues put ----------------------------------------------------------------------------


def test_answers_given_to_an_interrupted_dialogue_are_set_aside_and_put_back() -> None:
    outer = {"visit_time": "明天上午", "answers_of": "repair_form"}
    inner = {**outer, **own_slots(outer, "inspection_form", VISIT)}
    assert (inner["visit_time"], inner["answers_of"]) == (None, "inspection_form")
    inner["visit_time"] = "周五"
    again = {**inner, **own_slots(inner, "repair_form", VISIT)}
    assert again["visit_time"] == "明天上午"
    assert again["asides"] == {"inspection_form": {"visit_time": "周五"}}


def test_who_shares_nothing_moves_nothing() -> None:
    assert own_slots({"visit_time": "明天上午", "answers_of": "repair_form"}, "reading_form", ()) == {}


async def test_a_visit_inside_a_visit_has_a_time_of_its_own() -> None:
    stage = Stage()
    await stage.begin("repair_form", "旋钮掉了，幸福小区3号楼2单元501，13800001234", "request_repair")
    await stage.answer("明天上午")
    assert stage.slots["requested_slot"] == "visit_confirmed"
    await stage.begin("inspection_form", "顺便帮我约个安检", "request_safety_inspection")
    assert stage.slots["requested_slot"] == "visit_time"
    await stage.answer("后天下午")
    await stage.answer("确认登记")
    assert "后天" not in str(stage.slots["visit_time"])
    stage.slots["requested_slot"] = None
    await stage.begin("repair_form", "", "")
    assert "上午" in str(stage.slots["visit_time"])
    assert stage.slots["requested_slot"] == "visit_confirmed"


async def test_the_answers_of_a_visit_that_was_left_are_not_another_ones() -> None:
    stage = Stage()
    await stage.begin("repair_form", "旋钮掉了，幸福小区3号楼2单元501，13800001234", "request_repair")
    await stage.answer("明天上午")
    await stage.answer("算了")
    stage.form = None
    await stage.begin("inspection_form", "我想预约安检", "request_safety_inspection")
    assert stage.slots["requested_slot"] == "visit_time"


# --- a late answer ---------------------------------------------------------------------------------------------------


async def late(stage: Stage, text: str, intent: str, action: str, go_on: str = "继续报数") -> None:
    stage.unfinished = go_on
    await stage.act(action, text, intent)
    followed = [event["name"] for event in stage.events if event["event"] == "followup"]
    if followed and followed[-1] == "reading_form":
        stage.form = "reading_form"
        stage.slots["requested_slot"] = None
        await stage.run_again("validate_reading_form")


async def test_an_answer_after_the_idle_close_takes_the_dialogue_up_again() -> None:
    stage = Stage()
    await late(stage, "1235", "report_meter_reading", "action_default_fallback")
    assert stage.said[0] == "utter_back_to_dialogue"
    assert stage.slots["reading_value"] == "1235.000"
    assert stage.slots["requested_slot"] == "reading_account"
    assert stage.slots["resumes"] is None


async def test_a_yes_begins_it_again_and_a_no_does_not() -> None:
    stage = Stage()
    await late(stage, "好的", "affirm", "action_affirm")
    assert stage.slots["requested_slot"] == "reading_account"
    stage = Stage()
    await late(stage, "不用了", "deny", "action_deny")
    assert stage.said == ["utter_goodbye"]


async def test_another_subject_after_the_idle_close_is_just_answered() -> None:
    stage = Stage()
    await late(stage, "你们几点下班", "greet", "action_answer")
    assert stage.said == ["utter_greet"]


# --- yes, no, and what is beyond us ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "没有了",
        "不用了谢谢",
        "没别的事了",
        "没有什么问题了，谢谢您",
        "暂时不需要",
        "没了没了",
        "不了，再见",
        "不用转了",
    ],
)
def test_a_mere_no(text: str) -> None:
    assert only_declines(text)


@pytest.mark.parametrize("text", ["没有热水器", "我家没装壁挂炉", "不是居民用气", "没有收到短信", "不是501"])
def test_a_no_that_says_something(text: str) -> None:
    assert not only_declines(text)


async def test_a_no_with_an_object_behind_a_dialogue_is_no_farewell() -> None:
    stage = Stage()
    stage.slots["settled"] = settled_startup()
    await stage.act("action_deny", "没有热水器", "deny")
    assert stage.said == ["utter_settled_otherwise"]
    assert stage.buttons[0] == "继续办理点火开通"
    assert stage.slots["offer"] == "startup_form"


async def test_a_no_with_an_object_out_of_the_blue_is_asked_about() -> None:
    stage = Stage()
    await stage.act("action_deny", "没有热水器", "deny")
    assert stage.said == ["utter_not_understood"]


async def test_what_is_beyond_us_again_brings_the_offer_of_a_person() -> None:
    stage = Stage()
    await stage.act("action_answer", "快递到哪了", "out_of_scope")
    assert stage.said == ["utter_out_of_scope"]
    await stage.act("action_answer", "那个东西呢", "out_of_scope")
    assert stage.said == ["utter_out_of_scope", "utter_offer_person_beyond"]
    assert stage.slots["offer"] == "person"
    await stage.act("action_default_fallback", "嗯那个", "nlu_fallback")
    assert "handoff" in stage.signals, "nobody asks a third time"


async def test_a_yes_with_a_word_beside_it_is_one_where_the_model_is_sure() -> None:
    stage = Stage()
    await stage.begin("reading_form", "报数 户号10020001 读数1235", "report_meter_reading")
    await stage.answer("嗯对 就这么记", "affirm", 0.95)
    assert stage.slots["reading_recorded"] == "10020001"


@pytest.mark.parametrize("text", ["嗯对 就这个", "好的就这个点", "可以 记上吧"])
def test_more_than_a_bare_yes(text: str) -> None:
    assert agrees_besides(text)


@pytest.mark.parametrize("text", ["是1236", "对不起", "好吧不要了", "可以吗", "就这个", "嗯不是"])
def test_what_only_begins_like_a_yes(text: str) -> None:
    assert not agrees_besides(text)


async def test_who_cannot_prove_the_account_is_told_why_and_not_called_back() -> None:
    stage = Stage()
    await stage.begin("balance_form", "查余额 户号10020002", "query_balance")
    await stage.answer("我不知道他电话 你告诉我就行", "request_callback")
    assert stage.said == ["utter_proof_needed"]
    assert stage.slots["requested_slot"] == "balance_proof"


async def test_an_excuse_beside_the_answer_is_passed_over() -> None:
    stage = Stage()
    await stage.begin("reading_form", "帮我妈报气字", "report_meter_reading")
    await stage.answer("户号她没记 地址行吗 幸福小区3号楼2单元501", "ask_service_hours")
    assert stage.slots["reading_account"] == "10020002"


async def test_account_and_reading_with_a_blank_between_them() -> None:
    stage = Stage()
    await stage.begin("reading_form", "报数10020001 1235", "report_meter_reading")
    assert stage.slots["requested_slot"] == "reading_confirmed"
    assert stage.slots["reading_value"] == "1235.000"


async def test_a_correction_with_hesitation_before_it_is_no_address() -> None:
    stage = Stage()
    await stage.begin("repair_form", "旋钮掉了，幸福小区3号楼2单元501，13800001234，明天上午", "request_repair")
    await stage.answer("等下 地址说错了 是5号楼", "deny")
    assert stage.slots["visit_address"] == "幸福小区5号楼2单元501室"


async def test_an_answer_to_the_next_question_is_kept_and_the_open_one_asked_again() -> None:
    stage = Stage()
    await stage.begin("startup_form", "幸福小区3号楼2单元601想点火", "ask_startup_requirements")
    await stage.answer("平时就炒个菜")
    assert stage.slots["requested_slot"] == "startup_water_heater"
    await stage.answer("装是装了 但还没用过")
    assert "utter_startup_refit" in stage.said


async def test_a_change_of_name_to_somebody_else_is_no_proxy() -> None:
    stage = Stage()
    await stage.begin("transfer_form", "房子卖了 燃气户名怎么改成别人的", "transfer_ownership")
    assert stage.slots["requested_slot"] == "transfer_proxy"


# --- who wants no machine --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "我不想跟机器人说，给我找你们领导",
        "别让机器人糊弄我 叫你们经理来",
        "找个真人 找你们领导",
        "跟电脑说不清 叫主任接",
    ],
)
async def test_who_refuses_the_machine_gets_a_person_and_not_the_script(text: str) -> None:
    assert refuses_machine(text)
    stage = Stage()
    await stage.act("action_request_leader", text, "request_leader")
    assert stage.said[-1] == "utter_handoff"
    assert "utter_request_leader" not in stage.said
    assert "领导" in stage.signals["handoff"]["reason"]


@pytest.mark.parametrize("text", ["我要找你们领导", "叫你们经理出来", "你们主管电话多少"])
def test_who_only_wants_the_boss(text: str) -> None:
    assert not refuses_machine(text)


# --- what a message was ----------------------------------------------------------------------------------------------


async def test_an_answer_is_marked_as_one_whatever_the_model_takes_it_for() -> None:
    stage = Stage()
    await stage.begin("repair_form", "旋钮掉了", "request_repair")
    assert "an_answer" not in stage.signals
    await stage.answer("幸福小区7号楼1单元101", "report_meter_reading")
    assert stage.signals["an_answer"] is True
    await stage.answer("嗯那个")
    assert "an_answer" not in stage.signals


# --- what is remembered ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "texts"),
    [
        ("repair_form", ["旋钮掉了", "幸福小区3号楼2单元502"]),
        ("no_gas_form", ["我家没气了，幸福小区3号楼2单元502"]),
        ("balance_form", ["查余额，户号10020003", "幸福小区3号楼2单元502"]),
        ("dispute_form", ["这个月气费太高了", "幸福小区3号楼2单元502"]),
        ("reading_form", ["报数", "幸福小区3号楼2单元502"]),
    ],
)
async def test_an_address_stated_once_is_known_to_the_next_dialogue(form: str, texts: list[str]) -> None:
    stage = Stage()
    await stage.begin(form, texts[0])
    for text in texts[1:]:
        await stage.answer(text)
    stage.form, stage.slots["requested_slot"] = None, None
    await stage.begin("startup_form", "我要点火开通", "ask_startup_requirements")
    assert stage.said[0] == "utter_startup_same_place"
    assert stage.facts["place"] == "幸福小区3号楼2单元502"


async def test_who_has_gas_at_home_means_another_place_when_it_is_to_be_turned_on() -> None:
    stage = Stage()
    stage.slots |= {"community": "c1", "address": "1号楼1单元101", "account_number": "10020001"}
    await stage.begin("startup_form", "我想点火", "ask_startup_requirements")
    assert stage.slots["requested_slot"] == "startup_community"


async def test_a_dwelling_is_not_carried_to_another_community() -> None:
    stage = Stage()
    stage.slots |= {"community": "c1", "address": "3号楼2单元501"}
    await stage.begin("outage_form", "阳光花园一期停气了吗", "ask_outage")
    assert (stage.slots["community"], stage.slots["address"]) == ("c2", None)


# --- what money buys -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["100块钱能买多少方气", "交一百元够用几个立方", "一百块钱能充多少"])
async def test_what_a_sum_buys_is_worked_out_behind_the_rule(text: str) -> None:
    stage = Stage()
    await stage.begin("price_form", "天然气多少钱一方", "ask_gas_price")
    await stage.answer(text, "pay_bill")
    await stage.answer("居民用气")
    await stage.answer("今年还没用过")
    assert stage.said[0] == "utter_price_budget"
    assert (stage.facts["budget"], stage.facts["volume"]) == ("100", "37.59")


async def test_and_of_a_business() -> None:
    stage = Stage()
    await stage.begin("price_form", "饭店用气，500块钱能买多少方气", "ask_gas_price")
    assert stage.said[0] == "utter_price_budget_business"
    price = COMPANY.prices.commercial[0].yuan_per_m3
    assert abs(float(stage.facts["volume"]) * float(price) - 500) < float(price) / 50


async def test_an_eatery_told_with_the_question_is_known_when_the_sum_follows() -> None:
    stage = Stage()
    await stage.begin("price_form", "开饭馆的气多少钱一个立方", "ask_gas_price")
    await stage.answer("五百块能烧多少方", "ask_gas_price")
    assert stage.said[0] == "utter_price_budget_business"
