"""Work orders (工单): types, handling and states of S0; the life of an order of S3."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OrderType(StrEnum):
    """报修类型."""

    CONSULTATION = "咨询"
    READING = "报数"
    INDOOR_LEAK = "室内泄漏"
    OUTDOOR_EMERGENCY = "室外报险"
    STOVE_PROBLEM = "炉具使用问题"
    IGNITION = "录单点火"
    REFIT = "录单改装"
    WATER_HEATER_REFIT = "录单热水器改装"
    DISPATCH = "派单"
    COMPLAINT = "投诉"
    SUGGESTION = "建议"
    OTHER = "其他"


class Handling(StrEnum):
    """处理方式."""

    BY_DESK = "电话处理"
    TO_REPAIR = "转维修"
    TO_OPERATIONS = "转运维"
    TO_BRANCH = "转分公司"


class OrderState(StrEnum):
    OPEN = "未完成"
    DONE = "已完成"


@dataclass(frozen=True, kw_only=True)
class WorkOrder:
    """What the desk files for a case. The first person to take it owns it to the end (首问负责制, S1/S2)."""

    #: For people: e.g. "20260105-0007".
    number: str
    conversation_id: str
    type: OrderType
    handling: Handling
    state: OrderState
    summary: str
    address: str = ""
    contact_phone: str = ""
    #: When the customer can be called or visited, as written for people: "1月6日（周二）上午".
    contact_time: str = ""
    account_number: str | None = None
    #: Staff number of the first responsible person; None while the assistant has the case.
    owner: str | None = None
    created_at: datetime
    due_at: datetime | None = None
    dispatched_at: datetime | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class NewOrder:
    """A work order before it has a number."""

    conversation_id: str
    type: OrderType
    handling: Handling
    state: OrderState
    summary: str
    address: str = ""
    contact_phone: str = ""
    #: When the customer can be called or visited, as written for people: "1月6日（周二）上午".
    contact_time: str = ""
    account_number: str | None = None
    owner: str | None = None
    #: Sent to the field unit at once (emergencies); others leave with the daily cut-offs.
    dispatch_now: bool = False
    #: When it is to be done; None: as the company profile promises for its type (bot.domain.order_limits).
    due_at: datetime | None = None
