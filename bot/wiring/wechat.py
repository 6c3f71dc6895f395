"""Builds the Official Account from its settings (docs/wechat.md)."""

from bot.adapters.sql.channel_state import SqlChannelState
from bot.adapters.wechat.api import WeChatApi
from bot.adapters.wechat.customer_service import CustomerService
from bot.adapters.wechat.tokens import KeptState
from bot.channels.setup.joined import Joined
from bot.channels.wechat.callback import Account
from bot.channels.wechat.crypto import AesKey
from bot.channels.wechat.wired import wire_wechat
from bot.clock import Clock
from bot.domain import events
from bot.domain.company import CompanyProfile
from bot.gasdesk import Gasdesk
from bot.ports import Exclusive
from bot.settings_wechat import WeChatSettings


def wechat_api(settings: WeChatSettings, kept: KeptState, exclusive: Exclusive, clock: Clock) -> WeChatApi:
    """The client. Nothing is opened yet."""
    return WeChatApi(
        app_id=settings.app_id,
        app_secret=settings.app_secret.get_secret_value(),
        kept=kept,
        exclusive=exclusive,
        clock=clock,
        base_url=settings.api_base_url,
    )


def join_wechat(settings: WeChatSettings, gasdesk: Gasdesk, company: CompanyProfile) -> Joined:
    kept = SqlChannelState(gasdesk.stores.database)
    api = wechat_api(settings, kept, gasdesk.stores.exclusive, gasdesk.clock)
    account = Account(
        app_id=settings.app_id,
        token=settings.token.get_secret_value(),
        keys=tuple(AesKey.of(key) for key in settings.aes_keys),
    )

    wechat = wire_wechat(
        account,
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
