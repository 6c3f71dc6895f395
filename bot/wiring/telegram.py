"""Builds Telegram from its settings (docs/telegram.md)."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.channels.checking import Finding
from bot.channels.setup.joined import Joined
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.check import check
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.registration import Registration
from bot.channels.telegram.typing import ShowTyping
from bot.channels.telegram.updates import Updates
from bot.channels.telegram.webhook import webhook_routes
from bot.conversation.welcome import Welcome
from bot.domain import events
from bot.domain.company import CompanyProfile
from bot.gasdesk import Gasdesk
from bot.settings_telegram import TelegramSettings

#: Calls to Telegram at a time; more wait in their contacts' lines.
CONNECTIONS = 256
CONNECT_SECONDS = 5.0


def telegram_bot(settings: TelegramSettings) -> Bot:
    """The library's client. Nothing is opened yet."""
    request = HTTPXRequest(
        connection_pool_size=CONNECTIONS,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=settings.timeout_seconds,
        write_timeout=settings.timeout_seconds,
        # No proxy or key from the environment that was not meant for this.
        httpx_kwargs={"trust_env": settings.use_proxy},
    )
    base = settings.api_base_url.rstrip("/")
    return Bot(
        settings.token.get_secret_value(),
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request,
        get_updates_request=request,
    )


async def check_telegram(settings: TelegramSettings, public_url: str | None) -> list[Finding]:
    bot = telegram_bot(settings)
    try:
        return await check(bot, mode=settings.mode, public_url=public_url)
    finally:
        await bot.request.shutdown()


def join_telegram(
    settings: TelegramSettings, gasdesk: Gasdesk, company: CompanyProfile, public_url: str | None
) -> Joined:
    """`public_url` is the desk's own; without it the webhook has to be registered by hand."""
    bot, stores = telegram_bot(settings), gasdesk.stores
    channel = TelegramChannel(bot, gasdesk.files.shelf.read)
    updates = Updates(
        bot,
        take_in=gasdesk.core.take_in,
        welcome=Welcome(stores.conversations),
        conversations=stores.conversations,
        transcripts=stores.transcripts,
        company=company,
    )
    typing = ShowTyping(channel)
    loops: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {}
    if settings.mode == "polling":
        polling = Polling(bot, updates, clock=gasdesk.clock, leases=stores.leases, long=settings.long_poll)
        loops["telegram polling"] = polling.run
    elif public_url:
        loops["telegram webhook"] = Registration(bot, public_url, settings.secret, gasdesk.clock).run
    return Joined(
        channel=channel,
        routes=webhook_routes(updates, settings.secret.get_secret_value()) if settings.mode == "webhook" else None,
        loops=loops,
        reactions={events.ConversationChanged: [typing.conversation_changed]},
        closing=[updates.close, typing.close, bot.request.shutdown],
    )
