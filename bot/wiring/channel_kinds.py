"""The channels that can be set up: what each is called, needs and brings along."""

from functools import partial
from typing import Any

from bot.channels.setup.joined import Join, Joined, Kind
from bot.channels.telegram.path import PATH as TELEGRAM_PATH
from bot.channels.wechat.callback import PATH as WECHAT_PATH
from bot.channels.wechat_kf.callback import PATH as KF_PATH
from bot.domain.company import CompanyProfile
from bot.gasdesk import Gasdesk
from bot.settings_telegram import TelegramSettings
from bot.wiring.channel_trials import KF, TELEGRAM, WECHAT, Trial
from bot.wiring.wechat import join_wechat
from bot.wiring.wechat_kf import join_wechat_kf

_FIRST = "先在本页保存，再在那里提交。"


def channel_kinds(gasdesk: Gasdesk, company: CompanyProfile, public_url: str | None) -> list[Kind]:
    """`public_url` is the desk's own."""

    def kind(trial: Trial, address: str, guide: str, join: Join) -> Kind:
        return Kind(
            name=trial.name,
            title=trial.title,
            model=trial.model,
            prefix=trial.prefix,
            check=partial(trial.check, public_url=public_url),
            address=address,
            guide=guide,
            join=join,
        )

    return [
        kind(
            TELEGRAM,
            TELEGRAM_PATH,
            "推送方式下 gasdesk 启用时自动向 Telegram 登记这个地址，不用手工填写。",
            join=partial(_join_telegram, gasdesk=gasdesk, company=company, public_url=public_url),
        ),
        kind(
            WECHAT,
            WECHAT_PATH,
            "在微信公众平台“服务器配置”中填写这个 URL，Token 和 EncodingAESKey 与本页一致，选“安全模式”。" + _FIRST,
            join=partial(join_wechat, gasdesk=gasdesk, company=company),
        ),
        kind(
            KF,
            KF_PATH,
            "在企业微信管理后台“微信客服 → 开发配置”中填写这个 URL，Token 和 EncodingAESKey 与本页一致。" + _FIRST,
            join=partial(join_wechat_kf, gasdesk=gasdesk, company=company),
        ),
    ]


def _join_telegram(settings: TelegramSettings, **given: Any) -> Joined:
    # Its library is loaded with the first bot: that takes 0.3 s of every start without one.
    from bot.wiring.telegram import join_telegram

    return join_telegram(settings, **given)
