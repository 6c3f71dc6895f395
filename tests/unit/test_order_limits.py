"""By when an order is to be done."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.order_limits import due_at
from bot.domain.work_orders import Handling, NewOrder, OrderState, OrderType, Urgency
from tests.contract.business import PROFILE, SHANGHAI

NOW = datetime(2026, 9, 29, 2, 0, tzinfo=UTC)  # Tuesday before National Day, 10:00 in Shanghai


def order(kind: OrderType, state: OrderState = OrderState.OPEN, **fields: Any) -> NewOrder:
    given = {"handling": Handling.TO_REPAIR, **fields}
    return NewOrder(conversation_id="c", type=kind, state=state, summary="", **given)


@pytest.mark.parametrize("kind", [OrderType.INDOOR_LEAK, OrderType.OUTDOOR_EMERGENCY])
def test_a_leak_is_due_when_the_crew_is_promised(kind: OrderType) -> None:
    assert due_at(order(kind), NOW, PROFILE) == NOW + timedelta(minutes=20)


@pytest.mark.parametrize(
    "kind",
    [
        OrderType.STOVE_PROBLEM,
        OrderType.IGNITION,
        OrderType.REFIT,
        OrderType.WATER_HEATER_REFIT,
        OrderType.DISPATCH,
        OrderType.COMPLAINT,
        OrderType.CONSULTATION,
    ],
)
def test_other_orders_are_due_in_three_working_days(kind: OrderType) -> None:
    assert due_at(order(kind), NOW, PROFILE) == datetime(2026, 10, 9, 10, 0, tzinfo=SHANGHAI)


def test_each_promise_is_its_own_setting() -> None:
    longer = PROFILE.working_days.model_copy(update={"complaint": 4})
    profile = PROFILE.model_copy(update={"working_days": longer})
    assert due_at(order(OrderType.COMPLAINT), NOW, profile) == datetime(2026, 10, 10, 10, 0, tzinfo=SHANGHAI)
    assert due_at(order(OrderType.DISPATCH), NOW, profile) == datetime(2026, 10, 9, 10, 0, tzinfo=SHANGHAI)


def test_what_is_done_or_only_noted_has_no_limit() -> None:
    assert due_at(order(OrderType.READING, OrderState.DONE), NOW, PROFILE) is None
    assert due_at(order(OrderType.SUGGESTION, handling=Handling.BY_DESK), NOW, PROFILE) is None


def test_the_limits_of_urgency() -> None:
    passed_on = order(OrderType.SUGGESTION)
    assert due_at(passed_on, NOW, PROFILE) == datetime(2026, 10, 12, 10, 0, tzinfo=SHANGHAI)  # five working days
    urgent = order(OrderType.SUGGESTION, urgency=Urgency.URGENT)
    assert due_at(urgent, NOW, PROFILE) == datetime(2026, 10, 9, 10, 0, tzinfo=SHANGHAI)
    simple = order(OrderType.CONSULTATION, urgency=Urgency.SIMPLE)
    assert due_at(simple, NOW, PROFILE) == datetime(2026, 9, 30, 10, 0, tzinfo=SHANGHAI)


def test_urgency_never_makes_a_promise_longer() -> None:
    shorter = PROFILE.working_days.model_copy(update={"complaint": 1})
    profile = PROFILE.model_copy(update={"working_days": shorter})
    urgent = order(OrderType.COMPLAINT, urgency=Urgency.URGENT)
    assert due_at(urgent, NOW, profile) == datetime(2026, 9, 30, 10, 0, tzinfo=SHANGHAI)
