"""An alarm as the desks are shown it."""

from typing import Any

from bot.channels.desk_summaries import Summaries
from bot.domain.conversations import Conversation, Emergency
from bot.domain.emergency_orders import LABELS

Json = dict[str, Any]


async def alarm_frame(summaries: Summaries, c: Conversation, reason: str) -> Json:
    """`reason`: "raised", or "undispatched" once its dispatch is overdue."""
    return {**await summaries.answer(c), "reason": reason, "text": _text(c.emergency, reason)}


def _text(emergency: Emergency | None, reason: str) -> str:
    what = LABELS[emergency.kind] if emergency else ""
    where = emergency.address if emergency and emergency.address else "地址未知"
    if reason == "raised":
        return f"险情：{what}（{where}）"
    if emergency and emergency.order_number:
        return f"险情已按未确认的地址派单，请核实：{what}（{where}），工单 {emergency.order_number}"
    return f"险情还没有派单：{what}（{where}）"
