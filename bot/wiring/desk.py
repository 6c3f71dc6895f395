"""Builds the room of the desk: who is there, who gets whom, what agents and leads do."""

from datetime import timedelta

from bot.clock import Clock
from bot.desk.absence import Absences
from bot.desk.agent_acts import AgentActs
from bot.desk.handover import Handover
from bot.desk.lead_acts import LeadActs
from bot.desk.presence import Seats
from bot.desk.queue import QueueKeeper
from bot.desk.seat_acts import SeatActs
from bot.domain.company import CompanyProfile
from bot.parts import Stores
from bot.quality.draft_review import DraftReview
from bot.reactions import Reactions


def build_seats(stores: Stores, company: CompanyProfile, clock: Clock, reactions: Reactions) -> Seats:
    return Seats(
        staff=stores.staff,
        timers=stores.timers,
        conversations=stores.conversations,
        inbox=stores.inbox,
        exclusive=stores.exclusive,
        clock=clock,
        publish=reactions.publish,
        grace=timedelta(seconds=company.staffing.seat_grace_seconds),
        absence=_longest_absence(company),
    )


def build_absences(stores: Stores, company: CompanyProfile, clock: Clock, reactions: Reactions) -> Absences:
    return Absences(
        staff=stores.staff,
        timers=stores.timers,
        log=stores.desk_log,
        clock=clock,
        publish=reactions.publish,
        limit=_longest_absence(company),
    )


def build_queue(stores: Stores, company: CompanyProfile, clock: Clock, handover: Handover) -> QueueKeeper:
    return QueueKeeper(
        conversations=stores.conversations,
        inbox=stores.inbox,
        staff=stores.staff,
        exclusive=stores.exclusive,
        handover=handover,
        clock=clock,
        groups=company.staffing.skill_groups,
    )


def build_agent_acts(
    stores: Stores, company: CompanyProfile, clock: Clock, handover: Handover, review: DraftReview
) -> AgentActs:
    return AgentActs(
        conversations=stores.conversations,
        staff=stores.staff,
        handover=handover,
        company=company,
        review=review,
        clock=clock,
    )


def build_seat_acts(stores: Stores, company: CompanyProfile, clock: Clock, reactions: Reactions) -> SeatActs:
    return SeatActs(
        staff=stores.staff,
        log=stores.desk_log,
        clock=clock,
        groups=company.staffing.group_names,
        publish=reactions.publish,
    )


def build_lead_acts(stores: Stores, company: CompanyProfile, clock: Clock, reactions: Reactions) -> LeadActs:
    return LeadActs(
        conversations=stores.conversations,
        log=stores.desk_log,
        clock=clock,
        groups=company.staffing.group_names,
        publish=reactions.publish,
    )


def _longest_absence(company: CompanyProfile) -> timedelta:
    return timedelta(minutes=company.desk.longest_absence_minutes)
