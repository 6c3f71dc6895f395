"""Everything is built and connected here, and nowhere else."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import socketio
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from actions.server import build_executor
from actions.server import handle as run_action
from bot.adapters.rasa.parser import no_opinion
from bot.casework.dispatching import Dispatching
from bot.channel import Channel
from bot.channels.auth import Auth
from bot.channels.file_answers import AS_THEY_ARE
from bot.channels.pages import SecurityHeaders
from bot.channels.rasa_actions import RasaActions
from bot.channels.request_metrics import RequestMetrics
from bot.channels.same_origin import RefuseCrossSite
from bot.channels.setup.doors import ChannelDoors
from bot.channels.web_chat import CHANNEL as WEB
from bot.clock import Clock, SystemClock
from bot.domain.company import CompanyProfile
from bot.domain.knowledge import EMPTY, KnowledgeBase
from bot.domain.wording import NO_WORDING, Wording
from bot.gasdesk import Gasdesk
from bot.metrics import Metrics
from bot.parts import Core, Stores, Training
from bot.ports import Assistant
from bot.quality.draft_review import DraftReview
from bot.reactions import Reactions, Table
from bot.settings import Settings
from bot.sla.limits import Limits
from bot.training.nightly import NIGHTLY
from bot.training.recorder import Parser
from bot.training.run import TrainingProcess
from bot.wiring.casework import build_casework, casework_reactions, field_units
from bot.wiring.channels import add_setup_routes, build_channel_house
from bot.wiring.composer import add_composing_routes
from bot.wiring.core import build_core
from bot.wiring.file_clean_up import add_clean_up
from bot.wiring.files import add_file_routes, build_files, file_link
from bot.wiring.ids import new_id
from bot.wiring.inspection import inspection_reactions
from bot.wiring.lead import lead_reactions
from bot.wiring.live import Live, build_live
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
    casework = build_casework(stores, units, dispatching, company, clock, reactions, timer_set)
    review = DraftReview(wording, company, transcripts=stores.transcripts, back_office=stores.back_office)
    files = build_files(settings, stores.database, clock)
    link = file_link(files, settings)
    core = build_core(stores, company, assistant, clock, limits, metrics, reactions, channels, review, casework, link)
    auth = Auth(sessions=stores.sessions, staff=stores.staff, clock=clock)
    live = build_live(
        settings, company, stores, core, channels,
        auth=auth, assistant=assistant, clock=clock, metrics=metrics, link=link,
    )  # fmt: skip
    channels[WEB] = live.web_chat
    training = build_training(
        settings,
        stores.database,
        transcripts=stores.transcripts,
        parse=parse,
        exclusive=stores.exclusive,
        clock=clock,
        timer_set=timer_set,
        company=company,
        knowledge=knowledge,
        phrases=review.rules,
        process=training_process,
    )
    core.timers.add({NIGHTLY: training.nightly.fire})
    reactions.use(_reactions(live, stores, core, metrics, training, company, clock))
    api = FastAPI(title="gasdesk", docs_url=None, redoc_url=None)
    doors = ChannelDoors(api)
    gasdesk = Gasdesk(
        app=_app(live, doors, stores, metrics, settings, company, clock, knowledge),
        api=api,
        clock=clock,
        assistant=assistant,
        stores=stores,
        core=core,
        reactions=reactions,
        metrics=metrics,
        desks=live.desks,
        board=live.board,
        frames=live.frames,
        training=training,
        files=files,
        closing=[live.shown.settle],
        settling=[live.shown.settle],
    )
    gasdesk.house = build_channel_house(settings, gasdesk, company, channels, doors)
    add_window_warnings(gasdesk, company)
    add_routes(api, gasdesk, auth, company, knowledge, settings)
    add_clean_up(gasdesk, settings, company)
    add_file_routes(api, gasdesk, auth, channels, settings)
    add_composing_routes(api, gasdesk, auth, company, wording, review, new_id)
    add_setup_routes(api, gasdesk, auth, settings)
    return gasdesk


def _reactions(
    live: Live, stores: Stores, core: Core, metrics: Metrics, training: Training, company: CompanyProfile, clock: Clock
) -> Table:
    return {
        **reaction_table(live.web_chat, live.desk, live.board, core, metrics, training),
        **lead_reactions(live.server, stores.staff),
        **inspection_reactions(live.server),
        **casework_reactions(live.server, company, clock),
        **channel_reactions(live.server, clock),
    }


def _app(
    live: Live,
    doors: ChannelDoors,
    stores: Stores,
    metrics: Metrics,
    settings: Settings,
    company: CompanyProfile,
    clock: Clock,
    knowledge: KnowledgeBase,
) -> socketio.ASGIApp:
    """What the web server serves: live frames, the assistant's actions, pages and API; from the outside inwards."""
    executor = build_executor(
        back_office=stores.back_office, casework=stores.casework, company=company, clock=clock, knowledge=knowledge
    )
    pages = RequestMetrics(
        SecurityHeaders(GZipMiddleware(RefuseCrossSite(doors), exclude_content_types=AS_THEY_ARE)),
        metrics.request_served,
    )
    return socketio.ASGIApp(live.server, RasaActions(pages, partial(run_action, executor), settings.action_key))
