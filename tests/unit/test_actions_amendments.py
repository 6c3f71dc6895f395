"""What a customer puts right on an order that has just been registered."""

import pytest

from actions.contacts import time_in
from actions.stated_address import address_in, part_corrected
from actions.testing import sample_records
from bot.testing import START
from tests.unit.actions_stage import Stage


async def repair_filed() -> Stage:
    stage = Stage()
    await stage.begin("repair_form", "燃气灶旋钮掉了 派人来修", "report_repair")
    await stage.answer("幸福小区3号楼2单元501")
    await stage.answer("13800001234")
    await stage.answer("明天上午")
    await stage.answer("对")
    assert len(stage.casework.orders) == 1
    stage.ends()
    return stage


@pytest.mark.parametrize(
    ("text", "intent", "field", "value"),
    [
        ("哎 明天不行 改后天晚上 电话也换成我老公的13655557777", "transfer_ownership", "contact_phone", "13655557777"),
        ("哎 明天不行 改后天晚上", "nlu_fallback", "contact_time", "1月7日（周三）晚上"),
        ("等下 地址写错了吧 就502 后面那个不是501", "deny", "address", "幸福小区3号楼2单元502室"),
        ("就改下地址 房号502", "update_contact_info", "address", "幸福小区3号楼2单元502室"),
        ("地址不对 是5号楼1单元302", "nlu_fallback", "address", "幸福小区5号楼1单元302"),
        ("户号不记得 就把刚登记的那个单子地址改成502", "update_contact_info", "address", "幸福小区3号楼2单元502室"),
        ("能不能改到后天下午", "nlu_fallback", "contact_time", "1月7日（周三）下午"),
        ("电话打错了 13700001111", "update_contact_info", "contact_phone", "13700001111"),
    ],
)
async def test_the_order_is_put_right_and_read_back(text: str, intent: str, field: str, value: str) -> None:
    stage = await repair_filed()
    before = getattr(stage.casework.orders[0], field)
    await stage.begin("update_form", text, intent)
    order = stage.casework.orders[0]
    assert stage.said == ["utter_order_amended"]
    assert (getattr(order, field), len(stage.casework.orders)) == (value, 1)
    assert f"原为{before}" in order.notes
    assert value in stage.facts["visit_lines"]


async def test_what_is_wrong_without_saying_what_is_right_is_shown_as_it_stands() -> None:
    stage = await repair_filed()
    await stage.begin("update_form", "地址好像写错了", "update_contact_info")
    assert stage.said == ["utter_order_as_filed"]
    assert "幸福小区3号楼2单元501" in stage.facts["visit_lines"]
    await stage.begin("update_form", "502", "nlu_fallback")
    assert stage.casework.orders[0].address == "幸福小区3号楼2单元502室"


@pytest.mark.parametrize("text", ["不用来了 我自己弄好了", "取消吧", "我没让你登记啊", "算了不修了"])
async def test_who_no_longer_wants_it_has_that_noted(text: str) -> None:
    stage = await repair_filed()
    await stage.begin("update_form", text, "deny")
    assert stage.said == ["utter_order_called_off"]
    assert text in stage.casework.orders[0].notes


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("怎么改户名", "transfer_ownership"),
        ("是不是明天上午来", "ask_order_progress"),
        ("谢谢", "thank"),
        ("不对 家里好像漏气了", "report_indoor_leak"),
        ("我还想改装热水器", "ask_water_heater_conversion"),
        ("软管也帮我换一下 后天上午来", "ask_hose_replacement"),
    ],
)
async def test_another_matter_changes_nothing(text: str, intent: str) -> None:
    stage = await repair_filed()
    before = stage.casework.orders[0]
    await stage.begin("update_form", text, intent)
    assert stage.casework.orders == [before]


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("哦不对 是3号楼2单元501 我说错了", "幸福小区3号楼2单元501"),
        ("地址不对呀 我说的501", "幸福小区3号楼2单元501室"),
        ("不对 房号是501", "幸福小区3号楼2单元501室"),
        ("不是502 是501", "幸福小区3号楼2单元501室"),
    ],
)
async def test_a_part_of_the_address_is_put_right_among_other_words(text: str, corrected: str) -> None:
    stated = await part_corrected("幸福小区3号楼2单元502", text, sample_records())
    assert stated is not None
    assert stated.address == corrected


async def test_what_is_denied_is_no_part_of_an_address() -> None:
    stated = await address_in("3号楼2单元501 不是502哈", sample_records(), "c1")
    assert stated is not None
    assert stated.address == "幸福小区3号楼2单元501"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("后天下午 后天我不在 那大后天吧", "1月8日（周四）"),
        ("明天不行 后天晚上", "1月7日（周三）晚上"),
        ("地址是501 时间是后天下午", "1月7日（周三）下午"),
        ("周三不行 其他时间都可以", "周三不行 其他时间都可以"),
    ],
)
def test_a_day_that_will_not_do_is_left_out(text: str, time: str) -> None:
    read = time_in(text, START)
    assert read is not None
    assert read.text == time


async def test_a_threat_after_a_complaint_is_noted_on_it() -> None:
    stage = Stage()
    await stage.begin("complaint_form", "抄表员骂人 我要投诉 13877776666", "make_complaint")
    stage.ends()
    await stage.begin("reading_form", "行吧 到时候再不来我就打12345", "report_meter_reading")
    assert stage.said == ["utter_added_to_order"]
