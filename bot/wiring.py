"""Everything is built and connected here, and nowhere else."""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import socketio
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from actions.server import build_executor
from actions.server import handle as run_action
from bot.adapters.passwords import Argon2Passwords
from bot.adapters.rasa.parser import no_opinion
from bot.adapters.redis.frames import RedisFrames
from bot.adapters.sql.back_office import SqlBackOffice
from bot.adapters.sql.board import SqlBoard
from bot.adapters.sql.casework import SqlCasework
from bot.adapters.sql.composer import SqlNotes
from bot.adapters.sql.conversations import SqlConversations
from bot.adapters.sql.credentials import SqlCredentials
from bot.adapters.sql.database import Database
from bot.adapters.sql.desk_log import SqlDeskLog
from bot.adapters.sql.exclusive import SqlExclusive
from bot.adapters.sql.inbox import SqlInbox
from bot.adapters.sql.sessions import SqlSessions
from bot.adapters.sql.staff import SqlStaff
from bot.adapters.sql.timers import SqlTimers
from bot.adapters.sql.transcripts import SqlTranscripts
from bot.casework.dispatching import Dispatching
from bot.casework_wiring import Casework, add_casework_routes, build_casework, casework_reactions, field_units
from bot.channel import Channel
from bot.channels.agent_desk import AgentDesk
from bot.channels.attachments_api import attachment_routes
from bot.channels.auth import Auth
from bot.channels.auth_routes import auth_routes
from bot.channels.desk_acts_api import conversation_routes, emergency_routes, install_refusals
from bot.channels.desk_api import reading_routes
from bot.channels.desk_summaries import Summaries
from bot.channels.errors import install_error_handlers
from bot.channels.health import health_routes
from bot.channels.knowledge_api import knowledge_routes
from bot.channels.live_board import LiveBoard
from bot.channels.pages import SecurityHeaders, page_routes
from bot.channels.rasa_actions import RasaActions
from bot.channels.request_metrics import RequestMetrics
from bot.channels.same_origin import RefuseCrossSite
from bot.channels.web_chat import CHANNEL as WEB
from bot.channels.web_chat import WebChat
from bot.clock import Clock, SystemClock
from bot.composing import add_composing_routes
from bot.conversation.close import close_idle
from bot.conversation.deliver import Outbox
from bot.conversation.emergency import EmergencyFlow
from bot.conversation.handoff import Handoff
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
from bot.desk.sign_in import SignIn
from bot.domain import events
from bot.domain.company import CompanyProfile
from bot.domain.knowledge import EMPTY, KnowledgeBase
from bot.domain.staff import Role
from bot.domain.wording import NO_WORDING, Wording
from bot.gasdesk import Core, Gasdesk, Stores
from bot.lead_wiring import add_lead_routes, lead_reactions
from bot.metrics import Metrics
from bot.ports import Assistant, Mark, Work
from bot.quality.draft_review import DraftReview
from bot.reactions import Reactions, Table
from bot.settings import ROOT, Settings
from bot.sla import deadlines as kinds
from bot.sla.breaches import ReplyLimit
from bot.sla.deadlines import deadlines
from bot.sla.limits import Limits
from bot.sla.prompts import WaitingPrompt
from bot.timers import Rule, Timers
from bot.training.recorder import Parser
from bot.training.runs import TrainingProcess
from bot.training_parts import Training, build_training, training_routes
from bot.wiring_telegram import add_telegram
from bot.wiring_wechat import add_wechat


def new_id() -> str:
    return str(uuid.uuid4())


def build(
    settings: Settings,
    company: CompanyProfile,
    *,
    assistant: Assistant,
    knowledge: KnowledgeBase = EMPTY,
    wording: Wording = NO_WORDING,
    clock: Clock | None = None,
    more_channels: Sequence[Channel] = (),
    parse: Parser = no_opinion,
    training_process: TrainingProcess | None = None,
) -> Gasdesk:
    """Connect the parts. Nothing is opened or started yet. `parse` asks the live model about a sentence.

    `training_process`: where a model is trained; on this computer unless told.
    """
    clock = clock or SystemClock()
    limits = Limits.of(company.sla)
    metrics, reactions = Metrics(), Reactions()
    units = field_units(settings)
    dispatching = Dispatching(company, units, public_url=settings.own_url, new_id=new_id)

    def timer_set(moment: datetime) -> None:
        core.timers.set(moment)

    stores = _stores(settings, company, clock, limits, reactions, timer_set, dispatching)
    channels = {channel.name: channel for channel in more_channels}
    casework = build_casework(
        database=stores.database,
        casework=stores.casework,
        conversations=stores.conversations,
        transcripts=stores.transcripts,
        timers=stores.timers,
        staff=stores.staff,
        units=units,
        dispatching=dispatching,
        company=company,
        clock=clock,
        new_id=new_id,
        reactions=reactions,
        timer_set=timer_set,
    )
    review = DraftReview(wording, company, transcripts=stores.transcripts, back_office=stores.back_office)
    core = _core(stores, company, assistant, clock, limits, metrics, reactions, channels, review, casework)
    # Live frames go through Redis when several replicas share the work.
    frames = RedisFrames(settings.redis_url) if settings.redis_url else None
    server = _socket_server(frames)
    auth = Auth(sessions=stores.sessions, staff=stores.staff, clock=clock)
    shared = settings.redis_url is not None
    desk = AgentDesk(
        server,
        authenticate=auth.authenticate_socket,
        staff=stores.staff,
        inbox=stores.inbox,
        transcripts=stores.transcripts,
        summaries=stores.summaries,
        deadlines=stores.deadlines,
        channels=channels,
        arrived=core.seats.connected,
        still_here=core.seats.still_connected,
        left=core.seats.lost,
        shared=shared,
    )
    web_chat = WebChat(
        server,
        receive=core.receive,
        transcripts=stores.transcripts,
        inbox=stores.inbox,
        assistant=assistant,
        clock=clock,
        new_id=new_id,
        mark=core.outbox.marks,
        write_marks=core.outbox.marks.flush,
        typing_to_desk=desk.customer_types,
        shared=shared,
    )
    channels[WEB] = web_chat
    core.outbox.marks.marked = _shown_and_counted(desk, metrics)
    training = build_training(
        settings,
        stores.database,
        transcripts=stores.transcripts,
        parse=parse,
        exclusive=stores.exclusive,
        clock=clock,
        new_id=new_id,
        process=training_process,
    )
    board = LiveBoard(server, figures=stores.board, clock=clock, zone=company.company.zone, sla=company.sla)
    table = _reaction_table(web_chat, desk, board, core, metrics, training)
    more = {**lead_reactions(server, stores.staff), **casework_reactions(server, company, clock)}
    reactions.use({**table, **more})
    api = FastAPI(title="gasdesk", docs_url=None, redoc_url=None)
    executor = build_executor(
        back_office=stores.back_office, casework=stores.casework, company=company, clock=clock, knowledge=knowledge
    )
    pages = RequestMetrics(SecurityHeaders(GZipMiddleware(RefuseCrossSite(api))), metrics.request_served)
    gasdesk = Gasdesk(
        app=socketio.ASGIApp(server, RasaActions(pages, partial(run_action, executor), settings.action_key)),
        api=api,
        clock=clock,
        assistant=assistant,
        stores=stores,
        core=core,
        reactions=reactions,
        metrics=metrics,
        desk=desk,
        board=board,
        frames=frames,
        training=training,
    )
    _add_routes(api, gasdesk, auth, company, knowledge)
    api.include_router(
        attachment_routes(
            reading=auth.requires(Role.AGENT, Role.LEAD, Role.INSPECTOR),
            transcripts=stores.transcripts,
            channels=channels,
        )
    )
    add_composing_routes(api, gasdesk, auth, company, wording, review, new_id)
    if settings.telegram:
        add_telegram(settings.telegram, gasdesk, company, channels, settings.public_url)
    if settings.wechat:
        add_wechat(settings.wechat, gasdesk, company, channels)
    return gasdesk


def _stores(
    settings: Settings,
    company: CompanyProfile,
    clock: Clock,
    limits: Limits,
    reactions: Reactions,
    timer_set: Callable[..., None],
    dispatching: Dispatching,
) -> Stores:
    database = Database.connect(settings.database)
    inbox, transcripts = SqlInbox(database), SqlTranscripts(database)
    casework = SqlCasework(database, clock, company, dispatching.beside)
    due = partial(deadlines, limits=limits)
    return Stores(
        database=database,
        conversations=SqlConversations(
            database,
            clock=clock,
            new_id=new_id,
            deadlines=due,
            publish=reactions.publish,
            timer_set=timer_set,
            casework=casework,
        ),
        deadlines=due,
        inbox=inbox,
        transcripts=transcripts,
        summaries=Summaries(
            inbox=inbox,
            transcripts=transcripts,
            deadlines=due,
            clock=clock,
            groups=company.staffing.skill_groups,
        ),
        staff=SqlStaff(database),
        desk_log=SqlDeskLog(database),
        board=SqlBoard(database, timedelta(seconds=company.sla.first_reply_seconds), limits.reply),
        notes=SqlNotes(database),
        sessions=SqlSessions(database),
        casework=casework,
        back_office=SqlBackOffice(database, clock, company.company.zone),
        timers=SqlTimers(database),
        exclusive=SqlExclusive(database),
    )


def _core(
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
        surveys=SurveyAnswers(stores.conversations, company),
        handoff=handoff,
        assistant=assistant,
        turn=limits.turn,
        metrics=metrics,
    )
    return Core(
        receive=receive,
        take_in=TakeIn(receive),
        turns=Turns(take_turn, stores.inbox),
        outbox=Outbox(
            channels,
            transcripts=stores.transcripts,
            inbox=stores.inbox,
            clock=clock,
            lost=NoteUndelivered(stores.conversations),
        ),
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
            rules=_timer_table(stores, company, clock, limits, emergencies, handoff),
            others={SEAT: seats.give_up, ABSENCE: absences.over, **casework.timers},
            lateness=metrics.timer_fired,
        ),
        casework=casework,
    )


def _timer_table(
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


def _reaction_table(
    web_chat: WebChat, desk: AgentDesk, board: LiveBoard, core: Core, metrics: Metrics, training: Training
) -> Table:
    """When this happens, do that."""
    return {
        events.MessagePosted: [core.outbox.deliver, web_chat.echo, desk.show_message, metrics.count_message],
        events.ConversationChanged: [desk.show_conversation, desk.show_loads, web_chat.show_status, board.changed],
        events.AssistantOwesAnswer: [lambda event: core.turns.start(event.conversation_id)],
        events.AssistantReady: [lambda _: core.turns.start_owed(), web_chat.assistant_is_ready],
        events.QueueChanged: [lambda _: core.queue.wake()],
        events.AssistantUnderstood: [training.recorder.understood],
        events.EmergencyRaised: [desk.alarm, training.recorder.emergency],
        events.NoteWritten: [desk.show_note],
        events.EmergencyUndispatched: [desk.alarm],
        events.EmergencyAccepted: [desk.alarm_over],
        events.AgentWarned: [desk.warn],
        events.PromiseBroken: [desk.show_breach, metrics.count_breach, board.changed],
        events.MovedAfterBreach: [desk.show_move],
        events.StaffChanged: [desk.show_staff],
        events.StayedAway: [desk.show_absence, board.changed],
    }


def _add_routes(api: FastAPI, gasdesk: Gasdesk, auth: Auth, company: CompanyProfile, knowledge: KnowledgeBase) -> None:
    stores, core, clock = gasdesk.stores, gasdesk.core, gasdesk.clock
    serving = auth.requires(Role.AGENT, Role.LEAD)
    sign_in = SignIn(
        credentials=SqlCredentials(stores.database),
        passwords=Argon2Passwords(),
        sessions=stores.sessions,
        clock=clock,
    )
    install_error_handlers(api)
    install_refusals(api)
    api.include_router(auth_routes(auth=auth, sign_in=sign_in, sessions=stores.sessions, clock=clock))
    api.include_router(
        reading_routes(
            reading=auth.requires(Role.AGENT, Role.LEAD, Role.INSPECTOR),
            colleague=auth.current_staff,
            leading=auth.requires(Role.LEAD, Role.INSPECTOR),
            summaries=stores.summaries,
            staff=stores.staff,
            inbox=stores.inbox,
            transcripts=stores.transcripts,
            casework=stores.casework,
            notes=stores.notes,
            clock=clock,
            watched=core.lead_acts.watched,
        )
    )
    api.include_router(
        conversation_routes(serving=serving, acts=core.acts, seats=core.seats, summaries=stores.summaries)
    )
    add_lead_routes(api, gasdesk, auth, company)
    api.include_router(
        knowledge_routes(
            reading=auth.requires(Role.AGENT, Role.LEAD, Role.INSPECTOR, Role.ADMIN), knowledge=knowledge, clock=clock
        )
    )
    api.include_router(emergency_routes(serving=serving, acts=core.emergency_acts, summaries=stores.summaries))
    for router in training_routes(api, gasdesk.training, auth.requires(Role.ADMIN)):
        api.include_router(router)
    add_casework_routes(api, auth, core.casework, stores.transcripts, company, clock)
    api.include_router(health_routes(gasdesk.metrics, gasdesk.refresh_metrics, gasdesk.readiness))
    page_routes(api, ROOT / "web", company, auth.requires(Role.ADMIN, Role.LEAD), gasdesk.status)


def _shown_and_counted(desk: AgentDesk, metrics: Metrics) -> Callable[[Sequence[Mark]], None]:
    """What happens when delivery states were written; the desks are told in the background."""
    background: set[asyncio.Task[None]] = set()

    def marked(marks: Sequence[Mark]) -> None:
        for mark in marks:
            metrics.delivery_became(mark.contact_id.partition(":")[0], mark.delivery.value)
        task = asyncio.create_task(desk.show_deliveries(marks))
        background.add(task)
        task.add_done_callback(background.discard)

    return marked


def _socket_server(frames: RedisFrames | None) -> socketio.AsyncServer:
    return socketio.AsyncServer(
        async_mode="asgi",
        client_manager=frames,
        namespaces=["/", "/desk"],
        max_http_buffer_size=256 * 1024,
        # The frames of one page are dealt with one after the other: what was written first is stored first.
        async_handlers=False,
    )
