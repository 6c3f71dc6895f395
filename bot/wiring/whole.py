"""Everything is built and connected here, and nowhere else."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import socketio
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from actions.server import build_executor
from actions.server import handle as run_action
from bot.adapters.rasa.parser import no_opinion
from bot.adapters.redis.frames import RedisFrames
from bot.casework.dispatching import Dispatching
from bot.channel import Capabilities, Channel
from bot.channels.agent_desk import AgentDesk
from bot.channels.auth import Auth
from bot.channels.live_board import LiveBoard
from bot.channels.pages import SecurityHeaders
from bot.channels.rasa_actions import RasaActions
from bot.channels.request_metrics import RequestMetrics
from bot.channels.same_origin import RefuseCrossSite
from bot.channels.setup.doors import ChannelDoors
from bot.channels.web_chat import CHANNEL as WEB
from bot.channels.web_chat import WebChat
from bot.clock import Clock, SystemClock
from bot.conversation.fitting import FitToChannel
from bot.domain.company import CompanyProfile
from bot.domain.knowledge import EMPTY, KnowledgeBase
from bot.domain.text import LONGEST
from bot.domain.wording import NO_WORDING, Wording
from bot.gasdesk import Gasdesk
from bot.metrics import Metrics
from bot.ports import Assistant, Mark
from bot.quality.draft_review import DraftReview
from bot.reactions import Reactions
from bot.settings import Settings
from bot.sla.limits import Limits
from bot.training.nightly import NIGHTLY
from bot.training.recorder import Parser
from bot.training.runs import TrainingProcess
from bot.wiring.casework import build_casework, casework_reactions, field_units
from bot.wiring.channels import add_setup_routes, build_channel_house
from bot.wiring.composer import add_composing_routes
from bot.wiring.core import build_core
from bot.wiring.files import add_file_routes, build_files, file_link
from bot.wiring.ids import new_id
from bot.wiring.lead import lead_reactions
from bot.wiring.reactions import reaction_table
from bot.wiring.routes import add_routes
from bot.wiring.stores import build_stores
from bot.wiring.training import build_training
from bot.wiring.wechat_windows import add_window_warnings, channel_reactions


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

    stores = build_stores(settings, company, clock, limits, reactions, timer_set, dispatching)
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
    files = build_files(settings, stores.database, clock)
    link = file_link(files, settings)
    core = build_core(stores, company, assistant, clock, limits, metrics, reactions, channels, review, casework, link)
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
        as_words=partial(FitToChannel(link, company), Capabilities(text_limit=LONGEST)),
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
        zone=company.company.zone,
        timer_set=timer_set,
        company=company,
        knowledge=knowledge,
        phrases=review.rules,
        process=training_process,
    )
    core.timers.add({NIGHTLY: training.nightly.fire})
    board = LiveBoard(server, figures=stores.board, clock=clock, zone=company.company.zone, sla=company.sla)
    table = reaction_table(web_chat, desk, board, core, metrics, training)
    more = {
        **lead_reactions(server, stores.staff),
        **casework_reactions(server, company, clock),
        **channel_reactions(server, clock),
    }
    reactions.use({**table, **more})
    api = FastAPI(title="gasdesk", docs_url=None, redoc_url=None)
    executor = build_executor(
        back_office=stores.back_office, casework=stores.casework, company=company, clock=clock, knowledge=knowledge
    )
    doors = ChannelDoors(api)
    pages = RequestMetrics(SecurityHeaders(GZipMiddleware(RefuseCrossSite(doors))), metrics.request_served)
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
        files=files,
    )
    gasdesk.house = build_channel_house(settings, gasdesk, company, channels, doors)
    add_window_warnings(gasdesk, company)
    add_routes(api, gasdesk, auth, company, knowledge, settings)
    add_file_routes(api, gasdesk, auth, channels, settings)
    add_composing_routes(api, gasdesk, auth, company, wording, review, new_id)
    add_setup_routes(api, gasdesk, auth, settings)
    return gasdesk


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
        # A connection that died without a word is known to both ends within 25 s: before the first waiting prompt,
        # and long before the agent's two minutes are over. The library's own 45 s are too long for that.
        ping_interval=10,
        ping_timeout=15,
    )
