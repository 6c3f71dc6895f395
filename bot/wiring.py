"""Everything is built and connected here, and nowhere else."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import socketio
from fastapi import FastAPI

from actions.server import build_executor
from actions.server import handle as run_action
from bot import timers as timer_service
from bot.adapters.passwords import Argon2Passwords
from bot.adapters.sql.back_office import SqlBackOffice
from bot.adapters.sql.casework import SqlCasework
from bot.adapters.sql.conversations import SqlConversations
from bot.adapters.sql.credentials import SqlCredentials
from bot.adapters.sql.database import Database
from bot.adapters.sql.exclusive import SqlExclusive
from bot.adapters.sql.inbox import SqlInbox
from bot.adapters.sql.sessions import SqlSessions
from bot.adapters.sql.staff import SqlStaff
from bot.adapters.sql.timers import SqlTimers
from bot.adapters.sql.transcripts import SqlTranscripts
from bot.channels.agent_desk import AgentDesk
from bot.channels.auth import Auth
from bot.channels.auth_routes import auth_routes
from bot.channels.desk_api import desk_routes, install_refusals
from bot.channels.errors import install_error_handlers
from bot.channels.health import health_routes
from bot.channels.pages import SecurityHeaders, page_routes
from bot.channels.rasa_actions import action_routes
from bot.channels.request_metrics import RequestMetrics
from bot.channels.same_origin import RefuseCrossSite
from bot.channels.web_chat import CHANNEL as WEB
from bot.channels.web_chat import WebChat
from bot.clock import Clock, SystemClock
from bot.conversation.close import close_idle
from bot.conversation.deliver import Outbox
from bot.conversation.emergency import EmergencyFlow
from bot.conversation.handoff import Handoff
from bot.conversation.receive import ReceiveMessage
from bot.conversation.take_turn import AssistantSilence, TakeTurn
from bot.conversation.turns import Turns
from bot.desk.agent_acts import AgentActs
from bot.desk.handover import Handover
from bot.desk.presence import SEAT, Seats
from bot.desk.queue import QueueKeeper
from bot.desk.sign_in import SignIn
from bot.domain import events
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Delivery, Owner
from bot.domain.staff import Role
from bot.metrics import Metrics
from bot.ports import Assistant, Channel, Mark, Work
from bot.reactions import Reactions, Table
from bot.settings import ROOT, Settings
from bot.sla import deadlines as kinds
from bot.sla.breaches import ReplyLimit
from bot.sla.deadlines import deadlines
from bot.sla.limits import Limits
from bot.sla.prompts import WaitingPrompt

#: How long `/readyz` waits for the assistant's first start before customers are let in without it.
PATIENCE = timedelta(seconds=60)


def new_id() -> str:
    return str(uuid.uuid4())


@dataclass
class Gasdesk:
    """The running whole. `app` is what the web server serves; the rest is for the command line and the tests."""

    app: socketio.ASGIApp
    api: FastAPI
    clock: Clock
    database: Database
    assistant: Assistant
    receive: ReceiveMessage
    acts: AgentActs
    seats: Seats
    staff: SqlStaff
    inbox: SqlInbox
    transcripts: SqlTranscripts
    conversations: SqlConversations
    casework: SqlCasework
    timers: timer_service.Timers
    timer_store: SqlTimers
    queue: QueueKeeper
    turns: Turns
    outbox: Outbox
    reactions: Reactions
    metrics: Metrics
    started_at: datetime
    assistant_was_up: bool = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Take up what an earlier run left; keep the clock, the queue and the outbox going until the end."""
        await self.outbox.deliver_left_over()
        await self.turns.start_owed()
        loops = [
            asyncio.create_task(loop(), name=name)
            for name, loop in (("timers", self.timers.run), ("queue", self.queue.run), ("outbox", self.outbox.run))
        ]
        try:
            yield
        finally:
            for task in loops:
                task.cancel()
            await asyncio.gather(*loops, return_exceptions=True)
            await self.turns.close()
            with suppress(Exception):
                await self.outbox.close()
            await self.database.close()

    def assistant_is_ready(self) -> None:
        """The assistant can answer (again): everything that waited for it is taken up."""
        self.assistant_was_up = True
        self.reactions.publish([events.AssistantReady()])

    async def settle(self) -> None:
        """Do all there is to do at this moment; for tests with a clock that stands still."""
        while True:
            await self.reactions.settle()
            await self.turns.settle()
            fired = await self.timers.fire_due()
            await self.queue.work()
            await self.outbox.flush()
            if not fired and self.reactions.idle and self.turns.idle:
                return

    async def readiness(self) -> dict[str, Any]:
        try:
            await self.database.ping()
            database = "ok"
        except Exception as problem:
            database = f"failed: {type(problem).__name__}"
        if self.assistant.ready:
            self.assistant_was_up = True
        waited = self.clock.now() - self.started_at
        return {
            "ready": database == "ok" and (self.assistant_was_up or waited > PATIENCE),
            "database": database,
            "assistant": "ready" if self.assistant.ready else "starting",
        }

    async def refresh_metrics(self) -> None:
        waiting = [c for c in await self.inbox.waiting() if c.owner is Owner.QUEUE and not c.offline]
        since = min((c.waiting_since for c in waiting if c.waiting_since), default=None)
        age = (self.clock.now() - since).total_seconds() if since else 0.0
        self.metrics.queue_is(len(waiting), age)
        self.metrics.timers_are_armed(await self.timer_store.armed())
        self.metrics.assistant_is_up(self.assistant.ready)


def build(
    settings: Settings,
    company: CompanyProfile,
    *,
    assistant: Assistant,
    clock: Clock | None = None,
    more_channels: Sequence[Channel] = (),
    ids: Callable[[], str] = new_id,
) -> Gasdesk:
    """Connect the parts. Nothing is opened or started yet."""
    clock = clock or SystemClock()
    limits = Limits.of(company.sla)
    due = partial(deadlines, limits=limits)
    metrics, reactions = Metrics(), Reactions()
    zone = company.company.zone

    database = Database.connect(settings.database)
    inbox, transcripts, staff = SqlInbox(database), SqlTranscripts(database), SqlStaff(database)
    casework = SqlCasework(database, clock, company)
    timer_store, exclusive = SqlTimers(database), SqlExclusive(database)
    conversations = SqlConversations(
        database,
        clock=clock,
        new_id=ids,
        deadlines=due,
        publish=reactions.publish,
        timer_set=lambda moment: timers.set(moment),
        casework=casework,
    )

    emergencies, handoff = EmergencyFlow(company), Handoff(company)
    receive = ReceiveMessage(
        conversations=conversations, clock=clock, emergencies=emergencies, handoff=handoff, turn=limits.turn
    )
    take_turn = TakeTurn(
        conversations=conversations,
        transcripts=transcripts,
        inbox=inbox,
        staff=staff,
        assistant=assistant,
        clock=clock,
        emergencies=emergencies,
        handoff=handoff,
        company=company,
        turn=limits.turn,
    )
    turns = Turns(take_turn, inbox)
    handover = Handover(company, clock, limits.waiting_prompt)
    queue = QueueKeeper(
        conversations=conversations, inbox=inbox, staff=staff, exclusive=exclusive, handover=handover, clock=clock
    )
    acts = AgentActs(conversations=conversations, staff=staff, handover=handover, company=company, clock=clock)
    seats = Seats(
        staff=staff,
        timers=timer_store,
        conversations=conversations,
        inbox=inbox,
        clock=clock,
        publish=reactions.publish,
    )
    prompt = WaitingPrompt(company, inbox, clock, limits.waiting_prompt)
    reply_limit = ReplyLimit(company, clock, limits)
    silence = AssistantSilence(inbox=inbox, staff=staff, handoff=handoff, clock=clock)

    async def ask_again(work: Work) -> None:
        work.change(turn_until=clock.now() + limits.turn)
        work.emit(events.AssistantOwesAnswer(work.conversation.id))

    async def close_silent(work: Work) -> None:
        close_idle(work, company, clock.now())

    async def sound_overdue(work: Work) -> None:
        await emergencies.sound_overdue(work, clock.now(), limits.dispatch)

    async def dispatch_anyway(work: Work) -> None:
        await emergencies.dispatch_anyway(work, clock.now())

    timers = timer_service.Timers(
        timer_store,
        clock,
        conversations=conversations,
        deadlines=due,
        rules={
            kinds.WAITING_PROMPT: prompt,
            kinds.AGENT_WARNING: reply_limit.warn,
            kinds.AGENT_BREACH: reply_limit.break_,
            kinds.QUEUE_BREACH: reply_limit.break_in_queue,
            kinds.ASSISTANT_TURN: ask_again,
            kinds.ASSISTANT_LIMIT: silence,
            kinds.DISPATCH_ALARM: sound_overdue,
            kinds.DISPATCH_ANYWAY: dispatch_anyway,
            kinds.IDLE: close_silent,
        },
        others={SEAT: seats.give_up},
        lateness=metrics.timer_fired,
    )

    server = _socket_server(settings)
    shared = settings.redis_url is not None
    channels: dict[str, Channel] = {channel.name: channel for channel in more_channels}
    outbox = Outbox(
        channels,
        transcripts=transcripts,
        inbox=inbox,
        clock=clock,
        marked=lambda marks: _show_deliveries(marks),
    )
    auth = Auth(sessions=(sessions := SqlSessions(database)), staff=staff, clock=clock)
    desk = AgentDesk(
        server,
        authenticate=auth.authenticate_socket,
        staff=staff,
        inbox=inbox,
        transcripts=transcripts,
        deadlines=due,
        channels=channels,
        clock=clock,
        arrived=seats.connected,
        left=seats.lost,
        shared=shared,
    )
    web_chat = WebChat(
        server,
        receive=receive,
        transcripts=transcripts,
        inbox=inbox,
        assistant=assistant,
        clock=clock,
        new_id=ids,
        mark=outbox.mark,
        typing_to_desk=desk.customer_types,
        shared=shared,
    )
    channels[WEB] = web_chat
    background: set[asyncio.Task[None]] = set()

    def _show_deliveries(marks: Sequence[Mark]) -> None:
        task = asyncio.create_task(desk.show_deliveries(marks))
        background.add(task)
        task.add_done_callback(background.discard)
        for mark in marks:
            metrics.delivery_became(mark.contact_id.partition(":")[0], Delivery(mark.delivery).value)

    reactions.use(_reaction_table(web_chat, desk, outbox, turns, queue, metrics))

    executor = build_executor(
        back_office=SqlBackOffice(database, clock, zone), casework=casework, company=company, clock=clock
    )
    sign_in = SignIn(credentials=SqlCredentials(database), passwords=Argon2Passwords(), sessions=sessions, clock=clock)
    api = FastAPI(title="gasdesk", docs_url=None, redoc_url=None)
    gasdesk = Gasdesk(
        app=socketio.ASGIApp(server, RequestMetrics(SecurityHeaders(RefuseCrossSite(api)), metrics.request_served)),
        api=api,
        clock=clock,
        database=database,
        assistant=assistant,
        receive=receive,
        acts=acts,
        seats=seats,
        staff=staff,
        inbox=inbox,
        transcripts=transcripts,
        conversations=conversations,
        casework=casework,
        timers=timers,
        timer_store=timer_store,
        queue=queue,
        turns=turns,
        outbox=outbox,
        reactions=reactions,
        metrics=metrics,
        started_at=clock.now(),
    )
    install_error_handlers(api)
    install_refusals(api)
    api.include_router(auth_routes(auth=auth, sign_in=sign_in, sessions=sessions, clock=clock))
    api.include_router(
        desk_routes(
            serving=auth.requires(Role.AGENT, Role.LEAD),
            reading=auth.requires(Role.AGENT, Role.LEAD, Role.INSPECTOR),
            leading=auth.requires(Role.LEAD, Role.INSPECTOR),
            acts=acts,
            seats=seats,
            staff=staff,
            inbox=inbox,
            transcripts=transcripts,
            casework=casework,
            deadlines=due,
            clock=clock,
        )
    )
    api.include_router(health_routes(metrics, gasdesk.refresh_metrics, gasdesk.readiness))
    api.include_router(action_routes(partial(run_action, executor), settings.action_key))
    page_routes(api, ROOT / "web", company, lambda: {"assistant": {"ready": assistant.ready}})
    return gasdesk


def _reaction_table(
    web_chat: WebChat, desk: AgentDesk, outbox: Outbox, turns: Turns, queue: QueueKeeper, metrics: Metrics
) -> Table:
    """When this happens, do that."""
    return {
        events.MessagePosted: [
            outbox.deliver,
            web_chat.echo,
            desk.show_message,
            lambda e: metrics.reply_posted(e.message.speaker.value),
        ],
        events.ConversationChanged: [desk.show_conversation, desk.show_loads, web_chat.show_status],
        events.AssistantOwesAnswer: [lambda e: turns.start(e.conversation_id)],
        events.AssistantReady: [lambda _: turns.start_owed(), web_chat.assistant_is_ready],
        events.QueueChanged: [lambda _: queue.wake()],
        events.EmergencyRaised: [desk.alarm],
        events.EmergencyUndispatched: [desk.alarm],
        events.EmergencyAccepted: [desk.alarm_over],
        events.AgentWarned: [desk.warn],
        events.PromiseBroken: [desk.show_breach, lambda e: metrics.promise_broken("reply" if e.staff_id else "queue")],
        events.StaffChanged: [desk.show_staff],
    }


def _socket_server(settings: Settings) -> socketio.AsyncServer:
    """Live frames go through Redis when several replicas share the work."""
    manager = socketio.AsyncRedisManager(settings.redis_url) if settings.redis_url else None
    return socketio.AsyncServer(
        async_mode="asgi",
        client_manager=manager,
        namespaces=["/", "/desk"],
        max_http_buffer_size=256 * 1024,
        always_connect=False,
    )
