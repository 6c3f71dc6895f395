"""The meter-reading report: S0 受理用户上报表数 1–4, 新抄表模式 5."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from actions.meter_reading import bill, reading_in, reminder
from actions.testing import sample_account
from bot.domain.gas import CustomerClass
from bot.domain.work_orders import Handling, OrderState, OrderType
from tests.unit.actions_stage import COMPANY, Stage

ACCOUNT = sample_account("10020001", "c1", "1号楼1单元101室")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1235", "1235"),
        ("一千二百三十五", "1235"),
        ("1235.4方", "1235.4"),
        ("我看了，是1235", "1235"),
        ("不是1253，是1235", "1235"),
        ("501", "501"),
        ("10020001", None),
        ("不知道", None),
    ],
)
def test_the_reading_when_asked(text: str, expected: str | None) -> None:
    assert reading_in(text, asked=True) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("户号10020001，读数1235", "1235"),
        ("幺零零二零零零一，读数一千二百三十五", "1235"),
        ("我要报数1235", "1235"),
        ("幸福小区3号楼2单元501", None),
        ("幸福小区3号楼2单元501，读数1235", "1235"),
        ("户号10020001", None),
    ],
)
def test_the_reading_in_a_first_sentence(text: str, expected: str | None) -> None:
    assert reading_in(text, asked=False) == (Decimal(expected) if expected else None)


def test_the_bill_follows_the_tiers() -> None:
    nearly = sample_account("1", "c1", "1号楼", year_used_m3=Decimal(350))
    assert bill(nearly, Decimal(1220), COMPANY).fee_yuan == 10 * Decimal("2.66") + 10 * Decimal("3.19")
    shop = sample_account("1", "c1", "1号楼", customer_class=CustomerClass.COMMERCIAL)
    assert bill(shop, Decimal(1220), COMPANY).fee_yuan == 20 * Decimal("3.85")


@pytest.mark.parametrize(
    ("balance", "fee", "response"),
    [
        ("-0.01", "0", "utter_reading_arrears"),
        ("50", "50.01", "utter_reading_balance_short"),
        ("50", "20.01", "utter_reading_low_balance"),
        ("50", "20", None),
    ],
)
def test_the_reminder_to_pay(balance: str, fee: str, response: str | None) -> None:
    account = sample_account("1", "c1", "1号楼", balance_yuan=Decimal(balance))
    said = [each.response for each in reminder(account, Decimal(fee), COMPANY)]
    assert said == ([response] if response else [])


async def test_recording_saves_and_files() -> None:
    stage = Stage()
    await stage.begin("reading_form", "户号10020001，读数1235", "report_meter_reading")
    await stage.answer("确认登记")
    (reading,), (order,) = stage.records.readings, stage.casework.orders
    assert (reading.value_m3, reading.reported_at) == (Decimal(1235), datetime(2026, 1, 5, 2, 0, tzinfo=UTC))
    assert (order.type, order.handling, order.state) == (OrderType.READING, Handling.BY_DESK, OrderState.DONE)
    assert order.account_number == "10020001"
    assert "1235" in order.summary
    assert "93.10" in order.summary


async def test_nothing_is_recorded_before_the_customer_agrees() -> None:
    stage = Stage()
    await stage.begin("reading_form", "户号10020001，读数1235", "report_meter_reading")
    assert stage.said == ["utter_account_matched", "utter_question_reading_confirmed"]
    assert not stage.records.readings
    await stage.answer("不对")
    assert not stage.records.readings
    await stage.answer("确认登记")
    assert [each.value_m3 for each in stage.records.readings] == [1235]
    await stage.answer("确认登记")
    assert len(stage.records.readings) == 1


async def test_a_matched_account_is_signalled_and_nothing_of_it_is_told() -> None:
    stage = Stage()
    await stage.begin("reading_form", "报数，幸福小区3号楼2单元501", "report_meter_reading")
    assert stage.signals["account"] == {"number": "10020002", "state": "matched"}
    await stage.answer("1210")
    assert stage.facts["who"] == "您说的地址"
    told = " ".join(str(value) for value in stage.facts.values())
    assert not any(secret in told for secret in ("张三", "10020002", "13900005678"))


async def test_the_second_doubt_hands_over() -> None:
    stage = Stage()
    await stage.begin("reading_form", "户号10020001，读数1100", "report_meter_reading")
    assert stage.said[-2:] == ["utter_reading_below_last", "utter_question_reading_checked"]
    await stage.answer("确认无误")
    assert "handoff" in stage.signals
    assert not stage.records.readings


async def test_a_looked_up_reading_is_taken() -> None:
    stage = Stage()
    await stage.begin("reading_form", "户号10020001，读数12350", "report_meter_reading")
    assert "utter_reading_too_high" in stage.said
    await stage.answer("看错了，是1235")
    assert stage.said == ["utter_question_reading_confirmed"]


async def test_a_corrected_reading_may_be_doubted_again() -> None:
    stage = Stage()
    await stage.begin("reading_form", "户号10020001，读数1100", "report_meter_reading")
    await stage.answer("是1235")
    await stage.answer("不对，是99999")
    assert stage.said == ["utter_reading_too_high", "utter_question_reading_checked"]


async def test_a_recorded_reading_is_taken_back_by_a_person() -> None:
    stage = Stage()
    await stage.begin("reading_form", "户号10020001，读数1235", "report_meter_reading")
    await stage.answer("是的")
    stage.form = None
    await stage.act("action_deny", "不对，是1225", "deny")
    assert stage.said == ["utter_reading_correct_recorded"]
    assert "1225" in stage.signals["handoff"]["reason"]


async def test_a_bare_number_that_begins_a_report_is_the_reading() -> None:
    stage = Stage()
    await stage.begin("reading_form", "1235", "report_meter_reading")
    assert stage.slots["reading_value"] is not None
    assert stage.slots["requested_slot"] == "reading_account"


async def test_naming_what_is_wrong_in_a_word() -> None:
    stage = Stage()
    await stage.begin("reading_form", "户号10020001，读数1235", "report_meter_reading")
    await stage.answer("不对")
    await stage.answer("读数")
    assert stage.slots["requested_slot"] == "reading_value"
    await stage.answer("1236")
    await stage.answer("不对")
    await stage.answer("户号")
    assert stage.slots["requested_slot"] == "reading_account"
