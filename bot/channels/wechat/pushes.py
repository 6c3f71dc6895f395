"""Deals with each push once, however often WeChat delivers it, and says within its time what to answer."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.channel import Incoming
from bot.channels.wechat.channel import contact_id_of
from bot.channels.wechat.inbound import Inbound, What
from bot.channels.wechat.reading import Reader
from bot.channels.wechat.slots import LONGEST, Slots
from bot.channels.wechat.windows import ReplyWindows
from bot.clock import Clock, pause
from bot.domain.conversations import Message
from bot.domain.reply_windows import Occasion

log = structlog.get_logger()

#: WeChat tries three times, five seconds apart; the answer to the first is kept for the others.
REMEMBERED = timedelta(seconds=30)
#: What is older than so many seconds may be a repetition; our clock may also be wrong.
LATE = 60
FIRST_RETRY, LONGEST_RETRY = timedelta(seconds=1), timedelta(minutes=1)

TakeIn = Callable[[Incoming], Awaitable[Message]]

_OCCASIONS = {
    What.SUBSCRIBE: Occasion.FOLLOWED,
    What.SCAN: Occasion.SCANNED,
    What.CLICK: Occasion.TAPPED,
}


class NotStored(Exception):
    """Not known yet whether it can be kept: WeChat is not told that it was received, and delivers it again."""


@dataclass(eq=False)
class _Job:
    begun: datetime
    #: Stored, or failed.
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[str | None] | None" = None


class Pushes:
    """A report of danger is answered also when it cannot be stored."""

    def __init__(
        self,
        *,
        take_in: TakeIn,
        read: Reader,
        slots: Slots,
        windows: ReplyWindows,
        clock: Clock,
        greeting: Callable[[], str],
        rescue: Callable[[str], str | None],
        typing: Callable[[str, bool, str], Coroutine[Any, Any, None]],
        owed: Callable[[str], Awaitable[bool]],
        known: Callable[[str, str], Awaitable[bool]],
    ) -> None:
        """
        Args:
            greeting: what a new follower is told.
            rescue: what a text means for somebody's safety, if anything.
            owed: whether something is still to be said to a customer.
            known: whether a customer's message of this number is stored.
        """
        self._take_in = take_in
        self._read = read
        self._slots = slots
        self._windows = windows
        self._clock = clock
        self._greeting = greeting
        self._rescue = rescue
        self._typing = typing
        self._owed = owed
        self._known = known
        self._jobs: dict[tuple[str, str], _Job] = {}
        self._background: set[asyncio.Task[None]] = set()

    async def answer(self, push: Inbound) -> str | None:
        """The text to answer in the request, or None. Raises NotStored."""
        now = self._clock.now()
        self._forget(now)
        key = (push.open_id, push.id)
        job = self._jobs.get(key)
        if job is None:
            job = self._jobs[key] = _Job(now)
            job.task = asyncio.create_task(self._deal_with(push, job))
            job.task.add_done_callback(_look_at)
        await self._clock.wait_until(now + LONGEST, job.settled)
        if not job.settled.is_set():
            raise NotStored("not stored in time")
        assert job.task is not None
        try:
            return await asyncio.shield(job.task)
        except Exception:
            self._jobs.pop(key, None)  # its next delivery is another attempt
            raise

    def has_left(self, push: Inbound) -> None:
        """The answer was written to WeChat."""
        self._slots.has_left(contact_id_of(push.open_id))

    def _forget(self, now: datetime) -> None:
        """Those WeChat delivers no more; the oldest come first."""
        while self._jobs:
            key = next(iter(self._jobs))
            if now - self._jobs[key].begun < REMEMBERED:
                return
            del self._jobs[key]

    async def _deal_with(self, push: Inbound, job: _Job) -> str | None:
        try:
            return await (self._message(push, job) if self._is_said(push) else self._event(push))
        finally:
            job.settled.set()

    @staticmethod
    def _is_said(push: Inbound) -> bool:
        """A menu item with a key says its key."""
        return push.is_message or (push.what is What.CLICK and bool(push.key))

    async def _message(self, push: Inbound, job: _Job) -> str | None:
        contact_id = contact_id_of(push.open_id)
        slot = self._slots.open(contact_id)
        try:
            # First of all: what is answered out of turn needs to know that it may be sent.
            tapped = push.what is What.CLICK or bool(push.tapped)
            await self._open_window(push, Occasion.TAPPED if tapped else Occasion.WROTE)
            message = await self._take_in(await self._read(push))
        except Exception as problem:
            self._slots.close(slot)
            log.exception("a push could not be stored", action="receive_failed", channel="wechat")
            if instruction := self._rescue(push.text):
                self._in_background(self._keep_trying(push))
                return instruction
            raise NotStored(type(problem).__name__) from problem
        self._slots.stored(slot, message.seq)
        job.settled.set()
        if message.at < job.begun and not await self._owed(contact_id):
            self._slots.close(slot)  # stored long ago, before a restart or by another replica, and dealt with
        text = await self._slots.wait(slot)
        if slot.late:
            self._in_background(self._typing(contact_id, True, "bot"))
        return text

    async def _keep_trying(self, push: Inbound) -> None:
        """The customer knows what to do; the desk has to learn of it as soon as that is possible."""
        delay = FIRST_RETRY
        while True:
            await pause(self._clock, self._clock.now() + delay)
            delay = min(delay * 2, LONGEST_RETRY)
            with suppress(Exception):
                await self._take_in(await self._read(push))
                return

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def close(self) -> None:
        """Stop trying."""
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)

    async def _event(self, push: Inbound) -> str | None:
        greeting = self._greeting() if push.what in (What.SUBSCRIBE, What.SCAN) else None
        try:
            await self._note_event(push)
        except Exception as problem:
            log.exception("an event could not be stored", action="receive_failed", channel="wechat")
            if greeting is None:
                raise NotStored(type(problem).__name__) from problem
        return greeting

    async def _note_event(self, push: Inbound) -> None:
        contact_id = contact_id_of(push.open_id)
        if occasion := _OCCASIONS.get(push.what):
            await self._open_window(push, occasion)
        if push.what is What.UNSUBSCRIBE and not await self._windows.is_older(contact_id, push.created):
            await self._windows.closed(contact_id)

    async def _open_window(self, push: Inbound, occasion: Occasion) -> None:
        """Unless it comes a second time long after: the customer has done nothing then."""
        contact_id = contact_id_of(push.open_id)
        if self._clock.now().timestamp() - push.created > LATE and await self._is_repeated(contact_id, push):
            return
        await self._windows.opened(contact_id, occasion, by_theirs=push.created)

    async def _is_repeated(self, contact_id: str, push: Inbound) -> bool:
        return await self._windows.is_older(contact_id, push.created) or await self._known(contact_id, push.id)


def _look_at(task: "asyncio.Task[str | None]") -> None:
    """Nobody may be waiting for it any more."""
    if not task.cancelled():
        task.exception()
