"""When to fetch: at once when a notice comes, at the start, and every so often, for a notice may be lost."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.channel import ChannelDown
from bot.channels.wechat_kf.ahead import AskedAhead
from bot.channels.wechat_kf.intake import NotTakenIn
from bot.clock import Clock
from bot.ports import Timer, TimerStore

log = structlog.get_logger()

KF_POLL = "kf_poll"
#: A notice's token is good for ten minutes; with it there is no limit to how often may be asked.
TOKEN_LASTS = timedelta(minutes=9)
FIRST_RETRY = timedelta(seconds=2)


class Fetches(Protocol):
    async def fetch(self, open_kfid: str, token: str) -> None:
        """Raises ChannelDown and NotTakenIn."""
        ...


class Fetching:
    """One page of an account at a time; what is noticed meanwhile is asked for, or makes it go round once more."""

    def __init__(
        self,
        intake: Fetches,
        ahead: AskedAhead,
        *,
        accounts: Sequence[str],
        list_accounts: Callable[[], Awaitable[Sequence[str]]],
        timers: TimerStore,
        timer_set: Callable[[datetime], None],
        clock: Clock,
        every: timedelta,
    ) -> None:
        """
        Args:
            ahead: where `intake` gets its pages.
            accounts: those to serve; none: all that `list_accounts` tells (raises ChannelDown), and whoever is noticed.
            timer_set: tells the timer service that a row was written.
            every: how long a message whose notice was lost may lie there.
        """
        self._intake = intake
        self._ahead = ahead
        self._chosen = frozenset(accounts)
        self._accounts = set(accounts)
        self._list_accounts = list_accounts
        self._timers = timers
        self._timer_set = timer_set
        self._clock = clock
        self._every = every
        self._retry = FIRST_RETRY
        self._listed = False
        self._tokens: dict[str, tuple[str, datetime]] = {}
        self._wanted: set[str] = set()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._listing: asyncio.Task[None] | None = None

    def noticed(self, open_kfid: str, token: str) -> None:
        """企业微信 says that there is something; returns at once."""
        if self._chosen and open_kfid not in self._chosen:
            log.warning("a notice of an account that is not served here", action="kf_other_account", account=open_kfid)
            return
        self._accounts.add(open_kfid)
        self._tokens[open_kfid] = (token, self._clock.now() + TOKEN_LASTS)
        if open_kfid not in self._running or not self._ahead.ask(open_kfid, token):
            self._begin(open_kfid)

    async def start(self) -> None:
        """Fetch what came while nobody was there."""
        await self.poll(Timer(kind=KF_POLL, subject=KF_POLL, due_at=self._clock.now()))

    async def poll(self, timer: Timer) -> None:
        """The time has come to look; the next look is written down before this one begins."""
        del timer
        await self._look_again_in(self._every)
        if not self._chosen and not self._listed and self._listing is None:
            self._listing = asyncio.create_task(self._learn_accounts())
        for open_kfid in self._accounts:
            self._begin(open_kfid)

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        while tasks := [*self._running.values(), *([self._listing] if self._listing else [])]:
            await asyncio.gather(*tasks)

    async def close(self) -> None:
        tasks = [*self._running.values(), *([self._listing] if self._listing else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _learn_accounts(self) -> None:
        try:
            found = await self._list_accounts()
            self._listed = True
            self._accounts.update(found)
            for open_kfid in found:
                self._begin(open_kfid)
        except ChannelDown as problem:
            log.warning("accounts of 微信客服 are not known yet", action="kf_accounts_retry", reason=str(problem))
            await self._retry_soon(problem.retry_after)
        finally:
            self._listing = None

    def _begin(self, open_kfid: str) -> None:
        self._wanted.add(open_kfid)
        if open_kfid not in self._running:
            self._running[open_kfid] = asyncio.create_task(self._go_round(open_kfid))

    async def _go_round(self, open_kfid: str) -> None:
        try:
            while (asked := self._ahead.has_asked(open_kfid)) or open_kfid in self._wanted:
                if not asked:  # what was noticed after it was asked for is not on that page
                    self._wanted.discard(open_kfid)
                await self._fetch(open_kfid)
        finally:
            self._ahead.forget(open_kfid)
            del self._running[open_kfid]

    async def _fetch(self, open_kfid: str) -> None:
        try:
            await self._intake.fetch(open_kfid, self._token(open_kfid))
            self._retry = FIRST_RETRY
        except NotTakenIn as problem:
            log.warning("messages wait to be stored", action="kf_fetch_retry", reason=str(problem))
            await self._retry_soon(None)
        except ChannelDown as problem:
            log.warning("messages were not fetched", action="kf_fetch_retry", reason=str(problem))
            await self._failed(open_kfid, problem.retry_after)
        except Exception:
            log.exception("messages were not fetched", action="kf_fetch_failed")
            await self._failed(open_kfid, None)

    async def _failed(self, open_kfid: str, retry_after: timedelta | None) -> None:
        if self._ahead.forget(open_kfid):
            self._wanted.add(open_kfid)
        await self._retry_soon(retry_after)

    def _token(self, open_kfid: str) -> str:
        token, until = self._tokens.get(open_kfid, ("", self._clock.now()))
        return token if self._clock.now() < until else ""

    async def _retry_soon(self, retry_after: timedelta | None) -> None:
        delay, self._retry = self._retry, min(self._retry * 2, self._every)
        await self._look_again_in(max(delay, retry_after or timedelta()))

    async def _look_again_in(self, delay: timedelta) -> None:
        due_at = self._clock.now() + delay
        try:
            await self._timers.put(Timer(kind=KF_POLL, subject=KF_POLL, due_at=due_at))
        except Exception:  # the row of before is due still
            log.exception("the next look could not be written down", action="kf_poll_not_written")
            return
        self._timer_set(due_at)
