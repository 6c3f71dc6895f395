"""`gasdesk channels …`: what concerns the ways to the customers."""

import asyncio

import typer
from rich.console import Console
from rich.markup import escape

from bot.channels.checking import Finding
from bot.channels.telegram.check import check as check_telegram
from bot.clock import SystemClock
from bot.settings import Settings, SettingsError, load_settings
from bot.wiring.check_wechat import check_wechat, check_wechat_kf
from bot.wiring.telegram import telegram_bot

channels_app = typer.Typer(no_args_is_help=True, help="渠道")
out = Console(highlight=False)


@channels_app.callback()
def channels() -> None:
    """Web page, WeChat, Telegram."""


@channels_app.command("check")
def check() -> None:
    """Try the settings of every channel and tell what to put right; no key is shown."""
    try:
        settings = load_settings()
    except SettingsError as problem:
        out.print(f"[red]错误：[/red]{escape(str(problem))}", soft_wrap=True)
        raise typer.Exit(1) from None
    found = asyncio.run(findings(settings))
    for channel, lines in found.items():
        out.print(f"[bold]{channel}[/bold]")
        for line in lines:
            mark = "[green]✓[/green]" if line.good else "[red]✗[/red]"
            out.print(
                f"  {mark} {escape(line.text)}{escape(f'。{line.advice}' if line.advice else '')}", soft_wrap=True
            )
    if not all(line.good for lines in found.values() for line in lines):
        raise typer.Exit(1)


async def findings(settings: Settings) -> dict[str, list[Finding]]:
    found = {"网页": [Finding(f"总是开着：http://{settings.host}:{settings.port}/")]}
    if settings.telegram is None:
        found["Telegram"] = [Finding("没有设置（GASDESK_TELEGRAM__TOKEN），不使用")]
    else:
        bot = telegram_bot(settings.telegram)
        try:
            found["Telegram"] = await check_telegram(bot, mode=settings.telegram.mode, public_url=settings.public_url)
        finally:
            await bot.request.shutdown()
    return found | await _wechat(settings)


async def _wechat(settings: Settings) -> dict[str, list[Finding]]:
    clock, found = SystemClock(), {"微信公众号": [Finding("没有设置（GASDESK_WECHAT__APP_ID），不使用")]}
    if settings.wechat:
        found["微信公众号"] = await check_wechat(settings.wechat, settings.public_url, clock)
    found["微信客服"] = [Finding("没有设置（GASDESK_WECHAT_KF__CORP_ID），不使用")]
    if settings.wechat_kf:
        found["微信客服"] = await check_wechat_kf(settings.wechat_kf, settings.public_url, clock)
    return found
