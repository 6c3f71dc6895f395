"""Customers in a process of their own: each has conversations one after the other and waits for every answer.

`python -m benchmarks.load web|rest URL CLIENTS CONVERSATIONS SECONDS THINKING` prints what it measured as JSON. After
SECONDS no new message is sent. Between an answer and his next message each thinks for THINKING seconds.
"""

import asyncio
import json
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from uuid import uuid4

import aiohttp
import socketio

from benchmarks.script import CONVERSATION
from bot.clock import SystemClock, pause, stopwatch
from tests.web_customer import Heard, WebCustomer

ANSWER_SECONDS = 30.0


class NoAnswer(Exception):
    """The message was refused, or answered with silence; the text says why."""


NO_ANSWER = (NoAnswer, TimeoutError, aiohttp.ClientError, socketio.exceptions.SocketIOError)


@dataclass
class Load:
    """Times in seconds."""

    latencies: list[float] = field(default_factory=list)
    unanswered: int = 0
    seconds: float = 0.0

    @property
    def throughput(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds


class Talker(ABC):
    """One conversation's connection."""

    @abstractmethod
    async def open(self) -> None: ...

    @abstractmethod
    async def ask(self, text: str) -> float:
        """Seconds until the first answer. Raises one of NO_ANSWER."""

    @abstractmethod
    async def close(self) -> None: ...


class WebTalker(Talker):
    """Through gasdesk's page protocol. The clock runs from the emit to the first `bot_uttered` that answers it."""

    def __init__(self, url: str) -> None:
        self._customer = WebCustomer(url)
        self._customer.on_heard = self._on_heard
        self._awaited = ""
        self._answered: asyncio.Future[float] | None = None

    async def open(self) -> None:
        await self._customer.connect()

    async def ask(self, text: str) -> float:
        message_id = str(uuid4())
        self._awaited = f"{message_id}/answer/"
        self._answered = asyncio.get_running_loop().create_future()
        began = stopwatch()
        async with asyncio.timeout(ANSWER_SECONDS):
            acknowledgement = await self._customer.say(text, message_id, seconds=ANSWER_SECONDS)
            if not acknowledgement["ok"]:
                raise NoAnswer(acknowledgement["error"])
            return await self._answered - began

    async def close(self) -> None:
        await self._customer.disconnect()

    def _on_heard(self, message: Heard) -> None:
        answers = message.metadata["id"].startswith(self._awaited)
        if self._answered and answers and not self._answered.done():
            self._answered.set_result(message.at)


class RestTalker(Talker):
    """Through Rasa's own REST channel. The clock runs from the request to its whole answer."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._sender = f"load-{uuid4()}"
        self._http: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS))

    async def ask(self, text: str) -> float:
        assert self._http is not None, "not open"
        message = {"sender": self._sender, "message": text}
        began = stopwatch()
        async with self._http.post(f"{self._url}/webhooks/rest/webhook", json=message) as response:
            replies = await response.json()
        if response.status != 200 or not replies:
            raise NoAnswer(f"status {response.status}, {replies}")
        return stopwatch() - began

    async def close(self) -> None:
        if self._http:
            await self._http.close()


TALKERS: dict[str, Callable[[str], Talker]] = {"web": WebTalker, "rest": RestTalker}


async def measure(kind: str, url: str, clients: int, conversations: int, seconds: float, thinking: float) -> Load:
    """`clients` side by side, each with so many conversations; none begins after `seconds`."""
    load, deadline = Load(), stopwatch() + seconds
    first = [TALKERS[kind](url) for _ in range(clients)]
    await asyncio.gather(*(talker.open() for talker in first))
    began = stopwatch()
    async with asyncio.TaskGroup() as together:
        for talker in first:
            together.create_task(_client(load, kind, url, talker, conversations, deadline, thinking))
    load.seconds = stopwatch() - began
    return load


async def _client(
    load: Load, kind: str, url: str, talker: Talker, conversations: int, deadline: float, thinking: float
) -> None:
    for _ in range(conversations):
        following = TALKERS[kind](url)
        # The next customer's page opens while this one talks.
        opening = asyncio.create_task(following.open())
        await _talk(load, talker, deadline, thinking)
        await talker.close()
        await opening
        talker = following
        if stopwatch() > deadline:
            break
    await talker.close()


async def _talk(load: Load, talker: Talker, deadline: float, thinking: float) -> None:
    clock = SystemClock()
    for text in CONVERSATION:
        if stopwatch() > deadline:
            return
        try:
            load.latencies.append(await talker.ask(text))
        except NO_ANSWER as reason:
            load.unanswered += 1
            print(f"no answer to {text}: {reason!r}", file=sys.stderr)
        if thinking:
            await pause(clock, clock.now() + timedelta(seconds=thinking))


def main() -> None:
    kind, url, clients, conversations, seconds, thinking = sys.argv[1:]
    load = asyncio.run(measure(kind, url, int(clients), int(conversations), float(seconds), float(thinking)))
    json.dump(asdict(load), sys.stdout)


if __name__ == "__main__":
    main()
