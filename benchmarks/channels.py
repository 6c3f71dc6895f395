"""How long a platform waits until a customer's message is stored, and how many a channel takes, on a whole gasdesk.

The customers' conversations are with agents, so that the answer to the request means "stored": nobody is asked, and
nothing else is said.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.bare_commits import bare_commits
from benchmarks.places import data_folder, database_of, postgres_for_measuring
from benchmarks.processor import processor_seconds
from benchmarks.report import Figures, Report, Value
from benchmarks.statistics import percentile
from benchmarks.waiting_customers import evenly, hire, store, waiting_customers
from benchmarks.writers import Written
from benchmarks.writers_accounts import CONTACTS, ENVIRONMENT
from bot.adapters.company_file import load_company
from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import messages
from bot.domain.conversations import Speaker
from bot.settings import ROOT
from bot.sla.limits import Limits
from tests.gasdesk_process import GasdeskProcess, gasdesk_process

AGENTS = [f"B{number:03}" for number in range(20)]
#: On each channel.
CUSTOMERS = 500
#: Messages a second at which the target holds.
RATE = 50
AT_ONCE = 32
TARGET_MS = 20.0
#: No prompt and no breach comes while it is measured.
PATIENT = {
    "GASDESK_SLA__WAITING_PROMPT_SECONDS": "3600",
    "GASDESK_SLA__REPLY_LIMIT_SECONDS": "7200",
    "GASDESK_SLA__AGENT_WARNING_SECONDS": "7000",
}
NAMES = {"web": "web page", "telegram": "Telegram", "wechat": "Official Account", "wechat_kf": "微信客服"}
COLUMNS = ["database", "channel", "load", "messages", "p50 ms", "p95 ms", "p99 ms", "stored/s", "gasdesk CPU ms"]


@dataclass(frozen=True)
class Level:
    """How customers write; the target holds where they write as they come."""

    title: str
    count: int
    rate: float = 0.0
    at_once: int = 1
    #: How often the platform delivers each message, at the same moment.
    times: int = 1


LEVELS = (
    Level(f"{RATE} a second, at random", 600, rate=RATE),
    Level(f"{AT_ONCE} under way", 2000, at_once=AT_ONCE),
    Level(f"{AT_ONCE} under way, three times each", 700, at_once=AT_ONCE, times=3),
)


async def run() -> Report:
    report = Report("channels")
    rows: list[list[Value]] = []
    with ExitStack() as stack:
        folder = stack.enter_context(data_folder())
        floor = await asyncio.to_thread(bare_commits, folder)
        rows += await _measure(report, "SQLite", f"sqlite+aiosqlite:///{folder / 'gasdesk.db'}", folder)
        if server := stack.enter_context(postgres_for_measuring()):
            url = stack.enter_context(database_of(server))
            rows += await _measure(report, "PostgreSQL", url, stack.enter_context(data_folder()))
    notes = [
        f"{CUSTOMERS} customers a channel, whose conversations agents have; target: p95 ≤ {TARGET_MS:g} ms at {RATE} a "
        "second",
        "from the moment the platform sends the message to our answer, which comes after the commit; the platform runs "
        "on the same machine, in a process of its own",
        f"a commit of one row by SQLite alone, on this disk: p50 {percentile(floor, 0.5):.2g} ms, p95 "
        f"{percentile(floor, 0.95):.2g} ms",
        "微信客服 only says that there is something: from its notice until the row is read from the database by "
        "somebody who looks every 2 ms; what comes meanwhile is fetched together",
        "three times each: until the last of the three is answered; each is one row",
        "gasdesk CPU: of its process, for each message; PostgreSQL's own is not in it",
        "no peer: stock Rasa's channels store a message together with its answer, so there is no such moment in it",
        *([] if server else ["PostgreSQL is not installed here (make test-deps): not measured"]),
    ]
    report.tables.append(Figures("A customer's message, from the platform's request to stored", COLUMNS, rows, notes))
    return report


async def _measure(report: Report, database: str, url: str, folder: Path) -> list[list[Value]]:
    rows: list[list[Value]] = []
    patient = {name.removeprefix("GASDESK_"): value for name, value in PATIENT.items()}
    environment = {"DATABASE_URL": url, "DEMO": "false", "LOG_LEVEL": "WARNING", **ENVIRONMENT, **patient}
    async with gasdesk_process(folder, **environment) as gasdesk:
        await _seat_customers(url)
        for channel, name in NAMES.items():
            await _write(gasdesk, channel, url, 1, Level("warm", 200, at_once=8))
            for number, level in enumerate(LEVELS, start=2):
                used = processor_seconds(gasdesk.pid)
                before = await _stored(url)
                found = await _write(gasdesk, channel, url, number, level)
                used = processor_seconds(gasdesk.pid) - used
                stored = await _stored(url) - before
                report.expect(stored == level.count, f"{database}, {name}: {level.count} messages are {stored} rows")
                p50, p95, p99 = (percentile(found.times, share) for share in (0.5, 0.95, 0.99))
                report.expect(not found.refused, f"{database}, {name}: {found.refused} messages refused")
                report.expect(not level.rate or p95 <= TARGET_MS, f"{database}, {name}: p95 is {p95:.0f} ms")
                cost = 1000 * used / len(found.times)
                figures = [len(found.times), p50, p95, p99, round(found.throughput), cost]
                rows.append([database, name, level.title, *figures])
    return rows


async def _seat_customers(url: str) -> None:
    """Write the rows beside the running service, as a second gasdesk would."""
    limits = Limits.of(load_company(ROOT / "company.yml", PATIENT).sla)
    now = datetime.now(UTC)
    database = Database.connect(url)
    try:
        await hire(database, AGENTS, now)
        for who in CONTACTS.values():
            seats = evenly(now, timedelta(seconds=1), CUSTOMERS)
            await store(database, list(waiting_customers(AGENTS, seats, who)), limits)
    finally:
        await database.close()


async def _stored(url: str) -> int:
    """Messages of customers, as rows."""
    database = Database.connect(url)
    try:
        async with database.reader.connect() as connection:
            of_customers = messages.c.speaker == Speaker.CUSTOMER.value
            return (await connection.execute(select(func.count()).where(of_customers))).scalar_one()
    finally:
        await database.close()


async def _write(gasdesk: GasdeskProcess, channel: str, url: str, name: int, level: Level) -> Written:
    """Raises RuntimeError when the load could not be run."""
    numbers: Mapping[str, float] = {"customers": CUSTOMERS, "count": level.count, "rate": level.rate}
    arguments = [channel, gasdesk.url, str(name), *(str(value) for value in numbers.values())]
    arguments += [str(level.at_once), str(level.times)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.writers", *arguments,
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "GASDESK_DATABASE_URL": url},
    )  # fmt: skip
    out, errors = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"the load failed:\n{errors.decode()[-2000:]}")
    return Written(**json.loads(out))
