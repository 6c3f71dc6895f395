"""How people from Sichuan, in a hurry or with a word too many answer; what they say is no other matter."""

from datetime import datetime
from decimal import Decimal

import pytest

from actions.card_lost import unloaded_in
from actions.checks import Meter, meter_in, works_again
from actions.choices import chosen
from actions.contacts import time_in
from actions.follow_ups import About, asked_about, asks_for_less
from actions.gas_start_up import Use, use_in
from actions.late_fee import BUSINESS, RESIDENT, LateFee
from actions.mood import does_not_complain
from actions.quantities import YUAN, amount_in
from actions.steering import wants_time
from actions.understanding import yes_or_no
from tests.unit.actions_stage import Stage

NOW = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - local time


def test_words_of_dialects_are_understood() -> None:
    assert wants_time("等哈 我看哈表 眼睛不得行")
    assert yes_or_no("对头对头") is True
    assert yes_or_no("莫得") is False


@pytest.mark.parametrize(
    ("text", "kind"),
    [("住家户 不是单位", RESIDENT), ("自己屋头用的", RESIDENT), ("我们单位的", BUSINESS), ("火锅店", BUSINESS)],
)
def test_who_uses_the_gas(text: str, kind: str) -> None:
    assert chosen(text, LateFee.choices["late_fee_class"]) == kind


def test_a_meter_that_somebody_reads_is_an_ordinary_one() -> None:
    assert meter_in("老表 你们来抄的那种") is Meter.ORDINARY


def test_a_dark_display_is_no_success() -> None:
    assert works_again("屏幕黑的 啥子都没得 是不是没电了") is False
    assert works_again("屏幕亮了 什么都没有问题") is True


def test_gas_that_is_in_the_meter_is_not_lost_with_the_card() -> None:
    assert unloaded_in("上个月充的 早用到表里了", asked=True) is False


def test_a_meal_that_is_waited_for_is_no_time_of_a_visit() -> None:
    assert time_in("麻烦快点 娃儿还等到吃饭", NOW, asked=False) is None
    assert time_in("吃饭前都行", NOW)


def test_a_fee_is_asked_to_be_lower() -> None:
    assert asked_about("没有 那个380能少点不") is About.MERCY
    assert asks_for_less("不是 我问装热水器的380 便宜点不")
    assert not asks_for_less("少一点气味")


@pytest.mark.parametrize(
    ("text", "of_others"),
    [
        ("房东电话打不通急死个人", True),
        ("物业说不归他们管", True),
        ("你们师傅电话打不通", False),
        ("急死个人了", False),
        ("我不是投诉 我就问咋个开通", True),
        ("我没说投诉你 我投诉师傅", False),
    ],
)
def test_trouble_with_somebody_else(text: str, of_others: bool) -> None:
    assert does_not_complain(text) is of_others


async def test_trouble_with_somebody_else_is_no_complaint_in_the_middle_of_something() -> None:
    stage = Stage()
    await stage.begin("startup_form", "我想开通燃气 幸福小区的", "ask_startup_requirements")
    await stage.answer("房东电话打不通急死个人", "make_complaint", 0.67)
    assert "utter_repair_noted" in stage.said
    assert stage.slots["requested_slot"] == "startup_address"


async def test_who_does_not_complain_is_asked_no_number() -> None:
    stage = Stage()
    await stage.begin("complaint_form", "等了三天没人管", "make_complaint")
    assert stage.slots["requested_slot"] == "visit_phone"
    assert await stage.answer("我不是投诉 我就问咋个开通", "ask_startup_requirements") == [], "for another dialogue"
    await stage.begin("startup_form", "我不是投诉 我就问咋个开通", "ask_startup_requirements")
    assert stage.slots["requested_slot"] == "startup_community"
    assert not stage.slots["paused_forms"]


@pytest.mark.parametrize("text", ["哦哦 那表上是八百二十", "现在是820方", "820了"])
async def test_a_reading_is_one_whatever_the_model_takes_it_for(text: str) -> None:
    stage = Stage()
    await stage.begin("reading_form", "报数 10020001", "report_meter_reading")
    assert stage.slots["requested_slot"] == "reading_value"
    await stage.answer(text, "dispute_bill", 0.89)
    assert stage.slots["reading_value"] is not None or stage.said, stage.said
    assert "utter_please_answer" not in stage.said


@pytest.mark.parametrize("text", ["没有 那个380能少点不", "不是 我问装热水器的380 便宜点不"])
async def test_the_fee_of_a_refit_is_fixed(text: str) -> None:
    stage = Stage()
    await stage.begin("heater_form", "热水器网上买的 你们给装不", "ask_water_heater_conversion")
    await stage.answer(text, "ask_opening_fee", 0.92)
    assert stage.said[0] == "utter_fee_fixed"
    assert stage.slots["requested_slot"] == "heater_visit"


def test_who_has_no_boiler_prepays_as_for_cooking() -> None:
    assert use_in("没装热水器 壁挂炉也没有") is None
    assert use_in("没有壁挂炉 就做饭") is Use.COOKING
    assert use_in("我说没有壁挂炉 咋还要两千") is None
    assert use_in("要装壁挂炉") is Use.BOILER
    assert use_in("没有热水器 有壁挂炉") is Use.BOILER


async def test_gas_at_the_neighbours_is_not_gas_here() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "我家没气了 幸福小区3号楼2单元501", "report_no_gas")
    assert stage.slots["requested_slot"] == "no_gas_valve"
    await stage.answer("都检查了 隔壁王婶家有气", "nlu_fallback")
    assert "utter_no_gas_solved" not in stage.said
    assert stage.form == "no_gas_form"


def test_the_exact_sum_counts() -> None:
    assert amount_in("一百二十多块 好像是126", YUAN) == Decimal(126)
    assert amount_in("八十多块吧 记不太清", YUAN) == Decimal(80)
    assert amount_in("86块5", YUAN) == Decimal("86.5")


async def test_who_says_who_goes_may_ask_for_the_papers() -> None:
    stage = Stage()
    await stage.begin("transfer_form", "二手房 要过户", "transfer_ownership")
    assert stage.slots["requested_slot"] == "transfer_proxy"
    await stage.answer("我自己去 那要带些啥子", "ask_startup_requirements")
    assert "utter_transfer_papers" in stage.said
