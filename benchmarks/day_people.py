"""The people of the day before real pages: customers on websockets, staff in Chromium."""

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import socketio
from playwright.async_api import Error as PageError
from playwright.async_api import Page, WebSocket, expect

from bot.clock import stopwatch
from tests.browser.people import Desk
from tests.day.people import Case, Heard, Ledger
from tests.day.script import Absence
from tests.web_customer import WebCustomer

#: What a busy page may take for a click before the agent turns to something else.
PATIENCE_MS = 10_000
#: Own rows and alarms as the page shows them, the most urgent first.
_ROWS = """() => [...document.querySelectorAll("[data-group=emergency] .row, [data-group=mine] .row")].map((row) => ({
  id: row.dataset.id,
  pressing: row.dataset.pressing === "true",
  emergency: row.querySelector(".row-emergency").textContent,
  waits: !row.querySelector(".countdown").hidden,
  text: row.querySelector(".line").textContent,
}))"""


@dataclass
class WebLine:
    """See tests.day.people.Line."""

    who: str
    customer: WebCustomer
    ledger: Ledger

    async def say(self, message_id: str, text: str) -> None:
        """Again until it is acknowledged, as the page does it."""
        while True:
            try:
                answer = await self.customer.say(text, message_id, seconds=5)
            except (socketio.exceptions.SocketIOError, TimeoutError):
                await self.customer.connect()
                continue
            assert answer["ok"], answer
            self.ledger.note(self.ledger.said, self.who, message_id, text)
            return

    def heard(self) -> Sequence[Heard]:
        return [Heard(m.metadata["speaker"], m.kind, m.text) for m in self.customer.heard]

    async def gone(self) -> None:
        await self.customer.disconnect()


@dataclass
class PageSeat:
    """See tests.day.people.Seat: what the agent sees and does is what the page shows and offers."""

    desk: Desk
    staff_id: str
    ledger: Ledger
    #: Whose conversation it is.
    who: Callable[[str], str]
    _quiet: dict[str, tuple[str, float]] = field(default_factory=dict)

    async def next(self) -> Case | None:
        for row in await self._rows():
            if row["pressing"] and "无人接警" in row["emergency"]:
                return Case(row["id"], row["text"], alarming=True)
            own = not row["pressing"] or f"{self.staff_id} 已接警" in row["emergency"]
            if own and (row["waits"] or row["pressing"]):
                return Case(row["id"], row["text"], dispatchable=row["pressing"])
        return None

    async def silent(self, seconds: float) -> str | None:
        """One whose row has said the same all that time, and asks for nothing."""
        now, rows = stopwatch(), [row for row in await self._rows() if not row["waits"] and not row["pressing"]]
        self._quiet = {row["id"]: self._quiet.get(row["id"]) or (row["text"], now) for row in rows}
        for row in rows:
            text, since = self._quiet[row["id"]]
            if text != row["text"]:
                self._quiet[row["id"]] = (row["text"], now)
            elif now - since >= seconds:
                return str(row["id"])
        return None

    async def accept(self, case: Case) -> None:
        with suppress(PageError):  # somebody else was quicker
            await self.desk.alarm.get_by_role("button", name="接警并接入").first.click(timeout=2_000)

    async def hold(self, case: Case) -> None:
        if await self._open(case.conversation):
            await self.desk.press("Alt+KeyS")

    async def dispatch(self, case: Case, address: str) -> None:
        if not await self._open(case.conversation):
            return
        form = self.desk.side.locator("form.dispatch")
        with suppress(PageError):  # the customer confirmed the address meanwhile: it is dispatched
            await form.get_by_label("地址").fill(address, timeout=2_000)
            await form.get_by_role("button", name="派单").click(timeout=2_000)

    async def reply(self, case: Case, message_id: str, text: str) -> bool:
        """The page makes the id; a message the server has confirmed counts as sent."""
        if not await self._open(case.conversation):
            return False
        try:
            async with self.desk.page.expect_response("**/messages", timeout=PATIENCE_MS) as sent:
                await self.desk.field.fill(text, timeout=2_000)
                await self.desk.field.press("Enter")
            answer = await sent.value
        except PageError:
            return False  # moved to somebody else while he wrote
        if answer.status != 200:
            return False
        self.ledger.note(self.ledger.replied, self.who(case.conversation), (await answer.json())["message"]["id"], text)
        return True

    async def close(self, conversation: str) -> None:
        if await self._open(conversation):
            with suppress(PageError, AssertionError):
                await self.desk.close_conversation()

    async def leave(self, absence: Absence) -> None:
        if absence.how == "busy":
            await self.desk.go("置忙")
        else:
            await self.desk.page.context.set_offline(True)

    async def come_back(self, absence: Absence) -> None:
        if absence.how == "dropped":
            await self.desk.page.context.set_offline(False)
            await expect(self.desk.page.locator("#connection")).to_be_hidden(timeout=60_000)
        if not await self.desk.page.get_by_role("radio", name="上线").is_checked():
            await self.desk.go("上线")

    async def _rows(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.desk.page.evaluate(_ROWS)
        return found

    async def _open(self, conversation: str) -> bool:
        """False: it is not in his list any more, or not his to write in."""
        row = self.desk.page.locator(f'.row[data-id="{conversation}"]')
        try:
            await row.click(timeout=2_000)
            await expect(row).to_have_attribute("aria-current", "true", timeout=2_000)
            await self.desk.field.wait_for(state="visible", timeout=2_000)
        except (PageError, AssertionError):
            return False
        return True


@dataclass
class BoardWatch:
    """The lead's board as its page was last told, and how long it has been wrong."""

    frames: list[dict[str, Any]] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on("websocket", self._listen)

    @property
    def shown(self) -> dict[str, Any] | None:
        return self.frames[-1] if self.frames else None

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._keep)

    def _keep(self, payload: str | bytes) -> None:
        if isinstance(payload, str) and payload.startswith('42/desk,["board",'):
            self.frames.append(json.loads(payload.removeprefix("42/desk,"))[1]["board"])


async def live(script: Any, pause: Callable[[float], Any]) -> None:
    """Run a script by real time."""
    async for seconds in script:
        await pause(max(0.0, seconds))


async def all_of(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Until the last is done; the first mistake ends all."""
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    for task in done:
        task.result()
