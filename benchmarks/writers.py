"""Customers of one channel who only write, in a process of their own, as their platform would bring it.

`python -m benchmarks.writers CHANNEL URL NAME CUSTOMERS COUNT RATE AT_ONCE TIMES` prints what it measured as JSON. RATE
is in messages a second, 0 for as many as are taken with AT_ONCE under way; each message is delivered so many TIMES at
once. The database is that of GASDESK_DATABASE_URL.
"""

import asyncio
import hashlib
import json
import os
import random
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

import aiohttp
import xmltodict

from benchmarks.writers_accounts import ACCOUNT, CONTACTS, TELEGRAM_SECRET, WECHAT_APP_ID, WECHAT_KEY, WECHAT_TOKEN
from benchmarks.writers_kf import Kf
from bot.channels.wechat.crypto import AesKey, signature
from bot.clock import stopwatch
from tests.flows.telegram_server import written
from tests.web_customer import WebCustomer

#: Telegram's usual max_connections.
CONNECTIONS = 40
TEXT = "请问我的卡什么时候能补好？"


@dataclass
class Written:
    """Times in milliseconds, from the moment a message was to leave until it was known as stored."""

    times: list[float] = field(default_factory=list)
    refused: int = 0
    seconds: float = 0.0
    #: How often each message is delivered, at the same moment.
    copies: int = 1

    @property
    def throughput(self) -> float:
        """Messages a second."""
        return len(self.times) / self.seconds


class Way(ABC):
    """How one channel's platform brings messages."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS))

    async def open(self, customers: int) -> None:
        """Make what is there before anybody writes: nothing, unless a channel says so."""
        del customers

    @abstractmethod
    async def bring(self, customer: int, message: str) -> bool:
        """Hand over a message by this customer; whether it is stored. `message` is a text of digits."""

    async def close(self) -> None:
        await self.http.close()


class Page(Way):
    """Each customer has his page open, on a connection of its own."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._pages: list[WebCustomer] = []

    async def open(self, customers: int) -> None:
        self._pages = [WebCustomer(self.url, f"waiting-{number}") for number in range(customers)]
        for page in self._pages:
            await page.connect()

    async def bring(self, customer: int, message: str) -> bool:
        return bool((await self._pages[customer].say(TEXT, f"m-{message}"))["ok"])

    async def close(self) -> None:
        await asyncio.gather(*(page.disconnect() for page in self._pages))
        await super().close()


class Telegram(Way):
    async def bring(self, customer: int, message: str) -> bool:
        chat = int(CONTACTS["telegram"](customer).id.partition(":")[2])
        headers = {"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET}
        update = written(chat, int(message), text=TEXT)
        async with self.http.post(f"{self.url}/channels/telegram", json=update, headers=headers) as answer:
            await answer.read()
            return answer.status == 200


class WeChat(Way):
    """In safe mode. With an agent there is nothing to answer in the request, so its answer means "stored"."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._key = AesKey.of(WECHAT_KEY)

    async def bring(self, customer: int, message: str) -> bool:
        fields = {
            "ToUserName": ACCOUNT,
            "FromUserName": CONTACTS["wechat"](customer).id.partition(":")[2],
            "CreateTime": 1_767_578_400,
            "MsgType": "text",
            "MsgId": message,
            "Content": TEXT,
        }
        sealed = self._key.encrypt(xmltodict.unparse({"xml": fields}).encode(), WECHAT_APP_ID)
        stamp, nonce = "1767578400", hashlib.sha256(message.encode()).hexdigest()[:9]
        query = {
            "timestamp": stamp,
            "nonce": nonce,
            "signature": signature(WECHAT_TOKEN, stamp, nonce),
            "encrypt_type": "aes",
            "msg_signature": signature(WECHAT_TOKEN, stamp, nonce, sealed),
        }
        body = xmltodict.unparse({"xml": {"ToUserName": ACCOUNT, "Encrypt": sealed}})
        async with self.http.post(f"{self.url}/channels/wechat", params=query, data=body.encode()) as answer:
            return answer.status == 200 and await answer.read() == b"success"


class WeChatKf(Way):
    """It only says that there is something: the time runs until the row can be read from the database."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._kf = Kf(url, os.environ["GASDESK_DATABASE_URL"], TEXT)
        self._now = int(datetime.now(UTC).timestamp())

    async def open(self, customers: int) -> None:
        await self._kf.open()

    async def bring(self, customer: int, message: str) -> bool:
        return await self._kf.bring(customer, message, self._now)

    async def close(self) -> None:
        await self._kf.close()
        await super().close()


WAYS: dict[str, type[Way]] = {"web": Page, "telegram": Telegram, "wechat": WeChat, "wechat_kf": WeChatKf}


async def measure(
    channel: str, url: str, name: int, customers: int, count: int, rate: float, at_once: int, times: int
) -> Written:
    """`name` tells the messages of this run from those of another."""
    way, found = WAYS[channel](url), Written(copies=times)
    await way.open(customers)
    messages = ((number % customers, f"{name}{number:07}") for number in range(count))
    began = stopwatch()
    try:
        if rate:
            await _as_they_come(way, found, messages, rate)
        else:
            await asyncio.gather(*(_one_after_the_other(way, found, messages) for _ in range(at_once)))
        found.seconds = stopwatch() - began
    finally:
        await way.close()
    return found


async def _as_they_come(way: Way, found: Written, messages: Iterator[tuple[int, str]], rate: float) -> None:
    """At random moments, whether the one before is stored or not, as customers do."""
    chance, due = random.Random(5), stopwatch()
    async with asyncio.TaskGroup() as under_way:
        for customer, message in messages:
            due += chance.expovariate(rate)
            if (ahead := due - stopwatch()) > 0:
                await asyncio.sleep(ahead)
            under_way.create_task(_write(way, found, customer, message, due))


async def _one_after_the_other(way: Way, found: Written, messages: Iterator[tuple[int, str]]) -> None:
    for customer, message in messages:
        await _write(way, found, customer, message, stopwatch())


async def _write(way: Way, found: Written, customer: int, message: str, due: float) -> None:
    if all(await asyncio.gather(*(way.bring(customer, message) for _ in range(found.copies)))):
        found.times.append(1000 * (stopwatch() - due))
    else:
        found.refused += 1


def main() -> None:
    channel, url, name, customers, count, rate, at_once, times = sys.argv[1:]
    numbers = (int(name), int(customers), int(count), float(rate), int(at_once), int(times))
    written = asyncio.run(measure(channel, url, *numbers))
    json.dump(asdict(written), sys.stdout)


if __name__ == "__main__":
    main()
