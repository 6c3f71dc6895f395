"""A work order filled in from a conversation, for the agent to check and complete (S0: 准确、清晰填写系统工单)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.conversations import Conversation, Message, Speaker
from bot.domain.work_orders import Handling, OrderType

_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)")
_LONGEST_SUMMARY = 200

#: What kind of order a matter becomes, and who handles it (S0 派单业务 1; S0 无气, 管道改装).
_BY_INTENT = {
    "ask_startup_requirements": (OrderType.IGNITION, Handling.TO_REPAIR),
    "report_no_gas": (OrderType.STOVE_PROBLEM, Handling.TO_REPAIR),
    "request_repair": (OrderType.STOVE_PROBLEM, Handling.TO_REPAIR),
    "ask_water_heater_conversion": (OrderType.WATER_HEATER_REFIT, Handling.TO_BRANCH),
    "ask_pipe_modification": (OrderType.DISPATCH, Handling.TO_REPAIR),
    "report_meter_fault": (OrderType.DISPATCH, Handling.TO_REPAIR),
    "ask_hose_replacement": (OrderType.DISPATCH, Handling.TO_REPAIR),
    "request_safety_inspection": (OrderType.DISPATCH, Handling.TO_REPAIR),
    "request_meter_test": (OrderType.DISPATCH, Handling.TO_REPAIR),
    "report_ic_card_lost": (OrderType.DISPATCH, Handling.TO_REPAIR),
    "report_meter_reading": (OrderType.READING, Handling.BY_DESK),
    "make_complaint": (OrderType.COMPLAINT, Handling.BY_DESK),
    "make_suggestion": (OrderType.SUGGESTION, Handling.BY_DESK),
}


@dataclass(frozen=True, kw_only=True)
class OrderDraft:
    """What is known for the form; "" where nothing is."""

    type: OrderType = OrderType.CONSULTATION
    handling: Handling = Handling.BY_DESK
    summary: str = ""
    address: str = ""
    contact_phone: str = ""
    contact_time: str = ""
    account_number: str | None = None


def draft_of(c: Conversation, messages: Sequence[Message]) -> OrderDraft:
    """Only what the customer said himself: nothing out of the account's records."""
    known = {item.label: item.value for item in c.collected}
    said = [message.text for message in messages if message.speaker is Speaker.CUSTOMER]
    kind, handling = _kind(c)
    return OrderDraft(
        type=kind,
        handling=handling,
        summary=_summary(said, known),
        address=(c.emergency.address if c.emergency else "") or _first(known, "地址", "小区"),
        contact_phone=_first(known, "联系电话", "电话") or _phone(said),
        contact_time=_first(known, "方便时间", "预约时间", "时间"),
        account_number=c.account_number if c.account_state == "matched" else None,
    )


def _kind(c: Conversation) -> tuple[OrderType, Handling]:
    for seen in reversed(c.intents):
        if seen.name in _BY_INTENT:
            return _BY_INTENT[seen.name]
    return OrderType.CONSULTATION, Handling.BY_DESK


def _summary(said: Sequence[str], known: dict[str, str]) -> str:
    """What the matter was called, or the customer's longest message: more often the matter than a greeting."""
    stated = _first(known, "投诉内容", "问题", "事项")
    return stated or max(said, key=len, default="")[:_LONGEST_SUMMARY]


def _phone(said: Sequence[str]) -> str:
    """The last mobile number that the customer wrote."""
    found = [match for text in said for match in _PHONE.finditer(text)]
    return "".join(found[-1].groups()) if found else ""


def _first(known: dict[str, str], *labels: str) -> str:
    return next((known[label] for label in labels if known.get(label)), "")
