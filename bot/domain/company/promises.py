"""Time limits and hours: what customers are promised and when people work (domain: time limits)."""

from datetime import time
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from bot.domain.company.base import Hours, Positive, Settings

Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Sla(Settings):
    """Limits of the conversation clock, in seconds; fractions are allowed so that a trial can run fast."""

    waiting_prompt_seconds: Seconds = Field(
        default=45, description="Silence before a waiting prompt, and between prompts (S0 在线客服 8)"
    )
    reply_limit_seconds: Seconds = Field(default=120, description="An agent's limit for a reply (S0 回复要求 3)")
    agent_warning_seconds: Seconds = Field(default=90, description="The agent is warned this long after the message")
    dispatch_limit_seconds: Seconds = Field(
        default=60, description="Dispatch of an emergency after its address is confirmed (S0 泄漏报修 3)"
    )
    first_reply_seconds: Seconds = Field(
        default=15, description="The first answer of a person is to come within this time… (S3 服务指标)"
    )
    first_reply_percent: Annotated[float, Field(gt=0, le=100)] = Field(
        default=80, description="…in this share of the conversations, in percent (S3 服务指标)"
    )
    idle_close_minutes: Annotated[float, Field(gt=0, le=60)] = Field(
        default=30,
        description="Silence after which a conversation with the assistant is closed; at most the 60 minutes after "
        "which Rasa forgets it (domain.yml, session_expiration_time)",
    )

    @model_validator(mode="after")
    def _warn_before_limit(self) -> Self:
        if self.agent_warning_seconds >= self.reply_limit_seconds:
            raise ValueError(
                f"agent_warning_seconds（{self.agent_warning_seconds:g}）"
                f"应小于 reply_limit_seconds（{self.reply_limit_seconds:g}）"
            )
        return self


class WorkingDays(Settings):
    """Promises counted in working days of the mainland-China calendar."""

    start_up_visit: Positive = Field(default=3, description="Technician's visit for gas start-up (S0 点火业务 7)")
    refit_visit: Positive = Field(default=3, description="Visit after a refit is paid for (S0 热水器改装 3)")
    survey_visit: Positive = Field(default=3, description="Survey before a pipe refit (S0 管道改装 3)")
    repair_visit: Positive = Field(default=3, description="Contact after a service request (S0 服务类结束语)")
    callback: Positive = Field(default=3, description="Callback on a question that stays open (S0 在线客服 6)")
    complaint: Positive = Field(default=3, description="Answer to a complaint (S0 在线客服 10; S1 投诉)")
    reading_dispute: Positive = Field(default=3, description="Hand-over of a meter-reading dispute (S1)")
    normal_order: Positive = Field(default=5, description="An order without a promise of its own (S3 办理时限 2)")
    urgent_order: Positive = Field(default=3, description="An urgent order (S3 办理时限 2)")
    simple_question: Positive = Field(default=1, description="A question with a clear rule (S3 办理时限 1)")


def _ascending(moments: tuple[time, ...]) -> tuple[time, ...]:
    if any(moment.tzinfo for moment in moments):  # what a bare number is read as
        raise ValueError("时间应写成“11:10”的样子，并加上引号")
    if list(moments) != sorted(set(moments)):
        raise ValueError("时间应从早到晚排列，不能重复")
    return moments


class Service(Settings):
    """When people answer and when orders leave. Emergencies are taken 24 hours, whatever stands here."""

    online_hours: Hours = Field(
        default=Hours(opens=time(8), closes=time(20)), description="Online agents on duty, daily (S0 系统操作 1)"
    )
    return_call_hours: Hours = Field(
        default=Hours(opens=time(8, 30), closes=time(20)),
        description="Returning a customer's call (S0 通话要求 6)",
    )
    dispatch_cutoffs: Annotated[tuple[time, ...], AfterValidator(_ascending)] = Field(
        default=(time(11, 10), time(15, 30)), description="Orders filed before each leave by it (S0 派单业务 2)"
    )
    planned_outage_notice_hours: Positive = Field(default=48, description="Notice before a planned interruption (S1)")
    emergency_outage_notice_hours: Positive = Field(default=24, description="Notice after an emergency one (S1)")


def _different(words: tuple[str, ...]) -> tuple[str, ...]:
    twice = [word for number, word in enumerate(words) if word in words[:number]]
    if twice:
        raise ValueError(f"“{twice[0]}”写了两次")
    return words


class Desk(Settings):
    """The people side."""

    agent_capacity: Positive = Field(default=10, description="Conversations one agent holds at a time")
    longest_absence_minutes: Positive = Field(default=5, description="Longest absence from the seat (S0 工作纪律 6)")
    presence_reasons: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=20)], ...], AfterValidator(_different)
    ] = Field(
        default=("接听电话", "处理工单", "请示班长", "喝水、去洗手间", "设备故障"),
        description="Why somebody is busy or away, to choose from; other words may be written",
    )
    reveal_seconds: Positive = Field(default=60, description="How long a masked field of a customer stays in sight")
    customer_tags: tuple[Annotated[str, Field(min_length=1, max_length=12)], ...] = Field(
        default=("老年用户", "行动不便", "需要电话联系", "餐饮用户", "反复报修", "多次催办"),
        description="Tags of the company for its customers; staff may add others",
    )
