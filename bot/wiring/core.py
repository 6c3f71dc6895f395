"""What is done: the use cases of the rooms, and the timer table."""

from datetime import timedelta

from bot.channel import Channel
from bot.clock import Clock
from bot.conversation.close import close_idle
from bot.conversation.deliver import Outbox
from bot.conversation.emergency import EmergencyFlow
from bot.conversation.fitting import FitToChannel, Link
from bot.conversation.handoff import Handoff
from bot.conversation.leases import ReplicaWatch
from bot.conversation.receive import ReceiveMessage
from bot.conversation.survey import SurveyAnswers
from bot.conversation.take_in import TakeIn
from bot.conversation.take_turn import AssistantSilence, TakeTurn
from bot.conversation.turns import Turns
from bot.conversation.undelivered import NoteUndelivered
from bot.desk.absence import ABSENCE, Absences
from bot.desk.agent_acts import AgentActs
from bot.desk.apology import Apology
from bot.desk.emergency_acts import EmergencyActs
from bot.desk.handover import Handover
from bot.desk.lead_acts import LeadActs
from bot.desk.presence import SEAT, Seats
from bot.desk.queue import QueueKeeper
from bot.desk.seat_acts import SeatActs
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
from bot.wiring.customers_linking import linking_of


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
    take_turn = TakeTurn(
        conversations=stores.conversations,
        transcripts=stores.transcripts,
        inbox=stores.inbox,
        staff=stores.staff,
        assistant=assistant,
        clock=clock,
        emergencies=emergencies,
        handoff=handoff,
        company=company,
        turn=limits.turn,
        waiting_prompt=limits.waiting_prompt,
        metrics=metrics,
    )
    handover = Handover(company, clock, limits.waiting_prompt)
    absence = timedelta(minutes=company.desk.longest_absence_minutes)
    seats = Seats(
        staff=stores.staff,
        timers=stores.timers,
        conversations=stores.conversations,
        inbox=stores.inbox,
        exclusive=stores.exclusive,
        clock=clock,
        publish=reactions.publish,
        grace=timedelta(seconds=company.staffing.seat_grace_seconds),
        absence=absence,
    )
    absences = Absences(
        staff=stores.staff,
        timers=stores.timers,
        log=stores.desk_log,
        clock=clock,
        publish=reactions.publish,
        limit=absence,
    )
    receive = ReceiveMessage(
        conversations=stores.conversations,
        clock=clock,
        emergencies=emergencies,
        at_once=(SurveyAnswers(stores.conversations, company), linking_of(stores, company, clock)),
        handoff=handoff,
        assistant=assistant,
        turn=limits.turn,
        metrics=metrics,
    )
    outbox = Outbox(
        channels,
        transcripts=stores.transcripts,
        inbox=stores.inbox,
        clock=clock,
        leases=stores.leases,
        fit=FitToChannel(link, company),
        lost=NoteUndelivered(stores.conversations),
    )
    return Core(
        receive=receive,
        take_in=TakeIn(receive),
        turns=Turns(take_turn, stores.inbox),
        outbox=outbox,
        replicas=ReplicaWatch(stores.leases, clock, take_over=outbox.deliver_left_over),
        acts=AgentActs(
            conversations=stores.conversations,
            staff=stores.staff,
            handover=handover,
            company=company,
            review=review,
            clock=clock,
        ),
        emergency_acts=EmergencyActs(conversations=stores.conversations, handover=handover, company=company),
        apology=Apology(conversations=stores.conversations, company=company),
        seats=seats,
        seat_acts=SeatActs(
            staff=stores.staff,
            log=stores.desk_log,
            clock=clock,
            groups=company.staffing.group_names,
            publish=reactions.publish,
        ),
        lead_acts=LeadActs(
            conversations=stores.conversations,
            log=stores.desk_log,
            clock=clock,
            groups=company.staffing.group_names,
            publish=reactions.publish,
        ),
        queue=QueueKeeper(
            conversations=stores.conversations,
            inbox=stores.inbox,
            staff=stores.staff,
            exclusive=stores.exclusive,
            handover=handover,
            clock=clock,
            groups=company.staffing.skill_groups,
        ),
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
        await emergencies.dispatch_anyway(work, clock.now())

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
