"""How long a customer who reports a leak waits for the safety instruction, whatever state the assistant is in."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import uuid4

from benchmarks.clients import flood
from benchmarks.gasdesk import Started, assistant_is_ready, gasdesk_with_rasa
from benchmarks.places import data_folder
from benchmarks.report import Figures, Report, Value
from benchmarks.script import LEAK
from benchmarks.statistics import percentile
from bot.clock import stopwatch
from tests.gasdesk_process import until
from tests.web_customer import Heard, WebCustomer

COUNT = 100
#: Between two reports.
PAUSE_SECONDS = 0.1
FLOODING = 32
TARGET_MS = 100.0


async def run() -> Report:
    report = Report("safety")
    rows: list[list[Value]] = []
    with data_folder() as folder:
        async with gasdesk_with_rasa(folder) as started:
            url = started.process.url
            for name, state in {
                "up": _up(),
                f"busy: {FLOODING} customers ask without pause": _busy(url),
                "killed, and killed again whenever it is back": _dead(started),
            }.items():
                async with state:
                    times = await _report_leaks(url)
                p95 = percentile(times, 0.95)
                report.expect(p95 <= TARGET_MS, f"assistant {name}: p95 is {p95:.0f} ms")
                rows.append([name, len(times), percentile(times, 0.5), p95, max(times)])
    columns = ["assistant", "reports", "p50 ms", "p95 ms", "max ms"]
    notes = [f"from the page's emit of “{LEAK}” to the instruction on the page; target: p95 ≤ {TARGET_MS:g} ms"]
    report.tables.append(Figures("The safety instruction", columns, rows, notes))
    return report


@asynccontextmanager
async def _up() -> AsyncIterator[None]:
    yield


@asynccontextmanager
async def _busy(url: str) -> AsyncIterator[None]:
    async with flood(url, FLOODING):
        await asyncio.sleep(5)
        yield


@asynccontextmanager
async def _dead(started: Started) -> AsyncIterator[None]:
    """Dead, and being started again: loading its model keeps a core busy."""
    killing = asyncio.create_task(_keep_killing(started))
    try:
        yield
    finally:
        killing.cancel()
        await asyncio.gather(killing, return_exceptions=True)


async def _keep_killing(started: Started) -> None:
    while True:
        with suppress(OSError, ValueError, KeyError):  # it is just being started
            os.kill(started.rasa_pid, signal.SIGKILL)
        await asyncio.sleep(1)
        with suppress(TimeoutError):
            await until(lambda: assistant_is_ready(started.process), 60)


async def _report_leaks(url: str) -> list[float]:
    """Milliseconds each of so many customers waited, one after the other."""
    times = []
    for _ in range(COUNT):
        customer = _Customer(url)
        await customer.connect()
        times.append(1000 * await customer.report())
        await customer.disconnect()
        await asyncio.sleep(PAUSE_SECONDS)
    return times


class _Customer(WebCustomer):
    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._instructed: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.on_heard = self._note

    async def report(self) -> float:
        """Seconds until the instruction. Raises TimeoutError."""
        began = stopwatch()
        async with asyncio.timeout(20):
            assert (await self.say(LEAK, str(uuid4())))["ok"]
            return await self._instructed - began

    def _note(self, message: Heard) -> None:
        if message.kind == "safety" and not self._instructed.done():
            self._instructed.set_result(message.at)
