"""A day at the desk by real time, the company's clock at a tenth: a real gasdesk, real pages, customers on websockets.

The script is that of tests/flows/test_day.py. While it goes on, the rows of the database are looked at twice a second:
whoever waits is answered or moved on in time, nobody idles beside him, and the lead's board is what the rows say. The
assistant is a peer that answers at once: the day is about people.
"""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from playwright.async_api import async_playwright
from starlette.responses import Response

from benchmarks.day_people import BoardWatch, PageSeat, WebLine, all_of, live
from benchmarks.day_table import table
from benchmarks.places import data_folder
from benchmarks.report import Report
from bot.adapters.sql.database import Database
from bot.adapters.sql.staff import SqlStaff
from bot.channels.web_chat import contact_of
from bot.clock import SystemClock, pause, stopwatch
from tests.browser.conftest import FLAGS
from tests.browser.service import begin_company, passwords_in
from tests.browser.windows import Windows
from tests.contract.rasa_peer import WHOLE, RasaPeer, running_peer
from tests.day.board import board, differences
from tests.day.people import Agent, Customer, Ledger
from tests.day.promises import broken, idle_beside_waiting, lost_or_doubled
from tests.day.rows import Day, read
from tests.day.script import CAPACITY, CUSTOMERS, LEAD, SECONDS, SLA, WANTS_PERSON, Visit, Worker, visits, workers
from tests.gasdesk_process import GasdeskProcess, gasdesk_process
from tests.services import find_program
from tests.web_customer import WebCustomer

SEED = 4
LOOK_SECONDS = 0.5
#: How much later than its moment something may happen before it counts as broken: a busy page, a commit, a frame.
LATE = timedelta(seconds=1.5)
#: After the last visit was begun, everybody is served to the end within this.
REST_SECONDS = 60.0


@dataclass
class Seen:
    """What was noticed while the day went on."""

    problems: dict[str, float] = field(default_factory=dict)
    #: For how long the lead's board was not what the rows say, each time it was not.
    board_behind: list[float] = field(default_factory=list)
    looks: int = 0
    wrong_since: float | None = None
    #: Who waits beside whom, and since when that has been seen at every look.
    idle_since: dict[str, datetime] = field(default_factory=dict)


async def run(seconds: float = SECONDS, customers: int = CUSTOMERS) -> Report:
    report = Report("day")
    with data_folder() as folder, scripted_rasa() as rasa:
        data = folder / "data"
        data.mkdir()
        await begin_company(data)
        limits = {f"SLA__{name.upper()}": f"{value:g}" for name, value in SLA.items()}
        database = Database.connect(f"sqlite+aiosqlite:///{data / 'gasdesk.db'}")
        try:
            for worker in workers(seconds):
                await SqlStaff(database).set_seat(worker.staff_id, CAPACITY, [])
            addresses = {"RASA_URL": rasa.url, "ACTION_KEY": "nobody", "RASA_PORT": "1", "LOG_LEVEL": "WARNING"}
            async with gasdesk_process(data, **addresses, **limits) as gasdesk:
                day = _Day(gasdesk, database, data, seconds)
                await day.live(customers)
            table(report, day.end, day.seen.board_behind, day.seen.looks, day.problems())
        finally:
            await database.close()
    return report


class _Day:
    def __init__(self, gasdesk: GasdeskProcess, database: Database, data: Path, seconds: float) -> None:
        self._gasdesk = gasdesk
        self._database = database
        self._passwords = passwords_in(data)
        self._seconds = seconds
        self._clock = SystemClock()
        self._chance = random.Random(SEED)
        self._begun = stopwatch()
        self._ledger = Ledger()
        self._names: dict[str, str] = {}
        self._customers: dict[str, WebCustomer] = {}
        self._board = BoardWatch()
        self.seen = Seen()
        self.end = Day((), (), (), 0)

    async def live(self, customers: int) -> None:
        async with AsyncExitStack() as stack:
            desks = await stack.enter_async_context(self._pages())
            self._begun = stopwatch()
            staff = [asyncio.create_task(self._works(worker, desks)) for worker in workers(self._seconds)]
            looking = asyncio.create_task(self._look_on())
            chance = self._chance
            coming = [asyncio.create_task(self._comes(v)) for v in visits(chance, customers, self._seconds)]
            try:
                async with asyncio.timeout(self._seconds + REST_SECONDS):
                    await all_of(coming)
                await self._pause(2.0)
                for task in (*staff, looking):
                    if task.done():  # they go on for ever, unless something is wrong
                        task.result()
                self.end = await self._read()
            finally:
                for task in (*staff, looking, *coming):
                    task.cancel()
                await asyncio.gather(*staff, looking, *coming, return_exceptions=True)

    def problems(self) -> list[str]:
        """Everything that was wrong, and messages that were lost or doubled."""
        contacts = {who: contact_of(customer.session_id).id for who, customer in self._customers.items()}
        found = [f"{at:.1f} s: {what}" for what, at in self.seen.problems.items()]
        found += lost_or_doubled(self.end, self._ledger, contacts.__getitem__)
        return found + [what for who, customer in self._customers.items() for what in self._unheard(who, customer)]

    def _unheard(self, who: str, customer: WebCustomer) -> Iterator[str]:
        """Up to the last message his page got, it got every one."""
        contact = contact_of(customer.session_id).id
        got = [m.metadata["seq"] for m in customer.heard]
        cases = [case for case in self.end.cases if case.who == contact]
        meant = [m["seq"] for case in cases for m in case.messages if m["speaker"] != "customer"]
        missed = [seq for seq in meant if seq <= max(got, default=0) and seq not in got]
        if missed:
            yield f"{who} never got {missed}"

    async def _comes(self, visit: Visit) -> None:
        await self._pause(visit.at - self._elapsed())
        customer = WebCustomer(self._gasdesk.url)
        self._customers[visit.who] = customer
        await customer.connect()
        contact = contact_of(customer.session_id).id
        self._names[contact] = visit.who
        line = WebLine(visit.who, customer, self._ledger)
        try:
            await live(Customer(visit, line, self._chance).script(), self._pause)
        finally:
            await customer.disconnect()

    async def _works(self, worker: Worker, desks: "dict[str, PageSeat]") -> None:
        await live(Agent(worker, desks[worker.staff_id], self._chance, self._elapsed).script(), self._pause)

    @asynccontextmanager
    async def _pages(self) -> "AsyncIterator[dict[str, PageSeat]]":
        path = find_program("chromium", "chromium-browser", "google-chrome")
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
            windows = Windows(browser, self._gasdesk.url, self._passwords)
            seats = {}
            for worker in workers(self._seconds):
                desk = await windows.desk()
                if worker.staff_id == LEAD:
                    self._board.follow(desk.page)
                await desk.sign_in(worker.staff_id, self._passwords[worker.staff_id])
                await desk.is_signed_in(worker.staff_id)
                await desk.go("上线")
                seats[worker.staff_id] = PageSeat(desk, worker.staff_id, self._ledger, self._who)
            yield seats
            await windows.close()
            await browser.close()

    def _who(self, conversation: str) -> str:
        found = next(case for case in self.end.cases if case.row["id"] == conversation)
        return self._names[found.who]

    async def _look_on(self) -> None:
        while True:
            self.end = day = await self._read()
            now = self._clock.now()
            self.seen.looks += 1
            for problem in (*broken(day, now, LATE), *self._idle(day, now)):
                self.seen.problems.setdefault(problem.partition(" for ")[0], self._elapsed())
            self._compare(day, now)
            await self._pause(LOOK_SECONDS)

    def _idle(self, day: Day, now: datetime) -> list[str]:
        """A place is given away moments after it has become free; a look may fall between the two."""
        known, seen = self.seen.idle_since, idle_beside_waiting(day)
        self.seen.idle_since = {what: known.get(what, now) for what in seen}
        return [what for what, since in self.seen.idle_since.items() if now - since > LATE]

    def _compare(self, day: Day, now: datetime) -> None:
        """The board is told of a change within a second, and of what changes by waiting alone every four."""
        seen, shown = self.seen, self._board.shown
        wrong = differences(shown, board(day, now)) if shown else []
        if wrong and seen.wrong_since is None:
            seen.wrong_since = stopwatch()
        if seen.wrong_since is not None:
            behind = stopwatch() - seen.wrong_since
            if not wrong:
                seen.board_behind.append(behind)
                seen.wrong_since = None

    async def _read(self) -> Day:
        async with self._database.searcher.connect() as connection:
            await connection.exec_driver_sql("BEGIN")  # all rows as of one moment
            try:
                return await read(connection, self.end)
            finally:
                await connection.exec_driver_sql("COMMIT")

    def _elapsed(self) -> float:
        return stopwatch() - self._begun

    async def _pause(self, seconds: float) -> None:
        await pause(self._clock, self._clock.now() + timedelta(seconds=max(0.0, seconds)))


@contextmanager
def scripted_rasa() -> Iterator[RasaPeer]:
    """Greets; hands over at once whoever asks for a person."""
    handoff = {"text": None, "custom": {"handoff": {"reason": "用户要求人工服务"}}}
    with running_peer() as peer:

        async def respond() -> Response:
            wanted = peer.requests[-1]["message"] == WANTS_PERSON
            body = {**WHOLE, "replies": [handoff]} if wanted else WHOLE
            return Response(json.dumps(body).encode(), media_type="application/json")

        peer.respond = respond
        yield peer
