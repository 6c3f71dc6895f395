"""Which closing script a case of this type ends with (S0 在线客服 5 and 10, 工作标准 2 and 3)."""

from bot.domain.company.scripts import Scripts
from bot.domain.work_orders import OrderType

#: Somebody will visit or call: the customer keeps his telephone at hand.
_VISITED = frozenset({
    OrderType.IGNITION,
    OrderType.REFIT,
    OrderType.WATER_HEATER_REFIT,
    OrderType.DISPATCH,
})  # fmt: skip


def closing_script(category: str, scripts: Scripts) -> str:
    """The sentence of the company profile; a consultation's for a type that has none of its own."""
    if category == OrderType.COMPLAINT:
        return scripts.complaint_closing
    if category == OrderType.SUGGESTION:
        return scripts.suggestion_thanks
    if category in _VISITED:
        return scripts.service_closing
    return scripts.consultation_closing
