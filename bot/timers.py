"""The one timer service: timers are stored rows, so a restart forgets none of them.

A conversation's timers are a function of its state (bot/sla/deadlines.py) and are written in the same
transaction as the state. So nobody sets or cancels one by hand: a reply that ends a wait ends its timers, and a
timer that fires does its work, changes the state and is replaced in one transaction: once, whatever crashes.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.domain.conversations import Conversation
from bot.ports import Conversations, Timer, TimerStore, Work

log = structlog.get_logger()

#: Looks at the table at least this often: another replica may have set a timer.
POLL = timedelta(seconds=1)
#: Taken in one transaction. Large enough for a thousand a second, small enough to be prompt.
BATCH = 250
#: A timer whose rule fails is tried again after this, so that it does not hold up the others.
PUT_OFF = timedelta(seconds=10)

Rule = Callable[[Work], Awaitable[None]]


class Timers:
    """`rules` act on a conversation, inside its transaction; `others` on timers of other subjects."""

    def __init__(
        self,
        store: TimerStore,
        clock: Clock,
        *,
        conversations: Conversations,
        deadlines: Callable[[Conversation], Sequence[Timer]],
        rules: Mapping[str, Rule],
        others: Mapping[str, Callable[[Timer], Awaitable[None]]],
        lateness: Callable[[float], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._conversations = conversations
        self._deadlines = deadlines
        self._rules = rules
        self._others = dict(others)
        self._lateness = lateness
        self._wake = asyncio.Event()
        self._sleeping_until: datetime | None = None

    def add(self, others: Mapping[str, Callable[[Timer], Awaitable[None]]]) -> None:
        """Act on these kinds as well."""
        self._others |= others

    def drop(self, kinds: Collection[str]) -> None:
        """Act on these kinds no more; their rows stay."""
        self._others = {kind: act for kind, act in self._others.items() if kind not in kinds}

    @property
    def _kinds(self) -> set[str]:
        """What is left by a channel that was switched off waits until it is back."""
        return {*self._rules, *self._others}

    def set(self, due_at: datetime) -> None:
        """A timer was stored that is due then."""
        if self._sleeping_until is None or due_at < self._sleeping_until:
            self._wake.set()

    async def run(self) -> None:
        """Fire what falls due, for ever. A dead database is ridden over: the rows wait."""
        while True:
            self._wake.clear()
            moment = None
            try:
                if await self.fire_due() == BATCH:
                    continue
                moment = await self._store.next_due_at(self._kinds)
            except Exception:
                log.exception("timers could not be read or fired", action="timers_failed")
            latest = self._clock.now() + POLL
            self._sleeping_until = min(moment, latest) if moment else latest
            await self._clock.wait_until(self._sleeping_until, self._wake)
            self._sleeping_until = None

    async def fire_due(self) -> int:
        """One step: fire what is due now and tell how many that were; what another replica is at does not count."""
        due = await self._store.due(self._clock.now(), BATCH, self._kinds)
        mine = [timer for timer in due if timer.kind in self._rules]
        fired = await self._fire_together(mine) if mine else []
        for timer in due:
            if timer.kind in self._others:
                await self._others[timer.kind](timer)
                fired.append(timer)
        done = self._clock.now()
        for timer in fired:
            self._lateness((done - timer.due_at).total_seconds())
        return len(fired)

    async def _fire_together(self, due: Sequence[Timer]) -> list[Timer]:
        try:
            return await self._fire(due)
        except Exception:
            log.exception("a batch of timers failed; firing them singly", action="timer_batch_failed")
            for timer in due:
                await self._fire_alone(timer)
            return list(due)

    async def _fire_alone(self, timer: Timer) -> None:
        try:
            await self._fire([timer])
        except Exception:
            log.exception("a timer failed", action="timer_failed", kind=timer.kind, conversation=timer.subject)
            await self._store.put(Timer(kind=timer.kind, subject=timer.subject, due_at=self._clock.now() + PUT_OFF))

    async def _fire(self, due: Sequence[Timer]) -> list[Timer]:
        now = self._clock.now()
        async with self._conversations.open_due(due) as works:
            for timer in due:
                work = works.get(timer.subject)
                # The state may have moved on between the look at the table and the lock.
                if work and self._is_due(timer, work.conversation, now):
                    await self._rules[timer.kind](work)
        return [timer for timer in due if timer.subject in works]

    def _is_due(self, timer: Timer, conversation: Conversation, now: datetime) -> bool:
        return any(t.kind == timer.kind and t.due_at <= now for t in self._deadlines(conversation))
