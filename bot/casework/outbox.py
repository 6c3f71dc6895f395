"""Delivers what goes to field units: tried at once, then with growing pauses, given up after about a day.

At least once: a receiver that took a message but could not say so gets it again with the same id.
"""

import asyncio
from datetime import timedelta

import structlog

from bot.casework.ports import FieldUnits, Orders, Webhook, Webhooks, WebhookState
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.events import OrderReminded
from bot.domain.order_limits import EMERGENCIES
from bot.ports import Timer

log = structlog.get_logger()

#: Pauses before the second attempt, the third, and so on; after the last one it is given up.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 300, 900, 1800, 3600, 7200, 14400, 28800, 28800))
#: An attempt that is not heard of for so long (the process died) is made again. Longer than a request may take.
LEASE = timedelta(seconds=60)
#: An attempt with an emergency that fails is no time to wait: the desk is told to telephone.
FIRST = 1


class UnitOutbox:
    def __init__(
        self, *, webhooks: Webhooks, orders: Orders, units: FieldUnits, company: CompanyProfile, clock: Clock
    ) -> None:
        self._webhooks = webhooks
        self._orders = orders
        self._units = units
        self._company = company
        self._clock = clock
        self._running: set[asyncio.Task[None]] = set()

    async def start(self, timer: Timer) -> None:
        """An attempt is due: made in the background, because a slow receiver must not hold up the other timers."""
        now = self._clock.now()
        webhook = await self._webhooks.claim(timer.subject, now, now + LEASE)
        if webhook:
            task = asyncio.create_task(self._attempt(webhook))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def retry(self, webhook_id: str) -> None:
        """A person wants a dead one tried again."""
        known = await self._webhooks.get(webhook_id)
        if known and known.state is WebhookState.DEAD:
            await self._webhooks.revive(Webhook(**{**vars(known), "next_at": self._clock.now()}))

    async def settle(self) -> None:
        """Wait until the attempts under way have ended."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    @property
    def idle(self) -> bool:
        return not self._running

    async def close(self) -> None:
        """Attempts under way are broken off; they are made again at the next start."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _attempt(self, webhook: Webhook) -> None:
        try:
            delivered = await self._units.post(webhook, self._clock.now())
            if delivered.ok:
                await self._webhooks.settle(webhook.id, WebhookState.DELIVERED, "", None)
                async with self._orders.open(webhook.number) as work:
                    work.note("delivered", self._filled(webhook, "{unit}的系统已收到工单"))
                return
            log.warning("a field unit's system did not take an order", action="webhook_failed", reason=delivered.error)
            pause = PAUSES[webhook.attempts - 1] if webhook.attempts <= len(PAUSES) else None
            if delivered.gone or pause is None:
                await self._webhooks.settle(webhook.id, WebhookState.DEAD, delivered.error, None)
                await self._warn(webhook, "undeliverable", "工单 {number} 没能发到{unit}的系统，请打电话或打印派单")
                return
            await self._webhooks.settle(webhook.id, WebhookState.WAITING, delivered.error, self._clock.now() + pause)
            if webhook.attempts == FIRST:
                await self._warn_of_emergency(webhook)
        except Exception:
            # The lease runs out and it is tried again.
            log.exception("an attempt to deliver failed", action="webhook_attempt_failed")

    async def _warn_of_emergency(self, webhook: Webhook) -> None:
        order = await self._orders.get(webhook.number)
        if order and order.type in EMERGENCIES:
            await self._warn(webhook, "undelivered", "险情工单 {number} 还没有发到{unit}的系统，请马上打电话：{phone}")

    async def _warn(self, webhook: Webhook, what: str, sentence: str) -> None:
        text = self._filled(webhook, sentence)
        async with self._orders.open(webhook.number) as work:
            work.note(what, text)
            work.emit(OrderReminded(work.order, what, text))

    def _filled(self, webhook: Webhook, sentence: str) -> str:
        unit = getattr(self._company.units, webhook.unit)
        return sentence.format(number=webhook.number, unit=unit.name, phone=unit.phone)
