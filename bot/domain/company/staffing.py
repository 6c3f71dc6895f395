"""Who works at the desk and how: seats and skill groups."""

from datetime import time
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.domain.company.base import Hours, Settings, Text

GroupName = Annotated[str, Field(min_length=1, max_length=20)]


class SkillGroup(Settings):
    """技能组: agents who know one kind of business best."""

    name: GroupName = Field(description="Name of the group, as staff see it")
    intents: tuple[Text, ...] = Field(default=(), description="Intents whose conversations it gets first")
    emergencies: bool = Field(default=False, description="Whether it gets emergencies first, whatever was said")


class Shift(Settings):
    """班次."""

    name: GroupName = Field(description="Name of the shift")
    hours: Hours = Field(description="When it works, local time")


class Staffing(Settings):
    """Seats, skill groups and shifts. Which agent belongs to which group is kept with the agent's account."""

    seat_grace_seconds: Annotated[float, Field(ge=40, le=600)] = Field(
        default=45,
        description="How long a lost connection keeps the seat and its conversations; an open page gives a sign of "
        "life every 30 seconds",
    )
    skill_groups: tuple[SkillGroup, ...] = Field(
        default=(
            SkillGroup(
                name="抢险",
                intents=("report_leak", "report_co_poisoning", "report_fire", "ask_leak_safety"),
                emergencies=True,
            ),
            SkillGroup(
                name="账单",
                intents=(
                    "ask_gas_price",
                    "pay_bill",
                    "query_balance",
                    "ask_late_fee",
                    "report_meter_reading",
                    "ask_reading_methods",
                    "dispute_bill",
                    "ask_invoice",
                    "ask_gas_coupon",
                ),
            ),
            SkillGroup(
                name="报装",
                intents=(
                    "ask_startup_requirements",
                    "ask_supply_coverage",
                    "open_account",
                    "ask_opening_fee",
                    "transfer_ownership",
                    "ask_water_heater_conversion",
                    "ask_pipe_modification",
                ),
            ),
        ),
        description="Groups of agents; a conversation goes to its group first, then to anybody",
    )

    shifts: Annotated[tuple[Shift, ...], Field(min_length=1)] = Field(
        default=(
            Shift(name="早班", hours=Hours(opens=time(8), closes=time(14))),
            Shift(name="晚班", hours=Hours(opens=time(14), closes=time(20))),
        ),
        description="Shifts of a day, in order; each hands over to the next (S0 工作纪律 1, S4)",
    )

    @model_validator(mode="after")
    def _shifts_named_once(self) -> Self:
        if len(set(self.shift_names)) < len(self.shifts):
            raise ValueError("班次名称重复")
        return self

    @model_validator(mode="after")
    def _each_named_once(self) -> Self:
        names = [group.name for group in self.skill_groups]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"技能组名称重复：{'、'.join(twice)}")
        if unusable := {"queue", "assistant"} & set(names):
            raise ValueError(f"技能组不能叫 {unusable.pop()}，请换个名称")
        return self

    @property
    def shift_names(self) -> tuple[str, ...]:
        return tuple(shift.name for shift in self.shifts)

    @property
    def group_names(self) -> tuple[str, ...]:
        return tuple(group.name for group in self.skill_groups)
