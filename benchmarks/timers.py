"""10,000 waiting prompts that fall due within 10 seconds: how late they are, and whether each comes exactly once."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.commit_times import Commits, PostgresCommits, SqliteCommits
from benchmarks.places import data_folder, database_of, postgres_for_measuring
from benchmarks.report import Figures, Report, Value
from benchmarks.statistics import percentile
from benchmarks.waiting_customers import evenly, hire, store, waiting_customers
from bot.adapters.company_file import load_company
from bot.adapters.sql.database import Database
from bot.settings import ROOT
from bot.sla.limits import Limits
from tests.gasdesk_process import GasdeskProcess, gasdesk_process

COUNT = 10_000
SPAN = timedelta(seconds=10)
#: For writing the rows, before the first is due.
LEAD = timedelta(seconds=20)
#: How long after the last due moment the count is taken. The next prompt of the first customer comes later still.
PATIENCE = timedelta(seconds=20)
AGENTS = [f"B{number:03}" for number in range(200)]
TARGET_SECONDS = 0.5

COLUMNS = ["database", "what", "p50 ms", "p95 ms", "p99 ms", "max ms", "missed", "doubled"]


@dataclass(frozen=True)
class Schedule:
    """When the prompt of each conversation is due, in seconds since 1970."""

    due: dict[str, float]

    @property
    def first(self) -> float:
        return min(self.due.values())

    @property
    def last(self) -> float:
        return max(self.due.values())

    def lateness(self, commits: Commits) -> list[float]:
        """Of each conversation's first prompt, in seconds."""
        return [commits[c][0] - due for c, due in self.due.items() if commits.get(c)]

    def missed(self, commits: Commits) -> int:
        return sum(1 for c in self.due if not commits.get(c))

    def doubled(self, commits: Commits) -> int:
        return sum(1 for c in self.due if len(commits.get(c, ())) > 1)


async def run() -> Report:
    report = Report("timers")
    rows: list[list[Value]] = []
    for killed in (False, True):
        with data_folder() as folder:
            url = f"sqlite+aiosqlite:///{folder / 'gasdesk.db'}"
            rows.append(await _measure(report, "SQLite", url, SqliteCommits(folder / "gasdesk.db"), folder, killed))
    with postgres_for_measuring() as server:
        for killed in (False, True) if server else ():
            assert server is not None
            with database_of(server) as url, data_folder() as folder:
                rows.append(await _measure(report, "PostgreSQL", url, PostgresCommits(url), folder, killed))
    notes = [
        f"lateness: commit of the prompt minus its due time; target p99 ≤ {TARGET_SECONDS * 1000:g} ms without a kill",
        "each conversation must have exactly one prompt; a killed process is started again at once",
        *([] if server else ["PostgreSQL is not installed here (make test-deps): not measured"]),
    ]
    title = f"{COUNT:,} waiting prompts due within {SPAN.total_seconds():g} s"
    report.tables.append(Figures(title, COLUMNS, rows, notes))
    return report


async def _measure(
    report: Report, name: str, url: str, watcher: SqliteCommits | PostgresCommits, folder: Path, killed: bool
) -> list[Value]:
    async with gasdesk_process(folder, DATABASE_URL=url, DEMO="false", LOG_LEVEL="WARNING") as gasdesk:
        schedule = await _arm(url)
        with watcher.watching():
            if killed:
                await _kill_in_the_middle(gasdesk, schedule)
            await _until(schedule.last + 1)
            await _until_prompted(watcher, schedule)
    commits = watcher.read()
    lateness = schedule.lateness(commits)
    missed, doubled = schedule.missed(commits), schedule.doubled(commits)
    report.expect(missed == doubled == 0, f"{name}: {missed} prompts missed, {doubled} doubled")
    p99 = percentile(lateness, 0.99)
    report.expect(killed or p99 <= TARGET_SECONDS, f"{name}: lateness p99 is {p99:.2f} s")
    shares = [1000 * percentile(lateness, share) for share in (0.5, 0.95)]
    what = "killed (SIGKILL) half-way" if killed else "undisturbed"
    return [name, what, *shares, 1000 * p99, 1000 * max(lateness), missed, doubled]


async def _arm(url: str) -> Schedule:
    """Write the rows beside the running service, as a second gasdesk would."""
    limits = Limits.of(load_company(ROOT / "company.yml", {}).sla)
    now = datetime.now(UTC)
    due = evenly(now + LEAD, SPAN, COUNT)
    customers = list(waiting_customers(AGENTS, [moment - limits.waiting_prompt for moment in due]))
    database = Database.connect(url)
    try:
        await hire(database, AGENTS, now - timedelta(hours=1))
        await store(database, customers, limits)
    finally:
        await database.close()
    if datetime.now(UTC) > due[0] - timedelta(seconds=2):
        raise RuntimeError(f"this machine is too slow or too busy: the rows were not written within {LEAD}")
    ids = [customer.conversation.id for customer in customers]
    return Schedule({each: moment.timestamp() for each, moment in zip(ids, due, strict=True)})


async def _kill_in_the_middle(gasdesk: GasdeskProcess, schedule: Schedule) -> None:
    await _until((schedule.first + schedule.last) / 2)
    gasdesk.kill()
    await gasdesk.start()


async def _until_prompted(watcher: SqliteCommits | PostgresCommits, schedule: Schedule) -> None:
    for _ in range(int(PATIENCE.total_seconds())):
        if len(await asyncio.to_thread(watcher.read)) == len(schedule.due):
            break
        await asyncio.sleep(1)
    await asyncio.sleep(1)  # for what comes twice


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.time()))
