"""The day by the manual clock: customers on a recording channel, staff over REST, everything checked at every step."""

import heapq
import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.domain.conversations import Kind, Owner, Speaker
from bot.domain.staff import Presence
from bot.testing import START
from tests.day.board import board, differences
from tests.day.people import Agent, Case, Customer, Heard, Ledger, Script
from tests.day.promises import broken, idle_beside_waiting, lost_or_doubled
from tests.day.rows import NOTHING, Day, read
from tests.day.rows import Case as StoredCase
from tests.day.script import LEAD, Absence, Visit, Worker
from tests.flows.office import Office

_UNDISPATCHED = ("address", "confirm")


#: Checked at least so often, in seconds, even when nothing has happened: a promise is broken by time alone.
GRID = 2.5


class Changes:
    """Counts whatever was done, by people or by the clock: where nothing was, nobody looks anew."""

    count = 0

    def note(self) -> None:
        self.count += 1


def contact_of(who: str) -> str:
    return f"test:{who}"


@dataclass
class FlowLine:
    """See tests.day.people.Line."""

    office: Office
    who: str
    ledger: Ledger
    changes: Changes

    async def say(self, message_id: str, text: str) -> None:
        self.changes.note()
        await self.office.desk.write(text, self.who, message_id)
        self.ledger.note(self.ledger.said, self.who, message_id, text)

    def heard(self) -> Sequence[Heard]:
        return [Heard(m.speaker, m.kind, m.text) for m in self.office.desk.channel.sent[contact_of(self.who)]]

    async def gone(self) -> None:
        """Nobody is told: the channel of the test has no pages."""


@dataclass
class FlowSeat:
    """See tests.day.people.Seat."""

    office: Office
    staff_id: str
    ledger: Ledger
    #: By conversation, whose it is.
    names: dict[str, str]
    changes: Changes
    #: The rows as they were last looked at: whoever has nothing to do there need not ask.
    latest: Callable[[], Day]

    async def next(self) -> Case | None:
        if not any(case.unanswered_since or case.emergency_concerns_everybody for case in self._mine()):
            return None
        found = (await self.office.get(self.staff_id, "conversations", state="mine"))["conversations"]
        waiting = [c for c in found if c["waiting_since"] or _alarming(c)]
        first = min(waiting, key=lambda c: (not _alarming(c), c["deadlines"]["breach_at"] or ""), default=None)
        if first is None:
            return None
        detail = await self.office.get(self.staff_id, f"conversations/{first['id']}")
        said = [m["text"] for m in detail["messages"] if m["speaker"] == "customer"]
        open_ = bool(first["emergency"]) and first["emergency"]["step"] in _UNDISPATCHED
        return Case(first["id"], said[-1], alarming=_alarming(first), dispatchable=open_)

    async def silent(self, seconds: float) -> str | None:
        latest = self.office.desk.clock.now() - timedelta(seconds=seconds)
        for case in self._mine():
            if case.unanswered_since is None and case.row["last_at"] < latest:
                return str(case.row["id"])
        return None

    def _mine(self) -> list[StoredCase]:
        return [case for case in self.latest().of(Owner.AGENT) if case.row["staff_id"] == self.staff_id]

    async def accept(self, case: Case) -> None:
        await self._do(case.conversation, "emergency/accept")

    async def hold(self, case: Case) -> None:
        await self._do(case.conversation, "hold")

    async def dispatch(self, case: Case, address: str) -> None:
        await self._do(case.conversation, "emergency/dispatch", address=address)

    async def reply(self, case: Case, message_id: str, text: str) -> bool:
        done = await self._do(case.conversation, "messages", id=message_id, text=text)
        if done:
            self.ledger.note(self.ledger.replied, self.names[case.conversation], message_id, text)
        return done

    async def close(self, conversation: str) -> None:
        await self._do(conversation, "close")

    async def leave(self, absence: Absence) -> None:
        self.changes.note()
        if absence.how == "busy":
            await self.office.desk.presence(self.staff_id, Presence.BUSY)
        else:
            await self.office.desk.gasdesk.core.seats.lost(self.staff_id)

    async def come_back(self, absence: Absence) -> None:
        self.changes.note()
        if absence.how == "dropped":
            await self.office.desk.gasdesk.core.seats.connected(self.staff_id)
        await self.office.desk.presence(self.staff_id, Presence.ONLINE)

    async def _do(self, conversation: str, what: str, **body: Any) -> bool:
        """False: refused, because it went to somebody else or was closed meanwhile."""
        self.changes.note()
        answer = await self.office.call(self.staff_id, "POST", f"conversations/{conversation}/{what}", **body)
        assert answer.status_code in (200, 409), answer.text
        return answer.status_code == 200


@dataclass
class FlowDay:
    office: Office
    ledger: Ledger = field(default_factory=Ledger)
    #: What was wrong, each with the second it was seen first.
    problems: dict[str, float] = field(default_factory=dict)
    steps: int = 0
    longest_queue: int = 0
    _names: dict[str, str] = field(default_factory=dict)
    _changes: Changes = field(default_factory=Changes)
    _checked: tuple[int, float] = (0, 0.0)
    _day: Day = NOTHING
    _due: tuple[int, datetime | None] = (-1, None)
    _agenda: list[tuple[float, int, Script]] = field(default_factory=list)
    _numbers: Callable[[], int] = field(default_factory=lambda: itertools.count().__next__)

    @property
    def elapsed(self) -> float:
        return (self.office.desk.clock.now() - START).total_seconds()

    def comes(self, visit: Visit, chance: random.Random) -> None:
        line = FlowLine(self.office, visit.who, self.ledger, self._changes)
        self._at(visit.at, Customer(visit, line, chance).script())

    def works(self, worker: Worker, chance: random.Random) -> None:
        seat = FlowSeat(self.office, worker.staff_id, self.ledger, self._names, self._changes, lambda: self._day)
        self._at(0, Agent(worker, seat, chance, lambda: self.elapsed).script())

    async def run(self, seconds: float) -> Day:
        """Everybody goes on until then; the rows at the end."""
        while self._agenda and self._agenda[0][0] <= seconds:
            at, _, script = heapq.heappop(self._agenda)
            await self._pass_until(at)
            with suppress(StopAsyncIteration):
                self._at(at + max(0.0, await anext(script)), script)
            count, when = self._checked
            if count != self._changes.count or self.elapsed - when >= GRID:
                await self._check()
        await self._pass_until(seconds)
        return await self._check(anew=True)

    def _at(self, seconds: float, script: Script) -> None:
        heapq.heappush(self._agenda, (seconds, self._numbers(), script))

    async def _pass_until(self, seconds: float) -> None:
        """Every timer on the way fires at its moment."""
        desk, until = self.office.desk, START + timedelta(seconds=seconds)
        while (due := await self._next_due_at()) and due <= until:
            await desk.sleep_through(max(0.0, (due - desk.clock.now()).total_seconds()))
            self._changes.note()
            await self._check()
        desk.clock.advance(max(0.0, (until - desk.clock.now()).total_seconds()))

    async def _next_due_at(self) -> datetime | None:
        if self._due[0] != self._changes.count:
            self._due = (self._changes.count, await self.office.desk.gasdesk.stores.timers.next_due_at())
        return self._due[1]

    async def _check(self, *, anew: bool = False) -> Day:
        desk, now = self.office.desk, self.office.desk.clock.now()
        async with desk.gasdesk.stores.database.searcher.connect() as connection:
            self._day = day = await read(connection, NOTHING if anew else self._day)
        self._names.update({case.row["id"]: case.who.removeprefix("test:") for case in day.cases})
        shown = (await self.office.get(LEAD, "board"))["board"]
        self.steps += 1
        self._checked = (self._changes.count, self.elapsed)
        self.longest_queue = max(self.longest_queue, len(day.of(Owner.QUEUE)))
        found = [
            *broken(day, now),
            *idle_beside_waiting(day),
            *lost_or_doubled(day, self.ledger, contact_of),
            *(f"the board has {what}" for what in differences(shown, board(day, now))),
            *self._undelivered(day),
        ]
        for problem in found:
            self.problems.setdefault(problem, self.elapsed)
        return day

    def _undelivered(self, day: Day) -> list[str]:
        """Everything for the customers went out exactly once; only safety instructions overtake."""
        meant: defaultdict[str, list[int]] = defaultdict(list)
        for case in day.cases:
            meant[case.who] += [m["seq"] for m in case.messages if m["speaker"] != Speaker.CUSTOMER]
        found = []
        for contact, numbers in meant.items():
            sent = self.office.desk.channel.sent[contact]
            safety = [m.seq for m in sent if m.kind is Kind.SAFETY]
            others = [m.seq for m in sent if m.kind is not Kind.SAFETY]
            if sorted(safety + others) != sorted(numbers) or others != sorted(others):
                found.append(f"{contact}: got {safety + others} instead of {numbers}")
        return found


def _alarming(summary: dict[str, Any]) -> bool:
    emergency = summary["emergency"]
    return bool(emergency) and emergency["accepted_by"] is None and emergency["step"] != "dismissed"
