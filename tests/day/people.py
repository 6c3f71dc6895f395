"""How the people of the day behave, whatever clock it runs by: a script yields the seconds until it goes on."""

import random
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from tests.day.script import ADDRESS, GOODBYE, LEAK, WANTS_PERSON, Absence, Visit, Worker

#: How often somebody who waits looks again.
LOOK = 0.5
#: An agent closes a conversation in which nothing was said for so long.
SILENCE = 20.0
#: Of how many messages one is sent twice, because its sender could not know that it had arrived.
RESENT = 0.1

type Script = AsyncIterator[float]


@dataclass
class Ledger:
    """What was really said: by customer, ids and texts in the order of their acknowledgement."""

    said: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    replied: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def note(self, book: dict[str, list[tuple[str, str]]], who: str, message_id: str, text: str) -> None:
        entry = (message_id, text)
        if entry not in (lines := book.setdefault(who, [])):
            lines.append(entry)


class Heard(NamedTuple):
    """A message to a customer."""

    speaker: str
    kind: str
    text: str


class Line(Protocol):
    """A customer's line to the company."""

    async def say(self, message_id: str, text: str) -> None: ...

    def heard(self) -> Sequence[Heard]: ...

    async def gone(self) -> None:
        """He closes his page."""
        ...


@dataclass(frozen=True)
class Case:
    """A conversation that waits for this agent."""

    conversation: str
    text: str
    alarming: bool = False
    dispatchable: bool = False


class Seat(Protocol):
    """An agent's hands."""

    async def next(self) -> Case | None:
        """The most urgent one that waits for him."""
        ...

    async def silent(self, seconds: float) -> str | None:
        """One of his in which nobody waits and nothing was said for so long."""
        ...

    async def accept(self, case: Case) -> None: ...
    async def hold(self, case: Case) -> None: ...
    async def dispatch(self, case: Case, address: str) -> None: ...
    async def reply(self, case: Case, message_id: str, text: str) -> bool:
        """False: it is not his any more."""
        ...

    async def close(self, conversation: str) -> None: ...
    async def leave(self, absence: Absence) -> None: ...
    async def come_back(self, absence: Absence) -> None: ...


class Customer:
    def __init__(self, visit: Visit, line: Line, chance: random.Random) -> None:
        self._visit = visit
        self._line = line
        self._chance = chance
        self._number = 0

    async def script(self) -> Script:
        visit = self._visit
        await self._say("你好")
        yield visit.thinks
        if visit.leak:
            async for seconds in self._report():
                yield seconds
        else:
            await self._say(WANTS_PERSON)
            waited = 0.0
            while not self._served():
                yield LOOK
                waited += LOOK
                if visit.patience and waited > visit.patience:
                    await self._say("取消排队")
                    await self._line.gone()
                    return
        async for seconds in self._ask():
            yield seconds
        await self._line.gone()

    async def _report(self) -> Script:
        await self._say(LEAK)
        while not self._was_asked():
            yield LOOK
        yield self._visit.thinks
        await self._say(f"在{ADDRESS}")
        for _ in range(20):  # an agent who has accepted asks for himself
            if self._was_asked(ADDRESS):
                yield 1.0
                await self._say("对，正确")
                break
            yield LOOK
        while not self._served():
            yield LOOK

    async def _ask(self) -> Script:
        last = () if self._visit.just_goes else (GOODBYE,)
        for text in (*self._visit.questions, *last):
            yield self._visit.thinks
            answers = self._answers()
            await self._say(text)
            if self._visit.hurries and text != GOODBYE:
                yield 1.5
                await self._say("在吗？")
            while self._answers() == answers:
                yield LOOK

    def _served(self) -> bool:
        return any(said.speaker == "agent" for said in self._line.heard())

    def _was_asked(self, about: str = "") -> bool:
        return any(said.kind == "question" and about in said.text for said in self._line.heard())

    def _answers(self) -> int:
        return sum((said.speaker, said.kind) == ("agent", "answer") for said in self._line.heard())

    async def _say(self, text: str) -> None:
        self._number += 1
        message_id = f"{self._visit.who}-{self._number}"
        await self._line.say(message_id, text)
        if self._chance.random() < RESENT:
            await self._line.say(message_id, text)


class Agent:
    """`elapsed` tells the seconds since the start of the day."""

    def __init__(self, worker: Worker, seat: Seat, chance: random.Random, elapsed: Callable[[], float]) -> None:
        self._worker = worker
        self._seat = seat
        self._chance = chance
        self._elapsed = elapsed
        self._absences = list(worker.absences)
        self._number = 0

    async def script(self) -> Script:
        while True:
            if self._absences and self._elapsed() >= self._absences[0].begin:
                absence = self._absences.pop(0)
                await self._seat.leave(absence)
                yield absence.end - self._elapsed()
                await self._seat.come_back(absence)
            case = await self._seat.next()
            if case:
                async for seconds in self._serve(case):
                    yield seconds
                continue
            silent = await self._seat.silent(SILENCE)
            if silent:
                await self._seat.close(silent)
            yield LOOK

    async def _serve(self, case: Case) -> Script:
        if case.alarming:
            yield 0.5
            await self._seat.accept(case)
            return
        takes = self._chance.uniform(*self._worker.pace)
        if takes > 10 and self._chance.random() < 0.5:
            yield 3.0
            await self._seat.hold(case)
            takes -= 3.0
        yield takes
        if case.dispatchable:
            await self._seat.dispatch(case, ADDRESS)
        self._number += 1
        message_id = f"{self._worker.staff_id}-{self._number}"
        text = f"{case.text[:10]}：已为您查到，请看第{message_id}条答复。"
        mine = await self._seat.reply(case, message_id, text)
        if mine and self._chance.random() < RESENT:
            await self._seat.reply(case, message_id, text)
        if mine and case.text == GOODBYE:
            yield 0.5
            await self._seat.close(case.conversation)
