"""How long it takes until a customer's message is stored, which is when it is acknowledged."""

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

from benchmarks.places import data_folder, database_of, postgres_for_measuring
from benchmarks.report import Figures, Report, Value
from benchmarks.statistics import percentile
from benchmarks.waiting_customers import evenly, hire, store, waiting_customers
from bot.adapters.company_file import load_company
from bot.adapters.sql.migrate import migrate
from bot.channels.web_chat import contact_of
from bot.clock import stopwatch
from bot.gasdesk import Gasdesk
from bot.ports import Contact
from bot.settings import ROOT, Settings
from bot.sla.limits import Limits
from bot.testing import ScriptedAssistant
from bot.wiring import build

AGENTS = ["B001", "B002"]
CONTACTS = 64
#: Writers at the same time, and messages in all.
LEVELS = {1: 1000, 32: 4000}


async def run() -> Report:
    report = Report("storage")
    rows: list[list[Value]] = []
    with ExitStack() as stack:
        folder = stack.enter_context(data_folder())
        rows += await _measure("SQLite", Settings(data=folder))
        server = stack.enter_context(postgres_for_measuring())
        if server:
            url = stack.enter_context(database_of(server))
            rows += await _measure("PostgreSQL", Settings(data=folder, database_url=url))
    notes = [
        "receive_message until its commit, in conversations that agents have; both databases keep commits "
        "across a power cut",
        *([] if server else ["PostgreSQL is not installed here (make test-deps): not measured"]),
    ]
    columns = ["database", "writers", "p50 ms", "p95 ms", "p99 ms", "stored/s"]
    report.tables.append(Figures("A customer's message stored", columns, rows, notes))
    return report


async def _measure(name: str, settings: Settings) -> list[list[Value]]:
    company = load_company(ROOT / "company.yml", {})
    gasdesk = build(settings, company, assistant=ScriptedAssistant())
    await migrate(gasdesk.stores.database)
    rows: list[list[Value]] = []
    async with gasdesk.running():
        await _prepare(gasdesk, Limits.of(company.sla))
        for writers, count in LEVELS.items():
            await _write(gasdesk, writers, count // 10, "warm")
            began = stopwatch()
            times = await _write(gasdesk, writers, count, "measured")
            seconds = stopwatch() - began
            shares = [percentile(times, share) for share in (0.5, 0.95, 0.99)]
            rows.append([name, writers, *shares, round(len(times) / seconds)])
    return rows


async def _prepare(gasdesk: Gasdesk, limits: Limits) -> None:
    """So many customers with agents, so that nothing but the message is written."""
    now = datetime.now(UTC)
    await hire(gasdesk.stores.database, AGENTS, now)
    customers = list(waiting_customers(AGENTS, evenly(now, timedelta(seconds=1), CONTACTS)))
    await store(gasdesk.stores.database, customers, limits)


async def _write(gasdesk: Gasdesk, writers: int, count: int, name: str) -> list[float]:
    """Milliseconds each message took."""
    times: list[float] = []
    messages = iter(range(count))

    async def writer(number: int) -> None:
        contacts = _contacts_of(number, writers)
        for message in messages:
            began = stopwatch()
            contact = contacts[message % len(contacts)]
            await gasdesk.core.receive(contact, f"{name}-{writers}-{message}", "请问我的卡什么时候能补好？")
            times.append(1000 * (stopwatch() - began))

    await asyncio.gather(*(writer(number) for number in range(writers)))
    return times


def _contacts_of(writer: int, writers: int) -> Sequence[Contact]:
    return [contact_of(f"waiting-{number}") for number in range(writer, CONTACTS, writers)]
