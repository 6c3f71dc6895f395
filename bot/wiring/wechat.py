"""Builds the Official Account from its settings (docs/wechat.md)."""

from bot.adapters.sql.channel_state import SqlChannelState
from bot.adapters.wechat.api import WeChatApi
from bot.adapters.wechat.calls import Surroundings
from bot.adapters.wechat.customer_service import CustomerService
from bot.adapters.wechat.tokens import KeptState
from bot.channels.setup.joined import Joined
from bot.channels.wechat.account import Account
from bot.channels.wechat.wired import wire_wechat
from bot.clock import Clock
from bot.domain import events
from bot.domain.company import CompanyProfile
from bot.gasdesk import Gasdesk
from bot.ports import Exclusive
from bot.settings_wechat import WeChatSettings


def wechat_api(settings: WeChatSettings, kept: KeptState, exclusive: Exclusive, clock: Clock) -> WeChatApi:
    """The client. Nothing is opened yet."""
    around = Surroundings(kept=kept, exclusive=exclusive, clock=clock, base_url=settings.api_base_url)
    return WeChatApi(settings.app_id, settings.app_secret.get_secret_value(), around)


def join_wechat(settings: WeChatSettings, gasdesk: Gasdesk, company: CompanyProfile) -> Joined:
    kept = SqlChannelState(gasdesk.stores.database)
    api = wechat_api(settings, kept, gasdesk.stores.exclusive, gasdesk.clock)
    wechat = wire_wechat(
        Account.of(settings.app_id, settings.token.get_secret_value(), settings.aes_keys),
        CustomerService(api),
        take_in=gasdesk.core.take_in,
        kept=kept,
        conversations=gasdesk.stores.conversations,
        transcripts=gasdesk.stores.transcripts,
        read_file=gasdesk.files.shelf.read,
        company=company,
        clock=gasdesk.clock,
    )
    return Joined(
        channel=wechat.channel,
        routes=wechat.routes,
        reactions={events.ConversationChanged: [wechat.conversation_changed]},
        closing=[wechat.pushes.close, api.aclose],
    )
