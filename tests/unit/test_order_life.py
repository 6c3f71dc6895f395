"""The life of a work order: what may follow what, and who keeps it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import order_life as life
from bot.domain.order_life import OrderRefused, Unit
from bot.domain.work_orders import Handling, NewOrder, OrderState, OrderType, Stage, WorkOrder
from bot.testing import START

LATER = START + timedelta(hours=1)
ORDER = WorkOrder(
    number="20260105-0001",
    conversation_id="c1",
    type=OrderType.STOVE_PROBLEM,
    handling=Handling.TO_REPAIR,
    state=OrderState.OPEN,
    summary="打不着火",
    created_at=START,
)
SENT = life.dispatched(ORDER, START)
DONE = life.reported(SENT, LATER, "换了电池", solved=True)


def test_a_way_from_filing_to_the_archive() -> None:
    assert life.waits_to_leave(ORDER)
    assert (SENT.stage, SENT.dispatched_at, life.waits_to_leave(SENT)) == (Stage.DISPATCHED, START, False)
    there = life.on_site(SENT, LATER)
    assert (there.stage, there.on_site_at) == (Stage.ON_SITE, LATER)
    solved = life.reported(there, LATER, "换了电池", solved=True)
    assert (solved.stage, solved.state, solved.done_at, solved.result) == (
        Stage.REPORTED,
        OrderState.DONE,
        LATER,
        "换了电池",
    )
    told = life.answered(solved, LATER + timedelta(hours=1), "已修好")
    assert (told.stage, told.answer, told.done_at) == (Stage.ANSWERED, "已修好", LATER)
    assert life.archived(told).stage is Stage.ARCHIVED


def test_a_result_that_solves_nothing_leaves_the_order_open_and_it_may_leave_again() -> None:
    unsolved = life.reported(SENT, LATER, "缺配件", solved=False)
    assert (unsolved.state, unsolved.done_at, unsolved.stage) == (OrderState.OPEN, None, Stage.REPORTED)
    again = life.dispatched(unsolved, LATER)
    assert (again.stage, again.dispatched_at) == (Stage.DISPATCHED, LATER)


def test_another_unit_may_get_what_is_under_way_the_same_one_not_twice() -> None:
    with pytest.raises(OrderRefused, match="已经派出"):
        life.dispatched(SENT, LATER)
    moved = life.dispatched(life.on_site(SENT, LATER), LATER, Handling.TO_BRANCH)
    assert (life.unit_of(moved), moved.stage, moved.on_site_at) == (Unit.BRANCH, Stage.DISPATCHED, None)


@pytest.mark.parametrize(
    "refused",
    [
        lambda: life.dispatched(replace(ORDER, handling=Handling.BY_DESK), START),
        lambda: life.dispatched(DONE, LATER),
        lambda: life.assigned(DONE, "102"),
        lambda: life.on_site(ORDER, LATER),
        lambda: life.on_site(DONE, LATER),
        lambda: life.reported(ORDER, LATER, "x", solved=True),
        lambda: life.reported(DONE, LATER, "x", solved=True),
        lambda: life.answered(SENT, LATER, "x"),
        lambda: life.answered(life.archived(DONE), LATER, "x"),
        lambda: life.archived(ORDER),
        lambda: life.archived(SENT),
    ],
)
def test_what_does_not_fit_is_refused(refused: Callable[[], object]) -> None:
    with pytest.raises(OrderRefused):
        refused()


def test_said_twice_the_arrival_is_the_first() -> None:
    there = life.on_site(SENT, LATER)
    assert life.on_site(there, LATER + timedelta(hours=1)) == there


def test_the_first_responsible_person_stays_the_owner() -> None:
    taken = life.taken_in_hand(ORDER, "101")
    assert taken.owner == "101"
    assert life.taken_in_hand(taken, "102") == taken
    moved = life.assigned(taken, "102")
    assert (moved.owner, moved.assignee) == ("101", "102")


@pytest.mark.parametrize(
    ("kind", "handling", "unit"),
    [
        (OrderType.STOVE_PROBLEM, Handling.TO_REPAIR, Unit.REPAIR),
        (OrderType.INDOOR_LEAK, Handling.TO_OPERATIONS, Unit.OPERATIONS),
        (OrderType.WATER_HEATER_REFIT, Handling.TO_BRANCH, Unit.BRANCH),
        (OrderType.OUTDOOR_EMERGENCY, Handling.BY_DESK, Unit.OPERATIONS),
        (OrderType.CONSULTATION, Handling.BY_DESK, None),
    ],
)
def test_whose_order_it_is(kind: OrderType, handling: Handling, unit: Unit | None) -> None:
    assert life.unit_of(replace(ORDER, type=kind, handling=handling)) is unit


def test_where_an_order_begins() -> None:
    new = NewOrder(
        conversation_id="c",
        type=OrderType.READING,
        handling=Handling.BY_DESK,
        state=OrderState.DONE,
        summary="",
    )
    assert life.first_stage(new) is Stage.ARCHIVED
    still_open = replace(new, state=OrderState.OPEN)
    assert life.first_stage(still_open) is Stage.ACCEPTED
    assert life.first_stage(replace(still_open, dispatch_now=True)) is Stage.DISPATCHED
