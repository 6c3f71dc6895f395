"""What was acknowledged is there after kill -9, and what is sent again is not doubled (design 5)."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
import socketio

from tests.crash.staff import signed_in
from tests.gasdesk_process import GasdeskProcess, gasdesk_process
from tests.web_customer import WebCustomer, web_customer

pytestmark = [pytest.mark.crash, pytest.mark.timeout(240)]

KILLS = 4
#: What a page may send without being told to slow down.
PAUSE_SECONDS = 0.34
#: Errors after which nobody knows whether the message arrived.
UNKNOWN = (socketio.exceptions.SocketIOError, asyncio.TimeoutError)


@pytest.fixture
async def gasdesk(tmp_path: Path) -> AsyncIterator[GasdeskProcess]:
    async with gasdesk_process(tmp_path / "data") as gasdesk:
        yield gasdesk


class Writer:
    """Writes without end, each message under its own id, and sends again what was not acknowledged."""

    def __init__(self, customer: WebCustomer, name: str) -> None:
        self._customer = customer
        self._name = name
        self.acknowledged: dict[str, int] = {}
        self.resent = 0

    async def write_for_ever(self) -> None:
        number = 0
        while True:
            number += 1
            await self._until_acknowledged(f"{self._name}-{number}", f"第{number}句")
            await asyncio.sleep(PAUSE_SECONDS)

    async def _until_acknowledged(self, message_id: str, text: str) -> None:
        while message_id not in self.acknowledged:
            try:
                answer = await self._customer.say(text, message_id, seconds=3)
            except UNKNOWN:
                self.resent += 1
                await self._reconnect()
            else:
                assert answer["ok"], answer
                self.acknowledged[message_id] = answer["seq"]

    async def _reconnect(self) -> None:
        await asyncio.sleep(0.1)
        with suppress(*UNKNOWN):
            await self._customer.connect()


async def test_acknowledged_messages_stay_and_resent_ones_are_not_doubled(gasdesk: GasdeskProcess) -> None:
    chance = random.Random(20260106)
    async with web_customer(gasdesk.url) as one, web_customer(gasdesk.url) as other, signed_in(gasdesk, "201") as lead:
        writers = [Writer(one, "one"), Writer(other, "other")]
        writing = [asyncio.create_task(writer.write_for_ever()) for writer in writers]
        for _ in range(KILLS):
            await asyncio.sleep(chance.uniform(0.3, 1.5))
            gasdesk.kill()
            await gasdesk.start()
        await asyncio.sleep(2)
        for task in writing:
            assert not task.done(), task.exception()
            task.cancel()
        await asyncio.gather(*writing, return_exceptions=True)
        stored = [await lead.conversation(each["id"]) for each in await lead.conversations()]
    for writer, name in zip(writers, ("one", "other"), strict=True):
        found = [m for c in stored for m in c["messages"] if m["id"].startswith(name)]
        by_id = {message["id"]: message["seq"] for message in found}
        assert len(found) == len(by_id), "a message is there twice"
        assert writer.acknowledged.items() <= by_id.items(), "an acknowledged message is gone or has another number"
        assert [m["text"] for m in sorted(found, key=lambda m: m["seq"])] == [
            f"第{number}句" for number in range(1, len(found) + 1)
        ], "their order is the order they were written in"
    assert any(writer.resent for writer in writers), "no kill hit a message: this test showed nothing"


async def test_the_page_gets_what_it_missed(gasdesk: GasdeskProcess) -> None:
    async with web_customer(gasdesk.url) as customer:
        await customer.say("家里有很浓的煤气味", "leak")
        gasdesk.kill()
        await gasdesk.start()
        await customer.connect()
        await customer.hears(lambda message: message.kind == "safety")
        await customer.hears(lambda message: message.kind == "question")
        numbers = [message.metadata["seq"] for message in customer.heard]
        assert numbers == sorted(set(numbers))
