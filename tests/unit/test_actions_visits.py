"""Address, telephone number and time for an order; the repair dialogue that asks for them."""

import pytest

from actions.repair import is_no_gas, problem_in
from actions.stated_address import address_in
from actions.testing import sample_records
from bot.domain.work_orders import ORDER_NUMBER, Handling, OrderState, OrderType
from tests.unit.actions_stage import Stage


@pytest.mark.parametrize(
    ("text", "before", "address"),
    [
        ("幸福小区3号楼2单元501", None, "幸福小区3号楼2单元501"),
        ("我家住幸福里三号楼二单元501室", None, "幸福小区3号楼2单元501室"),
        ("3-2-501", "c1", "幸福小区3-2-501"),
        ("是3号楼2单元501，等你们来", "c1", "幸福小区3号楼2单元501"),
        ("和平路88号院2号楼301", None, "和平路88号院2号楼301"),
        ("星河湾3号楼2单元502", None, "星河湾3号楼2单元502"),
        ("底商12号", "c1", "幸福小区底商12号"),
    ],
)
async def test_an_address_in_the_customers_words(text: str, before: str | None, address: str) -> None:
    stated = await address_in(text, sample_records(), before)
    assert stated is not None
    assert stated.address == address


@pytest.mark.parametrize(
    ("text", "before", "missing"),
    [
        ("幸福小区", None, "utter_visit_which_house"),
        ("幸福小区501", None, "utter_visit_which_house"),
        ("3号楼2单元501", None, "utter_visit_which_community"),
        ("阳光花园", None, "utter_which_community"),
    ],
)
async def test_what_is_missing_of_an_address(text: str, before: str | None, missing: str) -> None:
    stated = await address_in(text, sample_records(), before)
    assert stated is not None
    assert stated.address is None
    assert stated.missing is not None
    assert stated.missing.response == missing


@pytest.mark.parametrize("text", ["好的", "什么时候来", "等一下", "师傅会带配件吗"])
async def test_what_is_no_address(text: str) -> None:
    assert await address_in(text, sample_records()) is None


@pytest.mark.parametrize(
    "text", ["我要报修", "麻烦派个维修师傅上门看看", "请安排维修", "继续报修", "是的", "明天上午派人来行吗"]
)
def test_asking_for_a_technician_says_no_trouble(text: str) -> None:
    assert problem_in(text) is None


@pytest.mark.parametrize("text", ["燃气灶旋钮掉了", "报修，表前阀拧不动", "阀门手柄断了 派人来修"])
def test_the_trouble_is_kept_in_the_customers_words(text: str) -> None:
    assert problem_in(text) == text.replace("，", ",")


def test_much_asking_is_read_in_time() -> None:
    assert problem_in("看看" * 2000 + "坏") is not None


def test_no_gas_has_a_dialogue_of_its_own() -> None:
    assert is_no_gas("家里没燃气了，打不着火")
    assert not is_no_gas("旋钮掉了")


async def broken_knob() -> Stage:
    stage = Stage()
    await stage.begin("repair_form", "燃气灶旋钮掉了，来修一下", "request_repair")
    assert stage.slots["requested_slot"] == "visit_address"
    return stage


async def test_an_order_holds_what_the_customer_stated_and_no_more() -> None:
    stage = await broken_knob()
    await stage.answer("幸福小区3号楼2单元501")
    await stage.answer("0371 6666 8888")
    await stage.answer("明天上午")
    assert stage.facts["visit_lines"].split("\n") == [
        "地址：幸福小区3号楼2单元501", "联系电话：0371-66668888", "方便时间：1月6日（周二）上午",
    ]  # fmt: skip
    await stage.answer("确认登记")
    (order,) = stage.casework.orders
    assert (order.type, order.handling, order.state) == (OrderType.DISPATCH, Handling.TO_REPAIR, OrderState.OPEN)
    assert (order.address, order.contact_phone) == ("幸福小区3号楼2单元501", "0371-66668888")
    assert order.contact_time == "1月6日（周二）上午"
    assert order.account_number == "10020002"
    assert stage.facts["order_number"] == ORDER_NUMBER, "the core fills it in"


async def test_the_register_knows_the_dwelling_but_is_not_told() -> None:
    stage = await broken_knob()
    await stage.answer("幸福小区3号楼2单元501")
    await stage.answer("13700001111")
    await stage.answer("随时都可以")
    assert "张三" not in str(stage.facts)
    assert "13900005678" not in str(stage.facts)


async def test_the_same_place_is_asked_twice_and_then_taken_as_it_is() -> None:
    stage = await broken_knob()
    await stage.answer("星河湾的")
    await stage.answer("星河湾")
    assert stage.said == ["utter_offer_person"]
    await stage.answer("解放路老邮局旁边")
    assert stage.slots["visit_address"] == "解放路老邮局旁边"


async def test_what_is_wrong_is_asked_again() -> None:
    stage = await broken_knob()
    await stage.answer("幸福小区3号楼2单元501，13900005678，周末")
    await stage.answer("不对")
    assert stage.said == ["utter_question_visit_wrong"]
    await stage.answer("时间")
    assert stage.slots["requested_slot"] == "visit_time"
    await stage.answer("周六下午吧")
    assert stage.slots["visit_time"] == "1月10日（周六）下午"
    assert stage.slots["requested_slot"] == "visit_confirmed"


async def test_a_dangerous_word_beside_a_number_is_not_passed_over() -> None:
    stage = await broken_knob()
    await stage.answer("幸福小区3号楼2单元501")
    assert await stage.answer("13900005678，现在闻到煤气味了", "report_leak") == []


async def test_a_number_looks_like_a_wish_to_be_called_but_is_the_answer() -> None:
    stage = await broken_knob()
    await stage.answer("幸福小区3号楼2单元501")
    await stage.answer("打我这个电话13900005678", "request_callback", 0.97)
    assert stage.slots["visit_phone"] == "13900005678"


async def test_no_gas_is_passed_on_to_its_dialogue() -> None:
    stage = Stage()
    events = await stage.begin("repair_form", "报修，家里没气了", "request_repair")
    assert [event["name"] for event in events if event["event"] == "followup"] == ["no_gas_form"]


async def test_called_off_files_nothing() -> None:
    stage = await broken_knob()
    await stage.answer("幸福小区3号楼2单元501，13900005678，周末")
    await stage.answer("先不用来了", "deny")
    assert stage.casework.orders == []
    assert stage.slots["requested_slot"] is None


async def test_a_part_of_the_address_is_corrected_in_the_read_back() -> None:
    stage = await broken_knob()
    await stage.answer("幸福小区3号楼2单元501，13900005678，周末")
    await stage.answer("不对，是5号楼", "deny")
    assert stage.slots["visit_address"] == "幸福小区5号楼2单元501室"
    assert stage.slots["requested_slot"] == "visit_confirmed"


async def test_what_is_on_file_is_neither_told_nor_taken() -> None:
    stage = await broken_knob()
    await stage.answer("幸福小区3号楼2单元501")
    await stage.answer("你们系统里不是有我电话吗", "update_contact_info")
    assert stage.said == ["utter_visit_please_state"]
    assert stage.slots["requested_slot"] == "visit_phone"
    assert not stage.slots.get("visit_phone")


async def test_a_question_about_the_price_is_answered_and_the_question_stays() -> None:
    stage = await broken_knob()
    await stage.answer("要多少钱", "ask_opening_fee")
    assert stage.said == ["utter_visit_price", "utter_question_visit_address"]


async def test_the_address_stated_for_a_reading_serves_the_visit() -> None:
    stage = Stage()
    await stage.begin("reading_form", "报数，幸福小区3号楼2单元501", "report_meter_reading")
    stage.form = None
    await stage.begin("repair_form", "旋钮掉了", "request_repair")
    assert stage.slots["requested_slot"] == "visit_phone"
    assert stage.slots["visit_address"] == "幸福小区3号楼2单元501"


async def test_what_is_broken_may_be_told_in_pieces() -> None:
    stage = await broken_knob()
    await stage.answer("还有灶面板也裂了", "request_repair")
    assert stage.slots["repair_problem"] == "燃气灶旋钮掉了,来修一下；还有灶面板也裂了"


async def test_the_door_in_an_address_is_no_stranger() -> None:
    stage = Stage()
    await stage.begin("inspection_form", "想预约上门安检", "request_safety_inspection")
    await stage.answer("幸福小区3号楼2单元501，从大门口进来", "nlu_fallback")
    assert stage.slots["requested_slot"] == "visit_phone"


async def test_a_stranger_at_the_door_comes_before_the_appointment() -> None:
    stage = Stage()
    await stage.begin("inspection_form", "想预约上门安检", "request_safety_inspection")
    await stage.answer("有人在敲门，说是你们的人，是真的吗", "request_safety_inspection")
    assert stage.said[0] == "utter_inspector_at_door"
    assert stage.slots["requested_slot"] == "visit_address"
