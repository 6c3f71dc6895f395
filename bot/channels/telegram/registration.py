"""Tells Telegram where to bring updates."""

from datetime import timedelta

import structlog
from pydantic import SecretStr
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.path import PATH
from bot.channels.telegram.updates import WANTED
from bot.clock import Clock, pause

log = structlog.get_logger()

AGAIN = timedelta(seconds=30)


class Registration:
    def __init__(self, bot: Bot, public_url: str, secret: SecretStr, clock: Clock) -> None:
        self._bot = bot
        self._address = public_url.rstrip("/") + PATH
        self._secret = secret
        self._clock = clock

    async def run(self) -> None:
        """Register the address; again after a while until Telegram has taken it."""
        while True:
            try:
                await self._bot.set_webhook(
                    self._address,
                    secret_token=self._secret.get_secret_value(),
                    allowed_updates=list(WANTED),
                )
            except TelegramError as problem:
                log.warning("Telegram does not take our address", action="webhook_refused", reason=problem.message)
                await pause(self._clock, self._clock.now() + AGAIN)
            else:
                return
