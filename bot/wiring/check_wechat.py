"""Tries the settings of the Official Account and of 微信客服: are the credentials good, and may they be used?"""

from collections.abc import Mapping

from bot.adapters.wechat.alone import Alone, Forgetful
from bot.adapters.wechat.calls import MayHaveArrived, TokenApi
from bot.adapters.wechat.problems import TokenUnavailable, WeChatError
from bot.channel import ChannelDown
from bot.channels.checking import Finding
from bot.channels.wechat.callback import PATH
from bot.channels.wechat.crypto import AesKey
from bot.channels.wechat_kf.callback import PATH as KF_PATH
from bot.clock import Clock
from bot.settings_wechat import WeChatSettings
from bot.settings_wechat_kf import WeChatKfSettings
from bot.wiring.wechat import wechat_api
from bot.wiring.wechat_kf import kf_api


async def check_wechat(settings: WeChatSettings, public_url: str | None, clock: Clock) -> list[Finding]:
    """Ask WeChat; never raises for what it answers."""
    keys = _keys(settings.aes_keys, "GASDESK_WECHAT")
    if not settings.aes_keys:
        advice = "在公众平台选“安全模式”，并设置 GASDESK_WECHAT__AES_KEY"
        keys = [Finding("明文模式：看到过一次请求的人就能伪造消息，只能用来试验", advice)]
    async with wechat_api(settings, Forgetful(), Alone(), clock) as api:
        problems = await _problems(api, settings.api_base_url)
    return [*(problems or [Finding("AppID 和 AppSecret 有效")]), *keys, _address(public_url, PATH, "服务器配置")]


async def check_wechat_kf(settings: WeChatKfSettings, public_url: str | None, clock: Clock) -> list[Finding]:
    """Ask 企业微信; never raises for what it answers."""
    async with kf_api(settings, Forgetful(), Alone(), clock) as api:
        found = await _problems(api, settings.api_base_url)
        if not found:
            found = [Finding("企业 ID 和 Secret 有效")]
            try:
                names = {account.open_kfid: account.name for account in await api.accounts()}
            except (WeChatError, ChannelDown, MayHaveArrived) as problem:
                found.append(_refused(problem, settings.api_base_url))
            else:
                found += _accounts(names, settings.accounts)
    keys = _keys(settings.aes_keys, "GASDESK_WECHAT_KF")
    return [*found, *keys, _address(public_url, KF_PATH, "接收消息")]


def _accounts(names: Mapping[str, str], wanted: tuple[str, ...]) -> list[Finding]:
    if not names:
        advice = "在“微信客服 → 通过 API 管理微信客服账号”中选择客服账号"
        return [Finding("这个应用没有可以接待的客服账号", advice)]
    served = {open_kfid: name for open_kfid, name in names.items() if not wanted or open_kfid in wanted}
    found = [Finding(f"接待客服账号 {name}（{open_kfid}）") for open_kfid, name in served.items()]
    missing = [open_kfid for open_kfid in wanted if open_kfid not in names]
    there = "、".join(f"{name}（{open_kfid}）" for open_kfid, name in names.items())
    return found + [
        Finding(f"没有客服账号 {open_kfid}", f"应用可以接待的是：{there}；请核对 GASDESK_WECHAT_KF__OPEN_KFID")
        for open_kfid in missing
    ]


async def _problems(api: TokenApi, base_url: str) -> list[Finding]:
    try:
        await api.check()
    except ChannelDown as problem:
        return [_refused(problem, base_url)]
    return []


def _refused(problem: Exception, base_url: str) -> Finding:
    if isinstance(problem, TokenUnavailable | WeChatError):
        return Finding(f"被拒绝（{problem}）", problem.advice)
    return Finding(f"连不上 {base_url}（{problem}）", "检查网络和 API_BASE_URL")


def _keys(keys: tuple[str, ...], prefix: str) -> list[Finding]:
    """Whether the keys are such as the console makes; a wrong one shows only when somebody writes."""
    found = []
    for name, key in zip(("AES_KEY", "PREVIOUS_AES_KEY"), keys, strict=False):
        try:
            AesKey.of(key)
        except ValueError:
            found.append(Finding(f"{prefix}__{name} 不是 EncodingAESKey", "从后台复制，43 位字母和数字"))
    if not found and len(keys) > 1:
        found.append(Finding("正在更换 EncodingAESKey，新旧两个都接受"))
    return found


def _address(public_url: str | None, path: str, where: str) -> Finding:
    base = public_url.rstrip("/") if public_url else "https://您的域名"
    return Finding(f"后台“{where}”的 URL 应为 {base}{path}")
