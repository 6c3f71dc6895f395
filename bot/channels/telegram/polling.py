"""Fetches updates, for a desk that has no public address."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import structlog
from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from bot.channels.telegram.reading import chat_of
from bot.channels.telegram.updates import WANTED, Updates
from bot.clock import Clock, pause
from bot.conversation.leases import Leases

log = structlog.get_logger()

#: Telegram answers so late when there is nothing new.
LONG = timedelta(seconds=25)
FIRST_RETRY = timedelta(seconds=1)
LONGEST_RETRY = timedelta(seconds=60)
#: How soon to look again whether the replica that polls has gone.
WHILE_ELSEWHERE = timedelta(seconds=5)
LEASE = "telegram polling"
#: While some chats cannot be served, the others do not wait longer than this.
SOON = timedelta(seconds=5)


class NotStored(Exception):
    """Updates of these chats could not be stored."""

    def __init__(self, chats: Collection[object]) -> None:
        super().__init__(f"{len(chats)} chats")
        self.chats = chats


class Polling:
    """One replica at a time; what it has stored it acknowledges with the next call."""

    def __init__(self, bot: Bot, updates: Updates, *, clock: Clock, leases: Leases, long: timedelta = LONG) -> None:
        self._bot = bot
        self._updates = updates
        self._clock = clock
        self._leases = leases
        self._long = long
        self._next: int | None = None
        self._delay = FIRST_RETRY

    async def run(self) -> None:
        while True:
            try:
                if await self._leases.take(LEASE) is not None:
                    await self._poll()
                await pause(self._clock, self._clock.now() + WHILE_ELSEWHERE)
            except RetryAfter as problem:
                asked = problem.retry_after
                await self._rest(asked if isinstance(asked, timedelta) else timedelta(seconds=asked))
            except TelegramError as problem:
                log.warning("Telegram does not answer", action="polling_retry", reason=problem.message)
                await self._rest(self._delay)
            except NotStored as problem:
                log.warning("updates wait to be stored", action="polling_not_stored", chats=len(problem.chats))
                await self._rest(min(self._delay, SOON))
            except Exception:
                log.exception("updates could not be fetched", action="polling_failed")
                await self._rest(self._delay)

    async def _poll(self) -> None:
        """As long as it is ours to do."""
        self._next = None  # what Telegram knows as taken by whoever polled before
        await self._bot.delete_webhook()
        while await self._leases.reach(LEASE, 0):
            await self._fetch()
            self._delay = FIRST_RETRY

    async def _rest(self, delay: timedelta) -> None:
        self._delay = min(self._delay * 2, LONGEST_RETRY)
        await pause(self._clock, self._clock.now() + delay)

    async def _fetch(self) -> None:
        """Store what is new. Raises NotStored: the first that could not be comes again, and all behind it."""
        # `Bot.get_updates` fails as a whole over one update it cannot read, so they are fetched as they are.
        # Telegram's method names know no case; by this one the library does not point to its own method.
        found = await self._bot.do_api_request(
            "getupdates",
            api_kwargs={
                "offset": self._next,
                "timeout": int(self._long.total_seconds()),
                "allowed_updates": list(WANTED),
            },
            read_timeout=self._long.total_seconds() + 10,
        )
        # When there is nothing new, what was taken is acknowledged: the next number may be smaller, chosen at random.
        self._next = None
        stuck: dict[object, int] = {}
        for update in found:
            chat, number = chat_of(update), int(update["update_id"])
            if chat not in stuck and not await self._is_taken(update):
                stuck[chat] = number
            self._next = min(stuck.values(), default=number + 1)
        if stuck:
            raise NotStored(stuck)

    async def _is_taken(self, update: dict[str, Any]) -> bool:
        """Who cannot be served now holds up nobody but himself."""
        try:
            await self._updates.take(update)
        except Exception:
            log.exception("an update could not be stored", action="receive_failed", channel="telegram")
            return False
        return True
