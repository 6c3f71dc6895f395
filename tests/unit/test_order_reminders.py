"""By when an order must have left, when it is reminded of, and by when more time may be asked for."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from bot.domain.company import Hours
from bot.domain.order_life import OrderRefused, dispatched, reported
from bot.domain.order_reminders import (
    DUE_SOON,
    LATE,
    LEAVES_SOON,
    LEFT_BEHIND,
    due_soon_at,
    extension_asked,
    extension_decided,
    leaving,
    reminders,
    service_time_after,
)
from bot.domain.work_orders import Handling, OrderType, WorkOrder
from tests.contract.business import PROFILE, SHANGHAI
from tests.unit.test_order_life import ORDER


def at(hour: int, minute: int = 0, day: int = 5) -> datetime:
    """In January 2026, in Shanghai; the 5th is a working Monday."""
    return datetime(2026, 1, day, hour, minute, tzinfo=SHANGHAI)


def filed(created: datetime, due: datetime | None = None) -> WorkOrder:
    return replace(ORDER, created_at=created, due_at=due)


@pytest.mark.parametrize(
    ("created", "leaves", "why"),
    [
        (at(10), at(11, 10), "11:10 派单截止"),
        (at(9), at(11), "受理后2小时内转办"),
        (at(11, 9), at(11, 10), "11:10 派单截止"),
        (at(11, 10), at(13, 10), "受理后2小时内转办"),
        (at(14), at(15, 30), "15:30 派单截止"),
        (at(16), at(18), "受理后2小时内转办"),
        (at(19, 30), at(9, 30, day=6), "受理后2小时内转办"),  # 30 minutes tonight, 90 from 8:00
        (at(23), at(10, day=6), "受理后2小时内转办"),
        (at(3), at(10), "受理后2小时内转办"),
    ],
)
def test_what_must_leave_by_when(created: datetime, leaves: datetime, why: str) -> None:
    found = leaving(filed(created), PROFILE)
    assert found is not None
    assert (found.at, found.why) == (leaves, why)


def test_what_has_left_or_needs_no_unit_must_not_leave() -> None:
    assert leaving(dispatched(filed(at(10)), at(10, 5)), PROFILE) is None
    assert leaving(replace(filed(at(10)), handling=Handling.BY_DESK), PROFILE) is None
    outdoors = replace(filed(at(10)), handling=Handling.BY_DESK, type=OrderType.OUTDOOR_EMERGENCY)
    assert leaving(outdoors, PROFILE) is not None


def test_hours_round_the_clock_are_not_interrupted() -> None:
    whole_day = Hours(opens=time(0), closes=time(0))
    assert service_time_after(at(23), timedelta(hours=2), whole_day) == at(1, day=6)


def test_the_reminders_of_an_order_that_waits() -> None:
    order = filed(at(10), due=at(10, day=8))
    assert dict(reminders(order, PROFILE)) == {
        LEAVES_SOON: at(10, 50),
        LEFT_BEHIND: at(11, 10),
        DUE_SOON: at(10, day=7),
        LATE: at(10, day=8),
    }


def test_what_is_red_before_it_must_leave_is_a_setting() -> None:
    longer = PROFILE.casework.model_copy(update={"warning_minutes": 45})
    profile = PROFILE.model_copy(update={"casework": longer})
    found = leaving(filed(at(10)), profile)
    assert found is not None
    assert found.red_at == at(10, 25)


def test_one_filed_just_before_the_cutoff_is_shown_red_at_once() -> None:
    assert dict(reminders(filed(at(11, 5)), PROFILE))[LEAVES_SOON] == at(11, 5)


def test_each_reminder_comes_once_and_none_when_it_is_done() -> None:
    order = replace(filed(at(10), due=at(10, day=8)), reminded=(LEAVES_SOON, DUE_SOON))
    assert [what for what, _ in reminders(order, PROFILE)] == [LEFT_BEHIND, LATE]
    sent = dispatched(order, at(11))
    assert [what for what, _ in reminders(sent, PROFILE)] == [LATE]
    assert list(reminders(reported(sent, at(12), "好了", solved=True), PROFILE)) == []


def test_a_limit_of_minutes_has_no_reminder_the_day_before() -> None:
    leak = dispatched(filed(at(10), due=at(10, 20)), at(10))
    assert [what for what, _ in reminders(leak, PROFILE)] == [LATE]


def test_the_day_before_is_a_working_day() -> None:
    assert due_soon_at(at(10, day=5), PROFILE) == at(10, day=4)  # Sunday the 4th made up for New Year
    assert due_soon_at(at(10, day=12), PROFILE) == at(10, day=9)


def test_more_time_is_asked_for_a_day_before_at_the_latest() -> None:
    order = replace(filed(at(10), due=at(10, day=8)), reminded=(DUE_SOON,))
    asked = extension_asked(order, at(10, day=7), 2, "等配件", PROFILE)
    assert (asked.extension_until, asked.due_at) == (at(10, day=12), order.due_at)
    with pytest.raises(OrderRefused, match="1月7日 10:00 前"):
        extension_asked(order, at(10, 1, day=7), 2, "等配件", PROFILE)
    with pytest.raises(OrderRefused, match="超过期限"):
        extension_asked(order, at(10, 1, day=8), 2, "等配件", PROFILE)
    with pytest.raises(OrderRefused, match="已经申请"):
        extension_asked(asked, at(9, day=7), 2, "等配件", PROFILE)
    with pytest.raises(OrderRefused, match="没有期限"):
        extension_asked(filed(at(10)), at(10), 2, "等配件", PROFILE)


def test_a_limit_of_one_day_may_be_extended_until_it_ends() -> None:
    order = filed(at(10), due=at(10, day=6))
    assert extension_asked(order, at(9, day=6), 1, "待核实", PROFILE).extension_until == at(10, day=7)


def test_a_granted_extension_moves_the_limit_and_is_reminded_of_anew() -> None:
    order = replace(filed(at(10), due=at(10, day=8)), reminded=(LEFT_BEHIND, DUE_SOON))
    asked = extension_asked(order, at(9, day=7), 2, "等配件", PROFILE)
    granted = extension_decided(asked, granted=True)
    assert (granted.due_at, granted.extension_until, granted.reminded) == (at(10, day=12), None, (LEFT_BEHIND,))
    refused = extension_decided(asked, granted=False)
    assert (refused.due_at, refused.extension_until, refused.reminded) == (order.due_at, None, order.reminded)
    with pytest.raises(OrderRefused):
        extension_decided(refused, granted=True)
