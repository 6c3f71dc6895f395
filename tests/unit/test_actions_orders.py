"""Progress of an order, and changes of contact data: what is told, what is not, what is noted."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from actions.contact_update import ADDRESS, NAME, PHONE, field_in, new_value_in
from actions.order_progress import hurries, order_line, order_number_in
from bot.domain.work_orders import Handling, OrderState, OrderType, WorkOrder
from bot.domain.work_orders import Stage as Progress
from bot.testing import START
from tests.unit.actions_stage import Stage

ORDER = WorkOrder(
    number="20260104-0007",
    conversation_id="earlier",
    type=OrderType.DISPATCH,
    handling=Handling.TO_REPAIR,
    state=OrderState.OPEN,
    summary="用户报修",
    address="幸福小区3号楼2单元501",
    contact_phone="13800001234",
    account_number="10020002",
    created_at=START - timedelta(days=1),
    due_at=START + timedelta(days=2),
)


@pytest.mark.parametrize(
    "text", ["20260104-0007", "单号是20260104—0007", "20260104 0007呢", "工单２０２６０１０４－０００７"]
)
def test_an_order_number_however_written(text: str) -> None:
    assert order_number_in(text) == "20260104-0007"


@pytest.mark.parametrize("text", ["20260104", "10020002", "13800001234"])
def test_no_order_number(text: str) -> None:
    assert order_number_in(text) is None


@pytest.mark.parametrize(
    "text", ["师傅怎么还没来", "催一下", "都等了三天了", "到现在没人联系我", "能不能快点", "什么时候能修"]
)
def test_who_hurries(text: str) -> None:
    assert hurries(text)


@pytest.mark.parametrize("text", ["查一下我的工单", "工单到哪一步了", "20260104-0007"])
def test_who_only_asks(text: str) -> None:
    assert not hurries(text)


def stage_with(*orders: WorkOrder) -> Stage:
    stage = Stage()
    stage.casework.orders += orders
    return stage


async def test_nothing_personal_is_told_of_an_order() -> None:
    stage = stage_with(ORDER)
    await stage.begin("order_form", "20260104-0007到哪了", "query_work_order")
    assert stage.facts["order_lines"] == "20260104-0007（派单，未完成）：最迟1月7日前处理"
    assert "order_notes" not in stage.signals


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        (Progress.ACCEPTED, "最迟1月7日前处理"),
        (Progress.DISPATCHED, "已派出，最迟1月7日前处理"),
        (Progress.ON_SITE, "工作人员正在现场，最迟1月7日前处理"),
        (Progress.REPORTED, "工作人员去过，还在跟进，最迟1月7日前处理"),
    ],
)
def test_how_far_an_order_is(stage: Progress, told: str) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    order = replace(ORDER, stage=stage)
    assert order_line(order, START, zone) == f"20260104-0007（派单，未完成）：{told}"
    done = replace(order, state=OrderState.DONE, result="换了表", answer="已换表")
    assert order_line(done, START, zone) == "20260104-0007（派单，已完成）"
    late = replace(order, due_at=START - timedelta(hours=1))
    assert order_line(late, START, zone).endswith("已经超过约定的时间")
    assert "最迟" not in order_line(replace(order, due_at=None), START, zone)


async def test_an_account_must_be_proved_before_its_orders_are_told() -> None:
    stage = stage_with(ORDER)
    stage.slots |= {"account_number": "10020002", "account_proof": "number"}
    await stage.begin("order_form", "我的工单到哪一步了", "query_work_order")
    assert stage.said == ["utter_question_order_reference"]
    proved = stage_with(ORDER)
    proved.slots |= {"account_number": "10020002", "account_proof": "both"}
    await proved.begin("order_form", "我的工单到哪一步了", "query_work_order")
    assert "20260104-0007" in proved.facts["order_lines"]


async def test_a_hurry_before_the_number_is_named_is_not_forgotten() -> None:
    stage = stage_with(ORDER)
    await stage.begin("order_form", "师傅怎么还没来", "query_work_order")
    await stage.answer("13800001234", "request_callback")
    assert stage.casework.orders[0].notes == "用户催办\n"
    assert "handoff" not in stage.signals


async def test_an_overdue_order_and_a_hurry() -> None:
    stage = stage_with(replace(ORDER, due_at=START - timedelta(hours=1)))
    await stage.begin("order_form", "20260104-0007怎么还没人来", "query_work_order")
    assert stage.signals["handoff"]["urgent"]
    assert stage.casework.orders[0].notes


async def test_a_done_order_is_not_hurried() -> None:
    stage = stage_with(replace(ORDER, state=OrderState.DONE))
    await stage.begin("order_form", "20260104-0007怎么还没人来", "query_work_order")
    assert stage.facts["order_lines"] == "20260104-0007（派单，已完成）"
    assert "order_notes" not in stage.signals


@pytest.mark.parametrize(
    ("text", "field"),
    [("换手机号了", PHONE), ("户名有个错别字", NAME), ("门牌号登记错了", ADDRESS), ("改一下资料", None)],
)
def test_what_is_to_be_changed(text: str, field: str | None) -> None:
    assert field_in(text) == field


@pytest.mark.parametrize(
    ("field", "text", "new"),
    [
        (PHONE, "新号是138 0000 9999", "13800009999"),
        (PHONE, "1380000", None),
        (NAME, "户名应该是张杉", "张杉"),
        (NAME, "怎么改？", None),
        (ADDRESS, "地址应该是3号楼2单元502", "3号楼2单元502"),
        (ADDRESS, "隔壁", None),
    ],
)
def test_the_new_value(field: str, text: str, new: str | None) -> None:
    assert new_value_in(field, text) == new


async def test_a_change_is_filed_only_when_proved_and_confirmed() -> None:
    stage = Stage()
    await stage.begin("update_form", "户号10020002，手机换成13700001111", "update_contact_info")
    assert stage.slots["requested_slot"] == "update_proof"
    await stage.answer("13900005678")
    assert stage.slots["requested_slot"] == "update_confirmed"
    assert stage.casework.orders == []
    await stage.answer("对", "affirm")
    (order,) = stage.casework.orders
    assert (order.type, order.handling, order.state) == (OrderType.OTHER, Handling.BY_DESK, OrderState.OPEN)
    assert (order.account_number, order.contact_phone) == ("10020002", "13700001111")
    told = str(stage.facts)
    assert not any(secret in told for secret in ("张三", "13900005678", "幸福小区"))


async def test_what_was_refused_for_the_balance_is_refused_here() -> None:
    stage = Stage()
    stage.slots |= {"account_number": "10020002", "account_proof": "refused"}
    await stage.begin("update_form", "换手机号了", "update_contact_info")
    assert "handoff" in stage.signals
