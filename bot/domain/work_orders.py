"""Work orders (工单): types, handling and states of S0; the life of an order of S3."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

#: Stands in what the assistant says for the number that its record gets when it is filed.
ORDER_NUMBER = "{order_number}"


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


class Stage(StrEnum):
    """Where an order is in its life (S3: 受理 → 转办 → 承办 → 反馈 → 答复 → 归档)."""

    ACCEPTED = "受理"
    #: On its way to the field unit.
    DISPATCHED = "已派单"
    #: The field unit is at it.
    ON_SITE = "处理中"
    #: The field unit has reported; the customer has no answer yet, or the matter is not solved.
    REPORTED = "已反馈"
    ANSWERED = "已答复"
    ARCHIVED = "已归档"


class Urgency(StrEnum):
    """By which limit an order is answered (S3 办理时限)."""

    NORMAL = "普通"
    URGENT = "紧急"
    SIMPLE = "简单咨询"


class Grade(StrEnum):
    """Grades of a complaint, given at intake (S1 投诉管理)."""

    ORDINARY = "一般"
    AFFECTING = "有影响"
    SEVERE = "严重"
    MEDIA = "媒体参与"


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
    #: Of a complaint.
    grade: Grade | None = None
    #: See Record.
    subject: str | None = None
    #: What was added since, a line each: "1月6日 10:05 用户催办".
    notes: str = ""
    urgency: Urgency = Urgency.NORMAL
    stage: Stage = Stage.ACCEPTED
    #: Staff number of who works on it now; the owner stays who he is.
    assignee: str | None = None
    #: What the field unit found and did.
    result: str = ""
    on_site_at: datetime | None = None
    reported_at: datetime | None = None
    #: What the customer was told in the end.
    answer: str = ""
    #: An extension asked for: until when and why; both empty once it is decided.
    extension_until: datetime | None = None
    extension_reason: str = ""
    #: Which reminders have been given (bot.domain.order_reminders), so that each comes once.
    reminded: tuple[str, ...] = ()

    def overdue(self, now: datetime) -> bool:
        return self.state is OrderState.OPEN and self.due_at is not None and self.due_at < now


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is to be written down of a case, wherever it came up."""

    type: OrderType
    handling: Handling
    state: OrderState
    summary: str
    address: str = ""
    contact_phone: str = ""
    #: When the customer can be called or visited, as written for people: "1月6日（周二）上午".
    contact_time: str = ""
    account_number: str | None = None
    #: Sent on at once (emergencies, complaints); others leave with the daily cut-offs.
    dispatch_now: bool = False
    #: When it is to be done; None: as the company profile promises for its type (bot.domain.order_limits).
    due_at: datetime | None = None
    grade: Grade | None = None
    urgency: Urgency = Urgency.NORMAL
    #: One conversation files one order on one subject, however often it comes up; None: each is its own.
    subject: str | None = None

    def within(self, conversation_id: str) -> "NewOrder":
        return NewOrder(conversation_id=conversation_id, **vars(self))


@dataclass(frozen=True)
class OrderNote:
    """Something to add to an order, and what the customer puts right on it ("" leaves it)."""

    number: str
    text: str
    address: str = ""
    contact_phone: str = ""
    contact_time: str = ""

    @property
    def corrected(self) -> dict[str, Any]:
        """The fields of the order that are replaced."""
        given = {"address": self.address, "contact_phone": self.contact_phone, "contact_time": self.contact_time}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, kw_only=True)
class NewOrder(Record):
    """A work order before it has a number."""

    conversation_id: str
    owner: str | None = None
