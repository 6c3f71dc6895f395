"""A test's hands on work orders: filed and worked on over REST, as the desk does."""

from typing import Any

from bot.domain.work_orders import WorkOrder
from tests.flows.office import Office

FORM: dict[str, Any] = {
    "id": "form-1",
    "type": "炉具使用问题",
    "handling": "转维修",
    "summary": "打不着火，电池已换",
    "address": "幸福小区3号楼2单元501",
    "contact_phone": "13000000001",
    "contact_time": "明天上午",
}


async def filed(office: Office, staff_id: str = "101", who: str = "ann", **fields: Any) -> Any:
    """A new order from this customer's conversation, as the answer shows it."""
    c = await office.desk.conversation(who)
    answer = await office.call(staff_id, "POST", "orders", **{**FORM, "conversation_id": c.id, **fields})
    assert answer.status_code == 200, answer.text
    return answer.json()["order"]


async def do(office: Office, number: str, what: str, staff_id: str = "101", **body: Any) -> Any:
    answer = await office.call(staff_id, "POST", f"orders/{number}/{what}", **body)
    assert answer.status_code == 200, answer.text
    return answer.json()["order"]


async def stored(office: Office, number: str) -> WorkOrder:
    order = await office.desk.gasdesk.core.casework.orders.get(number)
    assert order is not None
    return order


async def history(office: Office, number: str) -> list[tuple[str, str]]:
    return [(step.what, step.text) for step in await office.desk.gasdesk.core.casework.orders.steps(number)]


async def whats(office: Office, number: str) -> list[str]:
    return [what for what, _ in await history(office, number)]
