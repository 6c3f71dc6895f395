"""How long the assistant takes to answer, beside a Rasa as it comes; and what both cost in memory and at the start."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clients import run_clients
from benchmarks.gasdesk import Started, gasdesk_with_rasa
from benchmarks.load import Load
from benchmarks.memory import memory_of
from benchmarks.places import data_folder
from benchmarks.report import Figures, Report, Value
from benchmarks.script import CONVERSATION
from benchmarks.statistics import median, percentile
from benchmarks.stock_rasa import StockRasa, stock_model, stock_rasa

#: Customers side by side, and how many conversations each has in a round.
LEVELS = {1: 8, 8: 3, 32: 1}
ROUNDS = 3
OURS, STOCK = "gasdesk, web page", "stock Rasa, REST"


@dataclass(frozen=True)
class Both:
    gasdesk: Started
    stock: StockRasa


async def run() -> Report:
    model = await asyncio.to_thread(stock_model)
    report = Report("answers")
    with data_folder() as folder:
        async with _both(model, folder) as both:
            report.tables.append(_answers(await _rounds(both), report))
            report.tables.append(_costs(both))
    return report


@asynccontextmanager
async def _both(model: Path, folder: Path) -> AsyncIterator[Both]:
    """Side by side, so that both are measured under the same conditions; the one not asked is idle."""
    async with gasdesk_with_rasa(folder) as started, stock_rasa(model, started.action_url, folder) as stock:
        yield Both(started, stock)


async def _rounds(both: Both) -> dict[tuple[int, str], list[Load]]:
    kinds = {OURS: ("web", both.gasdesk.process.url), STOCK: ("rest", both.stock.url)}
    for kind, url in kinds.values():
        await run_clients(kind, url, 1, 1)  # both warm
    found: dict[tuple[int, str], list[Load]] = {}
    for number in range(ROUNDS):
        for clients, conversations in LEVELS.items():
            # Who is first changes with the round.
            for name in (OURS, STOCK) if number % 2 == 0 else (STOCK, OURS):
                load = await run_clients(*kinds[name], clients, conversations)
                found.setdefault((clients, name), []).append(load)
    return found


def _answers(found: dict[tuple[int, str], list[Load]], report: Report) -> Figures:
    columns = ["clients", "server", "p50 ms", "p95 ms", "p99 ms", "answers/s", "unanswered", "p95 × stock"]
    rows: list[list[Value]] = []
    for clients in LEVELS:
        p95 = {name: _median_ms(found[clients, name], 0.95) for name in (OURS, STOCK)}
        for name in (OURS, STOCK):
            loads = found[clients, name]
            times = [_median_ms(loads, share) for share in (0.5, 0.95, 0.99)]
            unanswered = sum(load.unanswered for load in loads)
            ratio = p95[OURS] / p95[STOCK] if name == OURS else None
            rows.append([clients, name, *times, median(load.throughput for load in loads), unanswered, ratio])
            report.expect(unanswered == 0 or name == STOCK, f"{name}: {unanswered} messages were not answered")
    notes = [
        f"each customer waits for every answer of conversations of {len(CONVERSATION)} messages; "
        f"medians of {ROUNDS} interleaved rounds",
        "gasdesk: from the page's emit to the first bot_uttered, stored on SQLite before and after; "
        "stock: one HTTP request, nothing stored",
    ]
    return Figures("Answers of the assistant", columns, rows, notes)


def _median_ms(loads: list[Load], share: float) -> float:
    return 1000 * median(percentile(load.latencies, share) for load in loads)


def _costs(both: Both) -> Figures:
    started, stock = both.gasdesk, both.stock
    processes = {
        "gasdesk": (started.process.pid, started.page_seconds, "first page, second start"),
        "its Rasa": (started.rasa_pid, started.ready_seconds, "/readyz with the assistant, second start"),
        "stock Rasa": (stock.pid, stock.start_seconds, "first answer"),
    }
    rows: list[list[Value]] = []
    for name, (pid, seconds, until) in processes.items():
        memory = memory_of(pid)
        rows.append([name, memory.rss if memory else None, memory.pss if memory else None, seconds, until])
    columns = ["process", "RSS MB", "PSS MB", "start s", "until"]
    return Figures("Memory after the load, and starts", columns, rows)
