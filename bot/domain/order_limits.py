"""By when a work order is to be done: the promises of the company profile, by type of order."""

from datetime import datetime, timedelta

from bot.domain.company import CompanyProfile, WorkingDays
from bot.domain.work_orders import Handling, NewOrder, OrderState, OrderType, Urgency
from bot.domain.working_calendar import add_working_days

EMERGENCIES = frozenset({OrderType.INDOOR_LEAK, OrderType.OUTDOOR_EMERGENCY})


def due_at(order: NewOrder, now: datetime, profile: CompanyProfile) -> datetime | None:
    """When the order filed at `now` is to be done; None for one that is done already or has no promise.

    Leaks: the crew on site in time (S0 泄漏报修 2). Others: working days (S0 点火, 改装, 结束语), fewer when urgent;
    what has no promise of its own but is passed on to a unit has the limit of its urgency (S3 办理时限).
    """
    if order.state is OrderState.DONE:
        return None
    if order.type in EMERGENCIES:
        return now + timedelta(minutes=profile.emergencies.arrival_minutes)
    promised = _working_days(order.type, profile.working_days)
    by_urgency = _days_of_urgency(order.urgency, profile.working_days)
    if order.urgency is not Urgency.NORMAL:
        days: int | None = min(promised or by_urgency, by_urgency)
    else:
        days = promised or (None if order.handling is Handling.BY_DESK else by_urgency)
    return add_working_days(now, days, profile.company.zone) if days else None


def _working_days(kind: OrderType, days: WorkingDays) -> int | None:
    return {
        OrderType.CONSULTATION: days.callback,
        OrderType.READING: days.reading_dispute,
        OrderType.STOVE_PROBLEM: days.repair_visit,
        OrderType.IGNITION: days.start_up_visit,
        OrderType.REFIT: days.refit_visit,
        OrderType.WATER_HEATER_REFIT: days.refit_visit,
        OrderType.DISPATCH: days.survey_visit,
        OrderType.COMPLAINT: days.complaint,
        OrderType.OTHER: days.callback,
    }.get(kind)


def _days_of_urgency(urgency: Urgency, days: WorkingDays) -> int:
    return {
        Urgency.NORMAL: days.normal_order,
        Urgency.URGENT: days.urgent_order,
        Urgency.SIMPLE: days.simple_question,
    }[urgency]
