"""Warns agents of the end of a WeChat customer's 48 hours, whichever of the two ways he came (docs/wechat.md)."""

import socketio

from bot.adapters.sql.channel_state import SqlChannelState
from bot.channels.channel_frames import ChannelFrames
from bot.channels.wechat.channel import CHANNEL as WECHAT
from bot.channels.wechat.closing import WINDOW_CLOSES, WindowClosing
from bot.channels.wechat.windows import ReplyWindows
from bot.channels.wechat_kf.contacts import CHANNEL as WECHAT_KF
from bot.clock import Clock
from bot.domain import events
from bot.domain.company import CompanyProfile
from bot.gasdesk import Gasdesk
from bot.reactions import Table


def channel_reactions(server: socketio.AsyncServer, clock: Clock) -> Table:
    """When this happens, do that."""
    return {events.ReplyLimited: [ChannelFrames(server, clock).show_limit]}


def add_window_warnings(gasdesk: Gasdesk, company: CompanyProfile) -> None:
    stores = gasdesk.stores
    closing = WindowClosing(
        (WECHAT, WECHAT_KF),
        windows=ReplyWindows(SqlChannelState(stores.database), gasdesk.clock),
        timers=stores.timers,
        timer_set=gasdesk.core.timers.set,
        conversations=stores.conversations,
        transcripts=stores.transcripts,
        company=company,
        clock=gasdesk.clock,
    )
    gasdesk.core.timers.add({WINDOW_CLOSES: closing.warn})
    gasdesk.reactions.add({events.ConversationChanged: [closing.conversation_changed]})
