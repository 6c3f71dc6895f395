"""The desk with 2,000 conversations in the list, 200 of them opened: how long everything a person does takes to paint.

Measured in Chromium, from the input event to the painted frame that shows its effect; the server is a process of its
own, started as `gasdesk run`. The limits of the clock are hours, so that it is quiet but for what is measured.
"""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from benchmarks.places import data_folder
from benchmarks.report import Figures, Report, Value
from benchmarks.statistics import median, percentile
from bot.adapters.sql.database import Database
from bot.adapters.sql.staff import SqlStaff
from bot.clock import SystemClock
from bot.domain.staff import Presence
from tests.browser.conftest import FLAGS
from tests.browser.service import begin_company, passwords_in
from tests.full_desk import SAID, conversation_id, seed, session_of
from tests.gasdesk_process import gasdesk_process
from tests.services import find_program
from tests.web_customer import web_customer

LISTED, OPEN = 2_000, 200
AGENT, LEAD = "101", "201"
LOADS, OPENED, TYPED, SENT, MOVED, ARRIVED, FOUND = 8, OPEN, 120, 30, 60, 40, 20
INTERACTION_MS, FIRST_PAINT_MS = 100.0, 1_000.0
PROBE = Path(__file__).with_name("desk_probe.js")
#: Hours, in seconds.
_QUIET = {"WAITING_PROMPT_SECONDS": "86400", "AGENT_WARNING_SECONDS": "90000", "REPLY_LIMIT_SECONDS": "99999"}

_LISTED = "document.querySelector('#groups .row') !== null"
_OPEN_ID = "document.querySelector('.row[aria-current=true]')?.dataset.id"
_FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


@dataclass
class Samples:
    """Milliseconds, by what was done."""

    of: dict[str, list[float]] = field(default_factory=dict)

    def add(self, what: str, milliseconds: float) -> None:
        self.of.setdefault(what, []).append(milliseconds)


async def run() -> Report:
    report = Report("desk")
    with data_folder() as folder:
        data = folder / "data"
        data.mkdir()
        await begin_company(data)
        await _fill(data)
        quiet = {f"SLA__{name}": value for name, value in _QUIET.items()}
        async with gasdesk_process(data, LOG_LEVEL="WARNING", **quiet) as gasdesk, _chromium() as browser:
            for staff_id, who in ((LEAD, "lead"), (AGENT, "agent")):
                samples, longest = await _measure(browser, gasdesk.url, staff_id, passwords_in(data)[staff_id])
                report.tables.append(_table(who, samples, longest))
                _expect(report, who, samples)
        shutil.rmtree(data)
    return report


async def _fill(data: Path) -> None:
    clock = SystemClock()
    database = Database.connect(f"sqlite+aiosqlite:///{data / 'gasdesk.db'}")
    try:
        # Somebody is on duty, or the queue would become left messages; and full, so that nobody is given to him.
        await SqlStaff(database).set_presence(AGENT, Presence.ONLINE, "", clock.now())
        await seed(database, AGENT, OPEN, LISTED - OPEN, clock.now())
    finally:
        await database.close()


@asynccontextmanager
async def _chromium() -> AsyncIterator[Browser]:
    path = find_program("chromium", "chromium-browser", "google-chrome")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


async def _measure(browser: Browser, url: str, staff_id: str, password: str) -> tuple[Samples, list[float]]:
    samples = Samples()
    # The probe asks the page questions, which its policy would refuse.
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", bypass_csp=True)
    await context.add_init_script(path=PROBE)
    await context.request.post(f"{url}/api/login", data={"staff_id": staff_id, "password": password})
    page = await context.new_page()
    for _ in range(LOADS):
        await _load(page, url, samples)
    blocked = await page.evaluate("deskProbe.blocked")
    for _ in range(OPENED):
        await _open(page, samples)
    if staff_id == AGENT:
        await _write(page, samples)
    await _move(page, samples)
    await _arrive(page, url, samples)
    await _find(page, samples)
    blocked = (await page.evaluate("deskProbe.blocked"))[len(blocked) :]
    await context.close()
    return samples, blocked


async def _load(page: Page, url: str, samples: Samples) -> None:
    """With an empty cache, as at the beginning of a shift."""
    session = await page.context.new_cdp_session(page)
    await session.send("Network.clearBrowserCache")
    await session.detach()
    await page.goto(f"{url}/desk")
    await page.wait_for_function(_LISTED, polling="raf")
    listed = await page.evaluate("performance.now()")
    await page.wait_for_function(f"({_FIRST_PAINT}) !== null")
    samples.add("first paint", await page.evaluate(_FIRST_PAINT))
    samples.add("list in sight", listed)


async def _timed(page: Page, event: str, holds: str, act: Callable[[], Awaitable[Any]]) -> float:
    await page.evaluate(f"deskProbe.time({event!r}, () => {holds})")
    await act()
    return float(await page.evaluate("deskProbe.done()"))


async def _open(page: Page, samples: Samples) -> None:
    """One that was not opened yet, by a click on its row, until its last message is painted."""
    while (found := await page.evaluate("deskProbe.unopened()")) is None:
        await page.mouse.move(200, 500)
        await page.mouse.wheel(0, 400)
        await page.evaluate("deskProbe.frame()")
    row = page.locator(f'.row[data-id="{found}"]')
    shown = f"document.querySelectorAll('#thread .message').length >= {SAID} && {_OPEN_ID} === {found!r}"
    samples.add("open a conversation", await _timed(page, "click", shown, row.click))


async def _write(page: Page, samples: Samples) -> None:
    await page.evaluate("document.querySelector('#groups').scrollTop = 0")
    await page.locator("[data-group=mine] .row").first.click()
    field = page.get_by_label("回复内容")
    await field.click()
    for number in range(TYPED):
        grown = f"document.activeElement.value.length === {number + 1}"
        samples.add("type a character", await _timed(page, "keydown", grown, lambda: page.keyboard.press("a")))
    await field.fill("")
    for number in range(SENT):
        text = f"已为您查到第{number}项"
        await field.fill(text)
        shown = f"[...document.querySelectorAll('#thread .message')].at(-1).textContent.includes({text!r})"
        samples.add("send", await _timed(page, "keydown", shown, lambda: page.keyboard.press("Enter")))


async def _move(page: Page, samples: Samples) -> None:
    """Alt with an arrow, to the neighbour in the list and back."""
    for number in range(MOVED):
        before = await page.evaluate(_OPEN_ID)
        press = partial(page.keyboard.press, "Alt+ArrowUp" if number % 2 == 0 else "Alt+ArrowDown")
        moved = f"![undefined, {before!r}].includes({_OPEN_ID})"
        samples.add("move by key", await _timed(page, "keydown", moved, press))


async def _arrive(page: Page, url: str, samples: Samples) -> None:
    """Customers write in conversations that are not open, one a moment."""
    numbers = {conversation_id(number): number for number in range(LISTED)}
    for number in range(ARRIVED):
        others = await page.evaluate("deskProbe.others()")
        async with web_customer(url, session_of(numbers[others[number % len(others)]])) as customer:
            await customer.say(f"arrival-{number:03}")
            await page.wait_for_function(f"deskProbe.arrivals.length > {number}")
    for milliseconds in await page.evaluate("deskProbe.arrivals"):
        samples.add("a message arrives in another", milliseconds)


async def _find(page: Page, samples: Samples) -> None:
    """What the customers of `_arrive` wrote, by Alt+G, the word and Enter."""
    found = "document.querySelectorAll('#dialog-search .found li').length > 0"
    await page.keyboard.press("Alt+KeyG")
    field = page.get_by_role("searchbox", name="查找会话")
    for _ in range(FOUND):
        await field.fill("")
        await field.fill("arrival")
        samples.add("find by a word", await _timed(page, "keydown", found, lambda: page.keyboard.press("Enter")))
    await page.keyboard.press("Escape")


def _table(who: str, samples: Samples, blocked: list[float]) -> Figures:
    rows: list[list[Value]] = [
        [what, len(times), median(times), percentile(times, 0.95), max(times)] for what, times in samples.of.items()
    ]
    longest = f"{len(blocked)} long tasks (over 50 ms) after loading, the longest {max(blocked, default=0):.0f} ms"
    title = f"The desk of the {who}: {LISTED:,} conversations in the list, {OPEN} of them opened"
    return Figures(title, ["what", "times", "median ms", "p95 ms", "max ms"], rows, [longest])


def _expect(report: Report, who: str, samples: Samples) -> None:
    for what, times in samples.of.items():
        limit = FIRST_PAINT_MS if what in ("first paint", "list in sight") else INTERACTION_MS
        worst = percentile(times, 0.95)
        report.expect(worst < limit, f"{who}, {what}: p95 {worst:.0f} ms, at most {limit:.0f}")
