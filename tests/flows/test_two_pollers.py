"""Two gasdesks, one of which polls Telegram; it dies or sleeps in the middle of a batch and the other takes over."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.adapters.sql.leases import LIFE
from bot.channel import Incoming
from bot.channels.telegram.polling import WHILE_ELSEWHERE
from bot.conversation.take_in import TakeIn
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Message, Speaker
from bot.gasdesk import Gasdesk
from bot.settings import Settings
from bot.testing import ManualClock, ScriptedAssistant
from bot.wiring import build
from tests.flows.live import eventually, quiet
from tests.flows.telegram_server import TelegramServer, written

ANN, BOB = 4_200_001, 4_200_002
ALL = [f"第{number}句" for number in range(4)]


@dataclass
class Poller:
    gasdesk: Gasdesk
    task: "asyncio.Task[None] | None" = None

    def poll(self) -> None:
        joined = self.gasdesk.house.rooms["telegram"].joined
        assert joined
        self.task = asyncio.create_task(joined.loops["telegram polling"]())

    async def die(self) -> None:
        """As a power cut does it: nothing is written any more, nothing is given back."""
        assert self.task
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    async def said(self, chat: int) -> list[str]:
        history = await self.gasdesk.stores.transcripts.history(f"telegram:{chat}", 0)
        return [message.text for message in history if message.speaker is Speaker.CUSTOMER]


@pytest.fixture
async def pollers(
    database_url: str, tmp_path: Path, company: CompanyProfile, clock: ManualClock, telegram: TelegramServer
) -> AsyncIterator[tuple[Poller, Poller]]:
    settings = telegram.settings(
        Settings(data=tmp_path, database_url=database_url), mode="polling", secret="", long_poll_seconds=5
    )
    made: list[Poller] = []
    async with AsyncExitStack() as stack:
        for _ in range(2):
            gasdesk = build(settings, company, assistant=ScriptedAssistant(), clock=clock)
            stack.push_async_callback(gasdesk.close)
            made.append(Poller(gasdesk))
        yield made[0], made[1]
        for poller in made:
            if poller.task:
                await poller.die()


class Stopped:
    """Holds the replica `ours` before it stores a certain message."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, ours: Poller, at: tuple[int, str]) -> None:
        self.reached, self.go_on = asyncio.Event(), asyncio.Event()
        take_in, held = TakeIn.__call__, self

        async def stop(self: TakeIn, incoming: Incoming) -> Message:
            here = (int(incoming.contact.id.partition(":")[2]), incoming.text)
            if self is ours.gasdesk.core.take_in and here == at:
                held.reached.set()
                await held.go_on.wait()
            return await take_in(self, incoming)

        monkeypatch.setattr(TakeIn, "__call__", stop)


def offer(telegram: TelegramServer) -> None:
    chats = [(chat, text) for text in ALL for chat in (ANN, BOB)]
    telegram.offer(*(written(chat, number, text=text) for number, (chat, text) in enumerate(chats, start=100)))


async def taken(telegram: TelegramServer, clock: ManualClock) -> None:
    def later() -> bool:
        clock.advance(1)
        return not telegram.pending

    await eventually(later)


def acknowledged(telegram: TelegramServer) -> list[int]:
    return [offset for offset in telegram.offsets if offset]


async def test_one_dies_in_the_middle_of_a_batch(
    pollers: tuple[Poller, Poller], clock: ManualClock, telegram: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = pollers
    stopped = Stopped(monkeypatch, ours, (BOB, ALL[1]))
    offer(telegram)
    ours.poll()
    await stopped.reached.wait()
    theirs.poll()
    await ours.die()
    assert await theirs.said(BOB) == ALL[:1]
    assert len(telegram.pending) == 2 * len(ALL), "nothing is acknowledged before the batch is stored"
    clock.advance(LIFE.total_seconds())
    await taken(telegram, clock)
    for chat in (ANN, BOB):
        assert await theirs.said(chat) == ALL
    assert acknowledged(telegram) == sorted(acknowledged(telegram))


async def test_one_sleeps_in_the_middle_and_wakes_when_the_other_is_done(
    pollers: tuple[Poller, Poller], clock: ManualClock, telegram: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = pollers
    stopped = Stopped(monkeypatch, ours, (BOB, ALL[1]))
    offer(telegram)
    ours.poll()
    await stopped.reached.wait()
    clock.advance(LIFE.total_seconds())
    theirs.poll()
    await taken(telegram, clock)
    telegram.offer(written(ANN, 200, text="还在吗"))
    await taken(telegram, clock)
    stopped.go_on.set()
    for _ in range(3):
        await quiet()
        clock.advance(WHILE_ELSEWHERE.total_seconds())
    await ours.gasdesk.reactions.settle()
    assert await theirs.said(ANN) == [*ALL, "还在吗"]
    assert await theirs.said(BOB) == ALL
    assert acknowledged(telegram) == sorted(acknowledged(telegram)), "what was taken is not asked for again"


async def test_only_one_of_them_polls(pollers: tuple[Poller, Poller], telegram: TelegramServer) -> None:
    for poller in pollers:
        poller.poll()
    offer(telegram)
    await eventually(lambda: not telegram.pending)
    assert telegram.calls.count(("deletewebhook", 0)) == 1
    for chat in (ANN, BOB):
        assert await pollers[1].said(chat) == ALL
