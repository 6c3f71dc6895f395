"""The life of a work order as pure transitions (S3 工单流程; S0 处理方式): what may follow what, and who keeps it.

Each returns the order after the step and raises OrderRefused when the step does not fit. The first person who acts on
an order that nobody owns yet becomes its owner, and stays so whoever works on it later (首问负责制, S1/S2).
"""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from bot.domain.work_orders import Handling, NewOrder, OrderState, OrderType, Stage, WorkOrder


class OrderRefused(Exception):
    """The order is not in a state for this; the text says why and what to do, in Chinese."""


class Unit(StrEnum):
    """Field units, by their keys in the company profile."""

    REPAIR = "repair"
    OPERATIONS = "operations"
    BRANCH = "branch"


_UNITS = {Handling.TO_REPAIR: Unit.REPAIR, Handling.TO_OPERATIONS: Unit.OPERATIONS, Handling.TO_BRANCH: Unit.BRANCH}


#: A field unit has it and owes its result.
UNDERWAY = frozenset({Stage.DISPATCHED, Stage.ON_SITE})


def unit_of(order: WorkOrder | NewOrder) -> Unit | None:
    """The unit that works on the order; None for what the desk settles. Outdoors it is always operations (S0)."""
    if order.type is OrderType.OUTDOOR_EMERGENCY:
        return Unit.OPERATIONS
    return _UNITS.get(order.handling)


def first_stage(order: NewOrder) -> Stage:
    """Where an order begins: what is settled in the talk is archived at once (电话处理 / 已完成)."""
    if order.state is OrderState.DONE:
        return Stage.ARCHIVED
    return Stage.DISPATCHED if order.dispatch_now else Stage.ACCEPTED


def waits_to_leave(order: WorkOrder) -> bool:
    """It belongs to a field unit and has not left."""
    return order.stage is Stage.ACCEPTED and order.state is OrderState.OPEN and unit_of(order) is not None


def may_be_refiled(order: WorkOrder) -> bool:
    """Type and handling may still be corrected: nobody has been sent and nothing is settled."""
    return order.stage is Stage.ACCEPTED and order.state is OrderState.OPEN


def taken_in_hand(order: WorkOrder, staff_id: str) -> WorkOrder:
    """Whoever acts first on an order of nobody owns it from then on."""
    return order if order.owner else replace(order, owner=staff_id)


def assigned(order: WorkOrder, to: str) -> WorkOrder:
    """Somebody else works on it now. The owner stays."""
    _must_be_open(order)
    return replace(order, assignee=to)


def dispatched(order: WorkOrder, at: datetime, handling: Handling | None = None) -> WorkOrder:
    """To its field unit; with `handling` to another one than so far, also when that had it already."""
    _must_be_open(order)
    chosen = replace(order, handling=handling or order.handling)
    if unit_of(chosen) is None:
        raise OrderRefused("电话处理的工单不派单，请先选择转维修、转运维或转分公司。")
    if order.stage in UNDERWAY and unit_of(chosen) is unit_of(order):
        raise OrderRefused("工单已经派出，正在处理。")
    return replace(chosen, stage=Stage.DISPATCHED, dispatched_at=at, on_site_at=None)


def on_site(order: WorkOrder, at: datetime) -> WorkOrder:
    """The field worker is there; said twice, the first time counts."""
    if order.stage is Stage.ON_SITE:
        return order
    if order.stage is not Stage.DISPATCHED:
        raise OrderRefused("工单没有派给维修人员，或者已经反馈过结果。")
    return replace(order, stage=Stage.ON_SITE, on_site_at=at)


def reported(order: WorkOrder, at: datetime, result: str, *, solved: bool) -> WorkOrder:
    """The field unit's result; solved, the order is done (S0 室外报险: 已完成 with the result)."""
    if order.stage not in UNDERWAY:
        raise OrderRefused("工单没有派给维修人员，或者已经反馈过结果。")
    return replace(
        order,
        stage=Stage.REPORTED,
        state=OrderState.DONE if solved else OrderState.OPEN,
        done_at=at if solved else None,
        reported_at=at,
        result=result,
    )


def answered(order: WorkOrder, at: datetime, text: str) -> WorkOrder:
    """The desk has told the customer how it ended; that settles it."""
    if order.stage in UNDERWAY:
        raise OrderRefused("维修人员还没有反馈结果，请先登记结果，再答复用户。")
    if order.stage is Stage.ARCHIVED:
        raise OrderRefused("工单已归档。")
    return replace(
        order,
        stage=Stage.ANSWERED,
        state=OrderState.DONE,
        done_at=order.done_at or at,
        answer=text,
        extension_until=None,
    )


def archived(order: WorkOrder) -> WorkOrder:
    if order.stage is Stage.ARCHIVED:
        return order
    if order.state is not OrderState.DONE:
        raise OrderRefused("工单还没有办完，不能归档。请先登记结果或答复用户。")
    return replace(order, stage=Stage.ARCHIVED)


def _must_be_open(order: WorkOrder) -> None:
    if order.state is OrderState.DONE:
        raise OrderRefused("工单已经办完。仍有问题时请新建工单。")
