"""What is done: the use cases of the rooms, and the timer table."""

from bot.channel import Channel
from bot.clock import Clock
from bot.conversation.assistant_silence import AssistantSilence
from bot.conversation.close import close_idle
from bot.conversation.emergency import EmergencyFlow
from bot.conversation.fitting import Link
from bot.conversation.handoff import Handoff
from bot.conversation.leases import ReplicaWatch
from bot.conversation.take_in import TakeIn
from bot.desk.absence import ABSENCE
from bot.desk.apology import Apology
from bot.desk.emergency_acts import EmergencyActs
from bot.desk.handover import Handover
from bot.desk.presence import SEAT
from bot.domain import events
from bot.domain.company import CompanyProfile
from bot.metrics import Metrics
from bot.parts import Casework, Core, Stores
from bot.ports import Assistant, Work
from bot.quality.draft_review import DraftReview
from bot.reactions import Reactions
from bot.sla import deadlines as kinds
from bot.sla.breaches import ReplyLimit
from bot.sla.limits import Limits
from bot.sla.prompts import WaitingPrompt
from bot.timers import Rule, Timers
from bot.wiring.conversation import build_outbox, build_talk
from bot.wiring.desk import (
    build_absences,
    build_agent_acts,
    build_lead_acts,
    build_queue,
    build_seat_acts,
    build_seats,
)


def build_core(
    stores: Stores,
    company: CompanyProfile,
    assistant: Assistant,
    clock: Clock,
    limits: Limits,
    metrics: Metrics,
    reactions: Reactions,
    channels: dict[str, Channel],
    review: DraftReview,
    casework: Casework,
    link: Link,
) -> Core:
    emergencies, handoff = EmergencyFlow(company), Handoff(company)
    handover = Handover(company, clock, limits.waiting_prompt)
    seats = build_seats(stores, company, clock, reactions)
    absences = build_absences(stores, company, clock, reactions)
    receive, turns = build_talk(stores, company, assistant, clock, limits, metrics, emergencies, handoff)
    outbox = build_outbox(stores, company, clock, channels, link)
    return Core(
        receive=receive,
        take_in=TakeIn(receive),
        turns=turns,
        outbox=outbox,
        replicas=ReplicaWatch(stores.leases, clock, take_over=outbox.deliver_left_over),
        acts=build_agent_acts(stores, company, clock, handover, review),
        emergency_acts=EmergencyActs(conversations=stores.conversations, handover=handover, company=company),
        apology=Apology(conversations=stores.conversations, company=company),
        seats=seats,
        seat_acts=build_seat_acts(stores, company, clock, reactions),
        lead_acts=build_lead_acts(stores, company, clock, reactions),
        queue=build_queue(stores, company, clock, handover),
        timers=Timers(
            stores.timers,
            clock,
            conversations=stores.conversations,
            deadlines=stores.deadlines,
            rules=timer_table(stores, company, clock, limits, emergencies, handoff),
            others={SEAT: seats.give_up, ABSENCE: absences.over, **casework.timers},
            lateness=metrics.timer_fired,
        ),
        casework=casework,
    )


def timer_table(
    stores: Stores,
    company: CompanyProfile,
    clock: Clock,
    limits: Limits,
    emergencies: EmergencyFlow,
    handoff: Handoff,
) -> dict[str, Rule]:
    """When this falls due, do that."""
    reply_limit = ReplyLimit(company, clock, limits)

    async def ask_assistant_again(work: Work) -> None:
        work.change(turn_until=clock.now() + limits.turn)
        work.emit(events.AssistantOwesAnswer(work.conversation.id))

    async def close(work: Work) -> None:
        close_idle(work, company, clock.now())

    async def sound_overdue(work: Work) -> None:
        await emergencies.sound_overdue(work, clock.now(), limits.dispatch)

    async def dispatch_anyway(work: Work) -> None:
        await emergencies.dispatch_anyway(work)

    return {
        kinds.WAITING_PROMPT: WaitingPrompt(company, stores.inbox, clock, limits.waiting_prompt),
        kinds.AGENT_WARNING: reply_limit.warn,
        kinds.AGENT_BREACH: reply_limit.break_,
        kinds.QUEUE_BREACH: reply_limit.break_in_queue,
        kinds.ASSISTANT_TURN: ask_assistant_again,
        kinds.ASSISTANT_LIMIT: AssistantSilence(inbox=stores.inbox, staff=stores.staff, handoff=handoff, clock=clock),
        kinds.DISPATCH_ALARM: sound_overdue,
        kinds.DISPATCH_ANYWAY: dispatch_anyway,
        kinds.IDLE: close,
    }
