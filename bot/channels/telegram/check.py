"""Tries Telegram's settings: is the key good, and do updates find their way here?"""

from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.channels.checking import Finding
from bot.channels.telegram.path import PATH

#: More than this waits only if nobody takes them.
MANY_WAITING = 100
MONITOR = "日志中查看 action=receive_failed 的原因"


async def check(bot: Bot, *, mode: str, public_url: str | None) -> list[Finding]:
    """Ask Telegram; never raises for what Telegram answers."""
    try:
        me = await bot.get_me()
        found = await bot.get_webhook_info()
    except InvalidToken:
        advice = "在 Telegram 里向 @BotFather 发送 /token 取得密钥，填入 GASDESK_TELEGRAM__TOKEN"
        return [Finding("Telegram 不认识这个密钥", advice)]
    except TelegramError as problem:
        # The text names the fault only; the address with the key in it is not part of it.
        advice = "检查网络、代理（HTTPS_PROXY）和 GASDESK_TELEGRAM__API_BASE_URL"
        return [Finding(f"连不上 Telegram（{type(problem).__name__}）", advice)]
    findings = [Finding(f"密钥有效，机器人是 @{me.username}")]
    return findings + (_webhook(found, public_url) if mode == "webhook" else _polling(found))


def _polling(found: WebhookInfo) -> list[Finding]:
    if found.url:
        return [Finding("轮询方式；另有地址在接收推送，启动时会取消它。如果那是另一套系统，它将收不到消息")]
    return [Finding("轮询方式，不需要公网地址")]


def _webhook(found: WebhookInfo, public_url: str | None) -> list[Finding]:
    wanted = public_url.rstrip("/") + PATH if public_url else ""
    if not found.url:
        advice = (
            "启动 gasdesk 时会自动登记"
            if wanted
            else f"设置 GASDESK_PUBLIC_URL=https://您的域名 后启动 gasdesk，或自行向 Telegram 登记 https://您的域名{PATH}；"
            "没有公网地址请设 GASDESK_TELEGRAM__MODE=polling"
        )
        return [Finding("Telegram 还不知道往哪里推送", advice)]
    if wanted and found.url != wanted:
        return [Finding(f"推送到了 {found.url}", f"应为 {wanted}；启动 gasdesk 时会自动改正")]
    findings = [Finding(f"推送到 {found.url}")]
    if found.last_error_message:
        findings.append(
            Finding(f"最近一次推送失败：{found.last_error_message}", f"检查域名、证书和反向代理，{MONITOR}")
        )
    if found.pending_update_count > MANY_WAITING:
        findings.append(Finding(f"有 {found.pending_update_count} 条消息没有送达", f"确认 gasdesk 在运行，{MONITOR}"))
    return findings
