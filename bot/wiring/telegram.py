"""Builds Telegram from its settings (docs/telegram.md)."""

from collections.abc import MutableMapping

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.channel import Channel
from bot.channels.telegram.channel import TelegramChannel
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


def add_telegram(
    settings: TelegramSettings,
    gasdesk: Gasdesk,
    company: CompanyProfile,
    channels: MutableMapping[str, Channel],
    public_url: str | None,
) -> None:
    """Connect it: its address or its loop, its channel, its reactions, and what is closed at the end.

    `public_url` is the desk's own; without it the webhook has to be registered by hand.
    """
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
    if settings.mode == "webhook":
        gasdesk.api.include_router(webhook_routes(updates, settings.secret.get_secret_value()))
        if public_url:
            gasdesk.loops["telegram webhook"] = Registration(bot, public_url, settings.secret, gasdesk.clock).run
    else:
        polling = Polling(bot, updates, clock=gasdesk.clock, leases=stores.leases, long=settings.long_poll)
        gasdesk.loops["telegram polling"] = polling.run
    gasdesk.reactions.add({events.ConversationChanged: [typing.conversation_changed]})
    gasdesk.closing += [updates.close, typing.close, bot.request.shutdown]
    channels[channel.name] = channel
