"""A work order from the conversation to the archive: who may do what, who keeps it, what the customer hears."""

from typing import Any

import pytest

from bot.domain.conversations import Kind
from tests.flows.office import Office, refused
from tests.flows.orders import FORM, do, filed, history, stored, whats

MINUTE = 60


async def test_an_order_from_filing_to_the_archive(office: Office) -> None:
    await office.online("101")
    await office.waits()
    order = await filed(office)
    number = order["number"]
    assert (order["stage"], order["state"], order["owner"], order["unit"]) == (
        "受理",
        "未完成",
        "101",
        "安居燃气维修站",
    )
    assert order["leave_by"] == "2026-01-05T03:10:00.000Z"
    assert order["leave_red_at"] == "2026-01-05T02:50:00.000Z"
    assert order["due_at"] == "2026-01-08T02:00:00.000Z"

    sent = await do(office, number, "dispatch")
    assert (sent["stage"], sent["leave_by"], sent["dispatched_at"]) == ("已派单", None, "2026-01-05T02:00:00.000Z")
    assert office.desk.heard()[-1] == f"您的工单 {number}（炉具使用问题）已转给安居燃气维修站处理，请保持电话畅通。"

    done = await do(office, number, "report", result="换了电池", solved=True)
    assert (done["stage"], done["state"], done["result"]) == ("已反馈", "已完成", "换了电池")
    assert f"您的工单 {number}（炉具使用问题）已处理完成" in office.desk.heard()[-1]

    await do(office, number, "answer", text="电池装反了，已经换好")
    assert office.desk.heard()[-1] == f"您的工单 {number}（炉具使用问题）答复如下：电池装反了，已经换好"
    archived = await do(office, number, "archive")
    assert archived["stage"] == "已归档"
    assert await whats(office, number) == ["filed", "dispatched", "reported", "answered", "archived"]
    kinds = {message.kind for message in office.desk.channel.sent["test:ann"] if number in message.text}
    assert kinds == {Kind.NOTICE}


async def test_the_same_form_twice_is_one_order(office: Office) -> None:
    await office.waits()
    assert (await filed(office))["number"] == (await filed(office))["number"]
    assert (await filed(office, id="form-2"))["number"] != (await filed(office))["number"]


async def test_the_form_is_filled_from_the_conversation(office: Office) -> None:
    conversation_id = await office.waits()
    await office.desk.write("我家灶打不着火，电话13000000009")
    draft = (await office.get("101", f"order-draft/{conversation_id}"))["draft"]
    assert (draft["summary"], draft["contact_phone"]) == ("我家灶打不着火，电话13000000009", "13000000009")
    missing = await office.call("101", "GET", "order-draft/nobody")
    refused(missing, 404, "not_found")


async def test_the_owner_stays_whoever_works_on_it(office: Office) -> None:
    await office.waits()
    number = (await filed(office))["number"]
    moved = await do(office, number, "assign", to="102")
    assert (moved["owner"], moved["assignee"]) == ("101", "102")
    again = await do(office, number, "assign", staff_id="102", to="201")
    assert (again["owner"], again["assignee"]) == ("101", "201")
    mine = [each["number"] for each in (await office.get("101", "orders", mine="true"))["orders"]]
    assert mine == [number]
    assert (await office.get("102", "orders", mine="true"))["orders"] == []
    unknown = await office.call("101", "POST", f"orders/{number}/assign", to="301")
    assert "301" in refused(unknown, 409, "refused")


async def test_who_acts_first_on_what_the_assistant_filed_owns_it(office: Office) -> None:
    await office.waits()
    number = (await filed(office))["number"]
    async with office.desk.gasdesk.core.casework.orders.open(number) as work:
        work.order = type(work.order)(**{**vars(work.order), "owner": None})
    assert (await do(office, number, "notes", staff_id="102", text="用户来催"))["owner"] == "102"
    assert (await do(office, number, "notes", staff_id="101", text="又来催"))["owner"] == "102"


async def test_what_was_written_down_is_corrected_until_it_leaves(office: Office) -> None:
    await office.waits()
    number = (await filed(office))["number"]
    changed = await office.call("101", "PATCH", f"orders/{number}", type="派单", handling="转分公司", address="2号楼")
    order = changed.json()["order"]
    assert (order["type"], order["unit"], order["address"]) == ("派单", "安居燃气燃具销售分公司", "2号楼")
    (_, (what, text)) = await history(office, number)
    assert (what, text) == ("edited", "工号 101 修改：报修类型改为派单、处理方式改为转分公司、地址")
    await do(office, number, "dispatch")
    late = await office.call("101", "PATCH", f"orders/{number}", type="其他")
    assert "不能再改" in refused(late, 409, "refused")
    assert (await office.call("101", "PATCH", f"orders/{number}", contact_time="周五")).status_code == 200


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"type": "没有的类型"}, 422),
        ({"summary": ""}, 422),
        ({"conversation_id": "nobody"}, 404),
        ({"handling": "电话处理", "dispatch_now": True}, 409),
        ({"type": "室内泄漏", "address": ""}, 409),
    ],
)
async def test_a_form_that_will_not_do_is_refused(office: Office, form: dict[str, Any], status: int) -> None:
    c = await office.waits()
    answer = await office.call("101", "POST", "orders", **{**FORM, "conversation_id": c, **form})
    assert answer.status_code == status, answer.text
    assert (await office.get("101", "orders"))["orders"] == []


async def test_inspectors_read_orders_and_administrators_do_not(office: Office) -> None:
    await office.waits()
    number = (await filed(office))["number"]
    assert (await office.get("301", f"orders/{number}"))["order"]["number"] == number
    refused(await office.call("301", "POST", f"orders/{number}/dispatch"), 403, "not_allowed")
    refused(await office.call("901", "GET", "orders"), 403, "not_allowed")
    refused(await office.call("101", "GET", "orders/20260105-9999"), 404, "not_found")
    refused(await office.call("101", "POST", "orders/20260105-9999/archive"), 404, "not_found")
    refused(await office.call("101", "GET", "orders/abc"), 404, "not_found")


async def test_orders_are_listed_by_state_type_and_words(office: Office) -> None:
    await office.waits()
    waiting = (await filed(office, id="1"))["number"]
    sent = (await filed(office, id="2", type="派单"))["number"]
    await do(office, sent, "dispatch")
    settled = (await filed(office, id="3", type="咨询", handling="电话处理", state="已完成"))["number"]

    async def numbers(**wanted: str) -> list[str]:
        return [each["number"] for each in (await office.get("101", "orders", **wanted))["orders"]]

    assert await numbers() == [waiting, sent, settled]
    assert await numbers(state="open") == [waiting, sent]
    assert await numbers(state="leaving") == [waiting]
    assert await numbers(state="done") == [settled]
    assert await numbers(type="派单") == [sent]
    assert await numbers(q=sent) == [sent]
    assert await numbers(q="%") == []
    assert await numbers(state="overdue") == await numbers(state="due") == []
    leak = (await filed(office, id="4", type="室内泄漏", dispatch_now=True))["number"]  # due in twenty minutes
    assert await numbers(state="overdue") == []
    assert await numbers(state="due") == [leak]
    await office.desk.wait(20 * MINUTE + 1)
    assert await numbers(state="overdue") == await numbers(state="due") == [leak]
    assert await numbers(state="open") == [leak, waiting, sent]


async def test_more_time_is_asked_for_and_granted_by_the_lead(office: Office) -> None:
    await office.waits()
    number = (await filed(office))["number"]
    await do(office, number, "dispatch")
    asked = await do(office, number, "extension", days=2, reason="等配件")
    (waiting,) = (await office.get("201", "orders", state="extension"))["orders"]
    assert waiting["number"] == number
    assert asked["extension"] == {"until": "2026-01-12T02:00:00.000Z", "reason": "等配件"}
    own = await office.call("101", "POST", f"orders/{number}/extension/decision", granted=True)
    assert "班长" in refused(own, 409, "refused")
    granted = await do(office, number, "extension/decision", staff_id="201", granted=True)
    assert (granted["due_at"], granted["extension"]) == ("2026-01-12T02:00:00.000Z", None)
    assert "预计1月12日前办结" in office.desk.heard()[-1]


async def test_a_customer_who_has_gone_is_not_called_back_into_a_conversation(office: Office) -> None:
    await office.online("101")
    await office.waits()
    number = (await filed(office))["number"]
    await office.do("101", "close")
    heard = len(office.desk.heard())
    await do(office, number, "dispatch")
    assert len(office.desk.heard()) == heard
    assert (await office.desk.conversation()).closed
    await office.desk.write("你好")
    await do(office, number, "report", result="换了电池", solved=True)
    assert "已处理完成" in office.desk.heard()[-1]


async def test_a_notice_that_was_told_before_a_crash_is_not_told_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process died between telling and forgetting: the row and its timer are still there."""
    await office.waits()
    number = (await filed(office))["number"]
    orders = office.desk.gasdesk.core.casework.orders

    async def die(_: str) -> None:
        raise ConnectionError("the process was killed")

    monkeypatch.setattr(orders, "forget_notice", die)
    await do(office, number, "dispatch")
    monkeypatch.undo()
    await office.desk.wait(10)
    assert sum(number in text for text in office.desk.heard()) == 1
    assert (await stored(office, number)).stage.value == "已派单"
    await office.desk.wait(60)
    assert sum(number in text for text in office.desk.heard()) == 1
