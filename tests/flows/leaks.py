"""What a test of an emergency asks: what was said about it, what was filed, how it stands."""

from bot.domain.conversations import Conversation, Emergency, Kind, Message
from bot.domain.emergencies import EmergencyKind
from bot.domain.work_orders import WorkOrder
from tests.flows.desk import Desk

ADDRESS = "幸福小区3号楼2单元501"


async def transcript(desk: Desk, who: str = "ann") -> list[Message]:
    return await desk.gasdesk.stores.transcripts.history(f"test:{who}", 0)


async def after(desk: Desk, text: str, who: str = "ann") -> list[Message]:
    """What was posted in answer to this message, by whomever."""
    message = await desk.write(text, who)
    return [m for m in await transcript(desk, who) if m.seq > message.seq]


async def orders(desk: Desk, who: str = "ann") -> list[WorkOrder]:
    return await desk.gasdesk.stores.casework.orders_of((await desk.conversation(who)).id)


async def emergency(desk: Desk, who: str = "ann") -> Emergency:
    found = (await desk.conversation(who)).emergency
    assert found is not None
    return found


def safety(desk: Desk, kind: EmergencyKind = EmergencyKind.INDOOR_LEAK) -> str:
    return desk.company.safety_instruction(kind)


def is_read_back(message: Message, address: str) -> bool:
    return message.kind is Kind.QUESTION and f"：{address}，" in message.text and len(message.buttons) == 2


async def taken(desk: Desk, staff_id: str, who: str = "ann") -> Conversation:
    conversation = await desk.conversation(who)
    result = await desk.gasdesk.core.emergency_acts.accept(conversation.id, await desk.member(staff_id))
    await desk.gasdesk.settle()
    return result
