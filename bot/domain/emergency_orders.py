"""Which work order an emergency makes, and which field unit gets it (S0 泄漏报修)."""

from bot.domain.company import FieldUnit, FieldUnits
from bot.domain.conversations import Conversation, Emergency
from bot.domain.emergencies import EmergencyKind
from bot.domain.work_orders import Handling, NewOrder, OrderState, OrderType

LABELS = {
    EmergencyKind.INDOOR_LEAK: "室内泄漏",
    EmergencyKind.CORRIDOR_LEAK: "楼道泄漏",
    EmergencyKind.OUTDOOR_LEAK: "室外泄漏",
    EmergencyKind.CARBON_MONOXIDE: "一氧化碳中毒",
    EmergencyKind.FIRE: "着火或爆炸",
}

#: S0: indoors 室内泄漏/转维修, outdoors 室外报险/电话处理 (operations are phoned). The sources name no type of its own
#: for poisoning and fire: poisoning goes with leaks indoors; fire is for the operations crew, who hold the mains.
_TYPES = {
    EmergencyKind.INDOOR_LEAK: (OrderType.INDOOR_LEAK, Handling.TO_REPAIR),
    EmergencyKind.CORRIDOR_LEAK: (OrderType.INDOOR_LEAK, Handling.TO_REPAIR),
    EmergencyKind.OUTDOOR_LEAK: (OrderType.OUTDOOR_EMERGENCY, Handling.BY_DESK),
    EmergencyKind.CARBON_MONOXIDE: (OrderType.INDOOR_LEAK, Handling.TO_REPAIR),
    EmergencyKind.FIRE: (OrderType.INDOOR_LEAK, Handling.TO_OPERATIONS),
}


def order_for(conversation: Conversation, emergency: Emergency) -> NewOrder:
    """The order, to be dispatched at once; open until the field unit reports (未完成)."""
    order_type, handling = _TYPES[emergency.kind]
    certainty = "" if emergency.confirmed else "（地址未经用户确认）"
    earlier = f"（补充工单 {emergency.order_number}）" if emergency.order_number else ""
    return NewOrder(
        conversation_id=conversation.id,
        type=order_type,
        handling=handling,
        state=OrderState.OPEN,
        summary=f"险情：{LABELS[emergency.kind]}{certainty}{earlier}",
        address=emergency.address,
        contact_phone=emergency.phone,
        account_number=conversation.account_number,
        owner=emergency.accepted_by or conversation.staff_id,
        dispatch_now=True,
    )


def unit_for(kind: EmergencyKind, units: FieldUnits) -> FieldUnit:
    """Who is sent."""
    return units.operations if kind in (EmergencyKind.OUTDOOR_LEAK, EmergencyKind.FIRE) else units.repair
