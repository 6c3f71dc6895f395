"""Stand-ins for the outside world, beside the code they stand in for: clock, assistant, model, channel."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from bot.channel import Capabilities, ChannelDown, Outcome
from bot.domain.conversations import Delivery, Message
from bot.ports import AssistantAnswer, AssistantDown, Bubble, Waited
from bot.training.judged import Parsed

START = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
"""A working Monday, ten in the morning in China."""


class ManualClock:
    """Stands still until a test moves it."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        return self._now

    async def wait_until(self, moment: datetime | None, wake: asyncio.Event) -> None:
        while not wake.is_set() and (moment is None or self._now < moment):
            self._moved.clear()
            sleepers = {asyncio.create_task(wake.wait()), asyncio.create_task(self._moved.wait())}
            try:
                await asyncio.wait(sleepers, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in sleepers:
                    task.cancel()

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._moved.set()


class ScriptedAssistant:
    """Answers by a table of texts; what is not in it is repeated. `hold` makes it think until released."""

    def __init__(self, answers: dict[str, AssistantAnswer | str | AssistantDown] | None = None) -> None:
        self.answers = answers or {}
        self.asked: list[tuple[str, str]] = []
        self.asked_ids: list[str] = []
        #: What it was told of a dialogue that was open before, with each message.
        self.unfinished: list[str] = []
        self.ready = True
        self.hold: asyncio.Event | None = None
        #: Set when it has been asked and is held.
        self.thinking = asyncio.Event()

    async def reply(
        self, conversation_id: str, text: str, message_id: str, before: Sequence[Waited] = (), unfinished: str = ""
    ) -> AssistantAnswer:
        text = "\n".join([*(each.text for each in before), text])
        self.asked.append((conversation_id, text))
        self.asked_ids.append(message_id)
        self.unfinished.append(unfinished)
        if self.hold:
            self.thinking.set()
            await self.hold.wait()
        if not self.ready:
            raise AssistantDown("scripted to be down")
        answer = self.answers.get(text, f"您说的是：{text}")
        if isinstance(answer, AssistantDown):
            raise answer
        return AssistantAnswer(bubbles=(Bubble(answer),)) if isinstance(answer, str) else answer


class ScriptedParser:
    """Takes sentences for what a table says; has no opinion on others."""

    def __init__(self, answers: dict[str, Parsed] | None = None) -> None:
        self.answers = answers or {}
        self.problem: AssistantDown | None = None

    async def __call__(self, text: str) -> Parsed:
        if self.problem or text not in self.answers:
            raise self.problem or AssistantDown("not in the script")
        return self.answers[text]


class RecordingChannel:
    """Keeps what it is given to send, per contact; can be out of order or answer with any delivery state."""

    capabilities = Capabilities(text_limit=4096)

    def __init__(self, name: str = "test") -> None:
        self.name = name
        self.sent: defaultdict[str, list[Message]] = defaultdict(list)
        self.down = False
        self.answer: Callable[[Message], Delivery] = lambda _: Delivery.SENT
        #: Who is told that somebody writes: contact, on, speaker.
        self.typed: list[tuple[str, bool, str]] = []

    async def send(self, contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        if self.down:
            raise ChannelDown("scripted to be down")
        self.sent[contact_id].append(messages[0])
        return [Outcome(self.answer(messages[0]))]

    async def typing(self, contact_id: str, on: bool, speaker: str) -> None:
        self.typed.append((contact_id, on, speaker))
