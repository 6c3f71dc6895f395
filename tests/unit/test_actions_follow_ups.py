"""Questions that name nothing are about the matter in hand, whatever the model takes them for."""

import pytest

from actions.complaint import goes_on
from actions.follow_ups import About, follow_up
from actions.meter_reading import reading_in, without_reading
from tests.unit.actions_stage import Stage


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("多久能好", About.WHEN),
        ("什么时候能来", About.WHEN),
        ("能早点吗", About.WHEN),
        ("要钱吗", About.MONEY),
        ("带身份证行不行", About.PAPERS),
        ("要带啥", About.PAPERS),
        ("房主不在能办不", About.PROXY),
        ("我爸去行不行", About.PROXY),
        ("在哪儿办", About.WHERE),
    ],
)
def test_what_it_asks(text: str, about: About) -> None:
    assert follow_up(text) is about


@pytest.mark.parametrize(
    "text",
    [
        "什么时候来气",
        "过户要带啥",
        "你们几点下班",
        "师傅什么时候来",
        "上个月气费多少钱",
        "天然气多少钱一方",
        "报装费是多少钱",
        "3号楼2单元501",
        "我昨天问过你们的人了他说要带材料的吗",
    ],
)
def test_what_names_a_subject_is_left_to_the_model(text: str) -> None:
    assert follow_up(text) is None


async def test_start_up_goes_on_after_it_and_is_not_left_for_an_interruption() -> None:
    stage = Stage()
    await stage.begin("startup_form", "幸福小区3号楼2单元502 想开通燃气", "ask_startup_requirements")
    asked = stage.slots["requested_slot"]
    for text in ("什么时候能来", "能早点吗"):
        await stage.answer(text, "ask_outage", 0.95)
        assert stage.said[0] == "utter_startup_visit"
    assert stage.slots["requested_slot"] == asked
    assert not stage.slots.get("failures"), "a question is no failure"


async def test_an_absent_owner_is_one_who_sends_somebody() -> None:
    stage = Stage()
    await stage.begin("transfer_form", "过户要带啥", "transfer_ownership")
    await stage.answer("房主不在能办不", "open_account", 0.9)
    assert stage.said == ["utter_repair_noted", "utter_question_transfer_case"]
    await stage.answer("多久能好", "ask_outage", 0.9)
    assert stage.said[0] == "utter_transfer_where"
    await stage.answer("二手房")
    assert "委托人身份证" in stage.facts["papers"]


async def test_what_nobody_knows_is_said_to_be_unknown() -> None:
    stage = Stage()
    await stage.begin("reading_form", "我要报数", "submit_meter_reading")
    await stage.answer("我爸去行不行", "open_account", 0.9)
    assert stage.said == ["utter_follow_up_unknown", "utter_question_reading_account"]
    assert stage.buttons == ["转人工客服"]


async def test_a_complaint_or_danger_is_never_taken_for_one() -> None:
    stage = Stage()
    await stage.begin("reading_form", "我要报数", "submit_meter_reading")
    assert await stage.answer("多久才有人管", "make_complaint", 0.9) == []


async def test_a_time_told_before_the_address_is_acknowledged() -> None:
    stage = Stage()
    await stage.begin("repair_form", "燃气灶旋钮掉了，来修一下", "request_repair")
    await stage.answer("后天下午", "affirm")
    assert stage.said == ["utter_repair_noted", "utter_question_visit_address"]
    assert stage.slots["visit_time"]


async def test_who_tells_of_the_meter_instead_of_the_place_is_helped() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "热水器打不着火咋整", "report_no_gas")
    assert stage.slots["requested_slot"] == "no_gas_community"
    await stage.answer("卡表")
    assert stage.said[0] == "utter_no_gas_checks_first"
    assert stage.slots["requested_slot"] == "no_gas_valve"
    assert stage.slots["no_gas_meter"]


async def test_who_does_not_find_the_name_of_the_place_twice_is_helped_too() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "我家没气了", "report_no_gas")
    await stage.answer("不晓得叫啥子")
    assert stage.said == ["utter_community_unknown"]
    await stage.answer("就那个新盖的")
    assert stage.said[0] == "utter_no_gas_checks_first"


def test_digits_read_off_one_by_one_are_one_reading() -> None:
    assert reading_in("1 2 3 6", asked=False) == 1236
    assert reading_in("1 2", asked=True) is None, "two numbers"


async def test_a_card_left_at_the_door_is_no_stranger_and_leads_to_an_appointment() -> None:
    stage = Stage()
    await stage.begin("inspection_form", "昨天安检没敲门就贴个到访不遇 啥意思", "request_safety_inspection")
    assert stage.slots["requested_slot"] == "inspection_wanted"
    await stage.answer("我明天上午在家")
    assert stage.slots["requested_slot"] == "visit_address"
    assert stage.slots["visit_time"]
    await stage.begin("inspection_form", "有人敲门说是安检的 能让他进吗", "request_safety_inspection")
    assert stage.said[0] == "utter_inspector_at_door"


async def test_the_electronic_invoice_is_all_that_was_wanted() -> None:
    stage = Stage()
    await stage.begin("invoice_form", "发票怎么开", "ask_invoice")
    await stage.answer("电子的")
    assert stage.slots["requested_slot"] is None
    assert stage.said[-1] == "utter_anything_else"


async def test_how_things_stand_is_noted_and_leads_nowhere_else() -> None:
    stage = Stage()
    await stage.begin("card_form", "充了值插卡没反应", "ask_ic_card_use")
    asked = stage.slots["requested_slot"]
    for text in ("普通的卡表", "没有欠费"):
        await stage.answer(text, "ask_balance", 0.95)
        assert stage.said[0] == "utter_repair_noted"
    assert stage.slots["requested_slot"] == asked


async def test_who_asks_when_right_after_the_answer_is_not_asked_everything_again() -> None:
    stage = Stage()
    await stage.begin("startup_form", "幸福小区3号楼2单元502 想开通燃气", "ask_startup_requirements")
    await stage.answer("没有热水器")
    await stage.answer("做饭")
    assert stage.said[-1] == "utter_anything_else"
    stage.form = None
    await stage.begin("startup_form", "什么时候来点火", "ask_startup_requirements")
    assert stage.said == ["utter_startup_visit", "utter_anything_else"]


def test_a_reading_in_words_behind_an_address_is_one() -> None:
    text = "帮我报一下数，小区是幸福小区3号楼2单元501，读数一千二百四"
    assert reading_in(text, asked=False) == 1240
    assert "一千" not in without_reading(text)


@pytest.mark.parametrize("text", ["前天", "昨天下午三点", "上周五"])
def test_when_it_was_belongs_to_the_complaint(text: str) -> None:
    assert goes_on(text)
