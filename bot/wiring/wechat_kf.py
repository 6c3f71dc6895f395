"""Builds 微信客服 from its settings (docs/wechat-kf.md)."""

from bot.adapters.sql.channel_state import SqlChannelState
from bot.adapters.wechat.calls import Surroundings
from bot.adapters.wechat.tokens import KeptState
from bot.adapters.wechat_kf.api import KfApi
from bot.adapters.wechat_kf.service import KfService
from bot.channels.setup.joined import Joined
from bot.channels.wechat.account import Account
from bot.channels.wechat_kf.fetching import KF_POLL
from bot.channels.wechat_kf.wired import wire_wechat_kf
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.gasdesk import Gasdesk
from bot.ports import Exclusive
from bot.settings_wechat_kf import WeChatKfSettings


def kf_api(settings: WeChatKfSettings, kept: KeptState, exclusive: Exclusive, clock: Clock) -> KfApi:
    """The client. Nothing is opened yet."""
    around = Surroundings(kept=kept, exclusive=exclusive, clock=clock, base_url=settings.api_base_url)
    return KfApi(settings.corp_id, settings.secret.get_secret_value(), around)


def join_wechat_kf(settings: WeChatKfSettings, gasdesk: Gasdesk, company: CompanyProfile) -> Joined:
    stores, kept = gasdesk.stores, SqlChannelState(gasdesk.stores.database)
    api = kf_api(settings, kept, stores.exclusive, gasdesk.clock)
    kf = wire_wechat_kf(
        Account.of(settings.corp_id, settings.token.get_secret_value(), settings.aes_keys),
        KfService(api),
        accounts=settings.accounts,
        every=settings.poll,
        take_in=gasdesk.core.take_in,
        came_back=gasdesk.core.outbox.came_back,
        kept=kept,
        exclusive=stores.exclusive,
        conversations=stores.conversations,
        transcripts=stores.transcripts,
        timers=stores.timers,
        timer_set=gasdesk.core.timers.set,
        read_file=gasdesk.files.shelf.read,
        company=company,
        clock=gasdesk.clock,
    )
    return Joined(
        channel=kf.channel,
        routes=kf.routes,
        loops={"wechat kf start": kf.fetching.start},
        timers={KF_POLL: kf.fetching.poll},
        settling=[kf.settle],
        closing=[kf.close, api.aclose],
    )
