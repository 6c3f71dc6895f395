"""What is live on a page: Socket.IO, the desks, the lead's board and the customer's chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import socketio

from bot.adapters.redis.frames import RedisFrames
from bot.channel import Capabilities, Channel
from bot.channels.agent_desk import AgentDesk
from bot.channels.auth import Auth
from bot.channels.desk_sessions import DeskSessions
from bot.channels.live_board import LiveBoard
from bot.channels.shown_deliveries import ShownDeliveries
from bot.channels.web_chat import WebChat
from bot.clock import Clock
from bot.conversation.fitting import FitToChannel, Link
from bot.domain.company import CompanyProfile
from bot.domain.text import LONGEST
from bot.metrics import Metrics
from bot.parts import Core, Stores
from bot.ports import Assistant
from bot.settings import Settings
from bot.wiring.ids import new_id


@dataclass(frozen=True, kw_only=True)
class Live:
    server: socketio.AsyncServer
    #: Live frames go through Redis when several replicas share the work.
    frames: RedisFrames | None
    desk: AgentDesk
    desks: DeskSessions
    board: LiveBoard
    web_chat: WebChat
    shown: ShownDeliveries


def build_live(
    settings: Settings,
    company: CompanyProfile,
    stores: Stores,
    core: Core,
    channels: Mapping[str, Channel],
    *,
    auth: Auth,
    assistant: Assistant,
    clock: Clock,
    metrics: Metrics,
    link: Link,
) -> Live:
    frames = RedisFrames(settings.redis_url) if settings.redis_url else None
    server = _socket_server(frames)
    desk = AgentDesk(
        server,
        staff=stores.staff,
        transcripts=stores.transcripts,
        summaries=stores.summaries,
        deadlines=stores.deadlines,
        shared=frames is not None,
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
        shared=frames is not None,
    )
    core.outbox.marks.marked = shown = ShownDeliveries(desk, metrics)
    return Live(
        server=server,
        frames=frames,
        desk=desk,
        desks=_sessions(server, stores, core, channels, auth),
        board=LiveBoard(server, figures=stores.board, clock=clock, zone=company.company.zone, sla=company.sla),
        web_chat=web_chat,
        shown=shown,
    )


def _sessions(
    server: socketio.AsyncServer, stores: Stores, core: Core, channels: Mapping[str, Channel], auth: Auth
) -> DeskSessions:
    return DeskSessions(
        server,
        authenticate=auth.authenticate_socket,
        staff=stores.staff,
        inbox=stores.inbox,
        transcripts=stores.transcripts,
        summaries=stores.summaries,
        channels=channels,
        arrived=core.seats.connected,
        still_here=core.seats.still_connected,
        left=core.seats.lost,
    )


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
