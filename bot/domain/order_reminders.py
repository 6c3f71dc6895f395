"""By when an order must have left, when its limit is near, and by when more time may be asked for (S0 派单业务, S3).

What is asked for too late, or twice, raises OrderRefused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.company import CompanyProfile, Hours
from bot.domain.order_life import OrderRefused, waits_to_leave
from bot.domain.work_orders import OrderState, WorkOrder
from bot.domain.working_calendar import add_working_days, subtract_working_days

#: What is reminded of; each once for an order, but anew for a new limit.
LEAVES_SOON, LEFT_BEHIND, DUE_SOON, LATE = "leaves_soon", "left_behind", "due_soon", "late"


@dataclass(frozen=True)
class Leaving:
    """An order must have left by `at` and is red from `red_at` on; `why` names the rule, in Chinese."""

    at: datetime
    why: str
    red_at: datetime


def leaving(order: WorkOrder, profile: CompanyProfile) -> Leaving | None:
    """By when the order must have been passed on: the next cut-off or two hours of service, whichever is sooner.

    None for what has left, is done, or belongs to no field unit. S0 派单业务 2 (不漏单); S3 (两小时内转办).
    """
    if not waits_to_leave(order):
        return None
    zone = profile.company.zone
    created = order.created_at.astimezone(zone)
    hand_on = service_time_after(created, timedelta(hours=profile.casework.hand_on_hours), profile.service.online_hours)
    choices = [(hand_on.astimezone(UTC), f"受理后{profile.casework.hand_on_hours}小时内转办")]
    for cutoff in profile.service.dispatch_cutoffs:
        moment = created.replace(hour=cutoff.hour, minute=cutoff.minute, second=0, microsecond=0)
        moment = moment if moment > created else moment + timedelta(days=1)
        choices.append((moment.astimezone(UTC), f"{cutoff:%H:%M} 派单截止"))
    at, why = min(choices, key=lambda choice: choice[0])
    return Leaving(at, why, max(order.created_at, at - timedelta(minutes=profile.casework.warning_minutes)))


def service_time_after(start: datetime, needed: timedelta, hours: Hours) -> datetime:
    """`start` plus `needed` of daily `hours`, in its own zone; hours that pass midnight count as the whole day."""
    if hours.opens >= hours.closes:
        return start + needed
    while True:
        opens = start.replace(hour=hours.opens.hour, minute=hours.opens.minute, second=0, microsecond=0)
        closes = start.replace(hour=hours.closes.hour, minute=hours.closes.minute, second=0, microsecond=0)
        start = max(start, opens)
        if start + needed <= closes:
            return start + needed
        needed -= max(closes - start, timedelta())
        start = opens + timedelta(days=1)


def reminders(order: WorkOrder, profile: CompanyProfile) -> Iterator[tuple[str, datetime]]:
    """What is still to be reminded of, and when: a function of the order's state."""
    if order.state is OrderState.DONE:
        return
    wanted: list[tuple[str, datetime]] = []
    if leave := leaving(order, profile):
        wanted += [(LEAVES_SOON, leave.red_at), (LEFT_BEHIND, leave.at)]
    if order.due_at:
        soon = due_soon_at(order.due_at, profile)
        if soon > order.created_at:
            wanted.append((DUE_SOON, soon))
        wanted.append((LATE, order.due_at))
    yield from ((what, at) for what, at in wanted if what not in order.reminded)


def due_soon_at(due_at: datetime, profile: CompanyProfile) -> datetime:
    """The company's `reminder_days`, working days, before the limit (S3: one)."""
    return subtract_working_days(due_at, profile.casework.reminder_days, profile.company.zone)


def extension_asked(order: WorkOrder, now: datetime, days: int, reason: str, profile: CompanyProfile) -> WorkOrder:
    """More time is asked for, `days` working days beyond the limit, at the latest a day before it (S3 办理时限 3)."""
    if order.state is OrderState.DONE or order.due_at is None:
        raise OrderRefused("工单已经办完，或者没有期限，不用申请延期。")
    if order.extension_until:
        raise OrderRefused("已经申请过延期，请等班长审批。")
    if now > order.due_at:
        raise OrderRefused("工单已经超过期限，不能再申请延期。")
    latest = due_soon_at(order.due_at, profile)
    if order.created_at < latest < now:
        local = latest.astimezone(profile.company.zone)
        raise OrderRefused(f"延期应在到期前一天申请（{local.month}月{local.day}日 {local:%H:%M} 前），现在已不能申请。")
    until = add_working_days(order.due_at, days, profile.company.zone)
    return replace(order, extension_until=until, extension_reason=reason)


def extension_decided(order: WorkOrder, *, granted: bool) -> WorkOrder:
    """The lead's decision. Granted, the limit moves and is reminded of anew."""
    if order.extension_until is None:
        raise OrderRefused("这个工单没有申请延期，或者已经审批过。")
    decided = replace(order, extension_until=None, extension_reason="")
    if not granted:
        return decided
    kept = tuple(what for what in order.reminded if what not in (DUE_SOON, LATE))
    return replace(decided, due_at=order.extension_until, reminded=kept)
