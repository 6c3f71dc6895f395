"""How long the lead waits for a report, and the inspector for his list, when there is much to count."""

import asyncio
import gc
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import insert

from benchmarks.places import data_folder, database_of, postgres_for_measuring
from benchmarks.report import Figures, Report, Value
from benchmarks.statistics import percentile
from bot.adapters.company_file import load_company
from bot.adapters.sql import rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.inspection_cases import SqlInspectionCases
from bot.adapters.sql.migrate import migrate
from bot.adapters.sql.service_report import SqlServiceReport
from bot.adapters.sql.tables_chat import breaches, conversations, messages
from bot.adapters.sql.tables_composer import surveys
from bot.clock import stopwatch
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Conversation, Kind, Message, Owner, SeenIntent, Speaker
from bot.domain.service_report import By, periods
from bot.domain.work_orders import OrderType
from bot.quality.ports import Wanted
from bot.settings import ROOT, Settings

CONVERSATIONS, MESSAGES_EACH, DAYS = 10_000, 10, 28
AGENTS = [f"B{number:03}" for number in range(20)]
TYPES = [each.value for each in OrderType]
INTENTS = ["pay_bill", "report_leak", "open_account", "greet", "ask_invoice"]
REPEAT = 20
#: Nobody waits longer for a page of figures; and so long nobody else's message may wait because of it.
TARGET_MS, LONGEST_PAUSE_MS = 1000, 50


async def run() -> Report:
    report = Report("reports")
    company = load_company(ROOT / "company.yml", {})
    found: list[list[Value]] = []
    with ExitStack() as stack:
        folder = stack.enter_context(data_folder())
        found += await _measure("SQLite", Settings(data=folder).database, company)
        if server := stack.enter_context(postgres_for_measuring()):
            url = stack.enter_context(database_of(server))
            found += await _measure("PostgreSQL", url, company)
    for database, what, _, p95, pause in found:
        report.expect(float(p95 or 0) <= TARGET_MS, f"{database}, {what}: p95 {TARGET_MS} ms")
        report.expect(float(pause or 0) <= LONGEST_PAUSE_MS, f"{database}, {what}: pause {LONGEST_PAUSE_MS} ms")
    notes = [
        f"{CONVERSATIONS:,} conversations of {DAYS} days with {CONVERSATIONS * MESSAGES_EACH:,} messages, 20 agents; "
        "pause: the longest that the event loop computed without a break, in processor time"
    ]
    columns = ["database", "asked for", "p50 ms", "p95 ms", "longest pause ms"]
    report.tables.append(Figures("Reports and the inspector's list", columns, found, notes))
    return report


async def _measure(name: str, url: str, company: CompanyProfile) -> list[list[Value]]:
    database, now = Database.connect(url), datetime.now(UTC)
    await migrate(database)
    await _fill(database, now)
    gc.collect()
    gc.freeze()  # as gasdesk does after its start
    zone, sla = company.company.zone, company.sla
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    span = (midnight - timedelta(days=DAYS - 1), midnight + timedelta(days=1))
    quick, limit = timedelta(seconds=sla.first_reply_seconds), timedelta(seconds=sla.reply_limit_seconds)
    count = SqlServiceReport(database, quick, limit, company.staffing.skill_groups)
    cases = SqlInspectionCases(database, company.inspection.low_satisfaction)
    asked: dict[str, Callable[[], Awaitable[object]]] = {}
    for by in By:
        days = periods(by if by is By.DAY else By.WEEK, *span, zone)
        asked[f"report by {by.value}"] = partial(count, by, days, now)
    asked["list: all, latest 300"] = lambda: cases.listed(Wanted(since=span[0], until=span[1]), 300)
    asked["list: focus, latest 300"] = lambda: cases.listed(Wanted(since=span[0], until=span[1], focus=True), 300)
    asked["draw: all of the month"] = lambda: cases.undrawn(*span)
    found = [[name, what, *await _times(act)] for what, act in asked.items()]
    await database.close()
    return found


async def _times(act: Callable[[], Awaitable[object]]) -> list[Value]:
    await act()
    times: list[float] = []
    async with _watched() as pauses:
        for _ in range(REPEAT):
            began = stopwatch()
            await act()
            times.append(1000 * (stopwatch() - began))
    return [percentile(times, 0.5), percentile(times, 0.95), max(pauses)]


@asynccontextmanager
async def _watched() -> AsyncIterator[list[float]]:
    """How long at a time the event loop computed without a break, in milliseconds of its own processor time."""
    pauses = [0.0]

    async def tick() -> None:
        while True:
            began = time.thread_time()
            await asyncio.sleep(0.001)
            pauses.append(1000 * (time.thread_time() - began))

    ticking = asyncio.create_task(tick())
    yield pauses
    ticking.cancel()


async def _fill(database: Database, now: datetime) -> None:
    chance = random.Random(7)
    made = [_conversation(number, chance, now) for number in range(CONVERSATIONS)]
    async with database.writer.begin() as connection:
        for begin in range(0, CONVERSATIONS, 500):
            lot = made[begin : begin + 500]
            await connection.execute(insert(conversations), [rows.changed_columns(None, each) for each in lot])
            await connection.execute(insert(messages), [row for each in lot for row in _messages(each)])
            graded = [_survey(each, chance) for each in lot if each.staff_id]
            await connection.execute(insert(surveys), graded)
            late = [_breach(each) for each in lot if each.breaches]
            if late:
                await connection.execute(insert(breaches), late)


def _conversation(number: int, chance: random.Random, now: datetime) -> Conversation:
    at = now - timedelta(seconds=chance.uniform(3600, (DAYS - 1) * 86400))
    person = chance.random() < 0.5
    asked = at + timedelta(seconds=60) if person else None
    closed = at + timedelta(seconds=chance.uniform(120, 1800))
    return Conversation(
        id=f"c{number}",
        contact_id=f"web:{number}",
        channel=chance.choice(["web", "wechat", "telegram"]),
        owner=Owner.CLOSED,
        staff_id=chance.choice(AGENTS) if person else None,
        opened_at=at,
        last_at=closed,
        closed_at=closed,
        asked_at=asked,
        first_reply_at=asked + timedelta(seconds=chance.expovariate(1 / 20)) if asked else None,
        breaches=int(person and chance.random() < 0.05),
        category=chance.choice(TYPES) if person else "",
        intents=tuple(SeenIntent(chance.choice(INTENTS), 0.9, "我想问一下") for _ in range(4)),
    )


def _messages(c: Conversation) -> list[dict[str, Any]]:
    said = [
        Message(
            id=f"m{seq}",
            conversation_id=c.id,
            seq=seq,
            at=c.opened_at + timedelta(seconds=10 * seq),
            speaker=Speaker.CUSTOMER if seq % 2 else Speaker.BOT,
            kind=Kind.TEXT if seq % 2 else Kind.ANSWER,
            text="请问我家的燃气费怎么交，户号是10010001，什么时候能恢复供气？",
        )
        for seq in range(1, MESSAGES_EACH + 1)
    ]
    return [rows.message_row(c.contact_id, each) for each in said]


def _survey(c: Conversation, chance: random.Random) -> dict[str, Any]:
    score = chance.choice([None, 1, 3, 4, 5, 5])
    return {
        "conversation_id": c.id,
        "contact_id": c.contact_id,
        "staff_id": c.staff_id,
        "asked_at": c.closed_at,
        "score": score,
        "reason": "",
        "answered_at": c.closed_at if score else None,
    }


def _breach(c: Conversation) -> dict[str, Any]:
    return {
        "conversation_id": c.id,
        "at": c.opened_at,
        "promise": "reply",
        "staff_id": c.staff_id,
        "waited_seconds": 121.0,
        "moved_to": None,
    }
