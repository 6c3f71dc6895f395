"""From a label to a live model while five customers chat: how long it takes, and what the customers notice of it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2

from benchmarks.clients import run_clients
from benchmarks.gasdesk import READY_SECONDS, assistant_is_ready, train
from benchmarks.places import data_folder
from benchmarks.report import Figures, Report, Value
from benchmarks.statistics import percentile
from bot.adapters.demo_staff import FILE
from bot.adapters.sql.database import Database
from bot.adapters.sql.review import SqlReview
from bot.clock import SystemClock, stopwatch
from bot.training.review import Find, Reason
from bot.wiring import new_id
from tests.gasdesk_process import GasdeskProcess, until
from tests.own_project import own_project

type Json = dict[str, Any]

CHATS = 5
#: Seconds before a customer's next message; without it five would keep both cores busy by themselves.
THINKING = 1.0
#: What an administrator labels; no example, and no test sentence, is like them.
LABELLED = {
    "表屏一片漆黑啥都瞧不见": "report_meter_fault",
    "燃气本子在哪里补办呀": "ask_gas_coupon",
    "礼拜六柜台有人坐班没有": "ask_service_hours",
}
#: Replies get at most so much slower, from a label to live takes at most so long, a roll back as well (seconds).
SLOWER, LABEL_TO_LIVE, ROLL_BACK = 1.5, 300.0, 5.0
LIMIT_SECONDS = 1800.0


class Admin:
    def __init__(self, http: httpx2.AsyncClient) -> None:
        self._http = http

    async def call(self, method: str, path: str, **body: Any) -> Json:
        answer = await self._http.request(method, f"/api/{path}", json=body if method != "GET" else None)
        if not answer.is_success:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        found: Json = answer.json()
        return found


async def run() -> Report:
    report = Report("retraining")
    with data_folder() as folder:
        async with _gasdesk(folder) as process, _admin(process) as admin:
            await _label(process, admin)
            await run_clients("web", process.url, CHATS, 1)  # warm
            quiet = (await run_clients("web", process.url, CHATS, 3, thinking=THINKING)).latencies
            steps, busy, unanswered = await _retrain(process, admin)
    report.tables.append(_latencies(quiet, busy, report))
    report.tables.append(_times(steps, report))
    report.expect(unanswered == 0, f"{unanswered} messages were not answered")
    return report


async def _retrain(process: GasdeskProcess, admin: Admin) -> tuple[dict[str, float], list[float], int]:
    """How long each step took, in seconds; and the answers meanwhile."""
    steps: dict[str, float] = {}
    load = asyncio.create_task(_chat_until(process.url, until_set := asyncio.Event()))

    async def step(name: str, work: Callable[[], Awaitable[None]]) -> None:
        began = stopwatch()
        await work()
        steps[name] = stopwatch() - began

    async def write() -> None:
        seen = await admin.call("GET", "training/change")
        await admin.call("POST", "training/change", token=seen["token"], reason="benchmark")

    async def make() -> None:
        run = (await admin.call("POST", "training/runs", reason="benchmark"))["run"]
        steps_id.append(run["id"])

        async def ended() -> bool:
            now = (await admin.call("GET", f"training/runs/{run['id']}"))["run"]
            if now["state"] not in ("running", "ready"):
                raise RuntimeError(f"the training ended as {now['state']}: {now['problem']}")
            return str(now["state"]) == "ready"

        await until(ended, LIMIT_SECONDS)

    async def released() -> bool:
        newest = (await admin.call("GET", "training/releases"))["releases"][0]
        if newest["state"] == "failed":
            raise RuntimeError(newest["problem"])
        return str(newest["state"]) == "live"

    async def release() -> None:
        await admin.call("POST", f"training/runs/{steps_id[0]}/release", reason="benchmark")
        await until(released, LIMIT_SECONDS)

    async def go_back() -> None:
        await admin.call("POST", "training/releases/rollback", reason="benchmark")
        await until(released, LIMIT_SECONDS)

    steps_id: list[str] = []
    try:
        await step("write the examples", write)
        await step("train and compare", make)
        await step("release", release)
    finally:
        until_set.set()
    latencies, unanswered = await load
    await step("roll back", go_back)
    return steps, latencies, unanswered


async def _chat_until(url: str, enough: asyncio.Event) -> tuple[list[float], int]:
    latencies, unanswered = [], 0
    while not enough.is_set():
        load = await run_clients("web", url, CHATS, 1, thinking=THINKING)
        latencies += load.latencies
        unanswered += load.unanswered
    return latencies, unanswered


async def _label(process: GasdeskProcess, admin: Admin) -> None:
    """In the inbox, as if customers had written them, and decided."""
    database = Database.connect(f"sqlite+aiosqlite:///{process.data / 'gasdesk.db'}")
    try:
        review = SqlReview(database, new_id)
        for text in LABELLED:
            await review.add(Find(text, frozenset({Reason.FALLBACK})), SystemClock().now())
    finally:
        await database.close()
    for item in (await admin.call("GET", "training/review"))["items"]:
        if intent := LABELLED.get(item["text"]):
            seen = {item["id"]: item["version"]}
            await admin.call("POST", f"training/review/{item['id']}/accept", seen=seen, intent=intent)


@asynccontextmanager
async def _gasdesk(folder: Path) -> AsyncIterator[GasdeskProcess]:
    """With models and examples of its own."""
    train()
    settings = {**own_project(folder), "LOG_LEVEL": "WARNING"}
    process = GasdeskProcess(folder / "data", {f"GASDESK_{name}": value for name, value in settings.items()})
    try:
        await process.start()
        await until(lambda: assistant_is_ready(process), READY_SECONDS)
        yield process
    finally:
        process.end_family()


@asynccontextmanager
async def _admin(process: GasdeskProcess) -> AsyncIterator[Admin]:
    password = json.loads((process.data / FILE).read_text(encoding="utf-8"))["901"]
    async with httpx2.AsyncClient(base_url=process.url, trust_env=False, timeout=120, verify=False) as http:
        admin = Admin(http)
        await admin.call("POST", "login", staff_id="901", password=password)
        yield admin


def _latencies(quiet: list[float], busy: list[float], report: Report) -> Figures:
    columns = ["when", "answers", "p50 ms", "p95 ms", "p99 ms", "p95 × quiet"]
    at_rest = percentile(quiet, 0.95)
    rows: list[list[Value]] = [
        [name, len(times), *(percentile(times, share) * 1000 for share in (0.5, 0.95, 0.99)), ratio]
        for name, times, ratio in (("quiet", quiet, None), ("retraining", busy, percentile(busy, 0.95) / at_rest))
    ]
    note = f"each customer waits for the answer and {THINKING:g} s more"
    report.expect(percentile(busy, 0.95) <= SLOWER * at_rest, f"replies get more than {SLOWER} times slower")
    return Figures(f"Replies to {CHATS} chats beside a retraining", columns, rows, [note])


def _times(steps: dict[str, float], report: Report) -> Figures:
    total = sum(seconds for name, seconds in steps.items() if name != "roll back")
    report.expect(total <= LABEL_TO_LIVE, f"from label to live takes {total:.0f} s")
    report.expect(steps["roll back"] <= ROLL_BACK, f"a roll back takes {steps['roll back']:.1f} s")
    rows: list[list[Value]] = [[name, seconds] for name, seconds in steps.items()]
    return Figures("From label to live", ["step", "s"], [*rows, ["label to live", total]])
