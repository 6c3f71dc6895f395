"""Telegram as somebody else wrote it: gasdesk's webhook and calls against telemelya."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest

from bot.domain.conversations import Button, Kind
from bot.ports import AssistantAnswer, Bubble
from bot.settings import Settings
from bot.settings_telegram import TelegramSettings
from tests.flows.channel_contract import said
from tests.flows.desk import Desk
from tests.flows.live import served
from tests.flows.telegram_peer import CHAT, TelegramPeer
from tests.flows.telegram_server import SECRET, TOKEN, TelegramServer
from tests.flows.telemelya import Json, TelemelyaCustomer, relay, telemelya
from tests.services import free_port

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.redis,
    # The first time it is fetched.
    pytest.mark.timeout(240),
]


@pytest.fixture(scope="module")
def telemelya_url(redis_server: str) -> Iterator[str]:
    with telemelya(redis_server) as url:
        yield url


@pytest.fixture
def public_port() -> int:
    return free_port()


@pytest.fixture
def settings(settings: Settings, telemelya_url: str, public_port: int) -> Settings:
    given = {"token": TOKEN, "secret": SECRET, "api_base_url": telemelya_url, "use_proxy": False}
    telegram = TelegramSettings.model_validate(given)
    return settings.model_copy(update={"telegram": telegram, "public_url": f"http://127.0.0.1:{public_port}"})


@pytest.fixture
async def ann(desk: Desk, telemelya_url: str, public_port: int) -> AsyncIterator[TelemelyaCustomer]:
    """gasdesk registers its webhook with telemelya by itself."""
    async with served(desk.gasdesk) as url, relay(public_port, url, SECRET), aiohttp.ClientSession() as http:
        customer = TelemelyaCustomer(telemelya_url, TOKEN, CHAT, http)
        await _registered(customer)
        yield customer


async def _registered(customer: TelemelyaCustomer) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                await customer.send(command="/start")
            except AssertionError:
                await asyncio.to_thread(threading.Event().wait, 0.05)
            else:
                return


async def called(customer: TelemelyaCustomer, count: int, method: str = "sendMessage") -> list[Json]:
    """What the bot called, once it is so many."""
    async with asyncio.timeout(20):
        while len(calls := await customer.got(method)) < count:
            await asyncio.to_thread(threading.Event().wait, 0.05)
    return calls


async def test_a_conversation(desk: Desk, ann: TelemelyaCustomer) -> None:
    buttons = (Button("甲", "我选甲"), Button("乙", "我选" + "乙" * 40))
    desk.assistant.answers["怎么报装"] = AssistantAnswer(bubbles=(Bubble("请选择", buttons),), asks=True)
    desk.assistant.answers["我选甲"] = "好的"
    peer = TelegramPeer(desk, "", TelegramServer(""))
    say = desk.company.channel_scripts

    welcome = (await called(ann, 1))[0]
    assert welcome["text"] == desk.company.fill(say.welcome)

    await ann.send(text="怎么报装")
    question = (await called(ann, 2))[1]
    (row,) = question["reply_markup"]["inline_keyboard"]
    assert [key["text"] for key in row] == ["甲", "乙"]
    assert await called(ann, 1, "sendChatAction")

    for key in row[::-1]:
        await ann.send(callback_data=key["callback_data"], callback_message_id=question["message_id"])
    assert (await called(ann, 4))[3]["text"] == "好的"
    assert await called(ann, 2, "answerCallbackQuery")

    await ann.send(photo_file_id="p1")
    assert (await called(ann, 5))[4]["text"] == desk.company.fill(say.picture_kept)
    assert [message.text for message in await said(desk, peer)] == [
        "怎么报装",
        buttons[1].payload,
        "我选甲",
        "［图片］",
    ]


async def test_a_leak(desk: Desk, ann: TelemelyaCustomer) -> None:
    await ann.send(text="我家漏气了")
    heard = [call["text"] for call in await called(ann, 3)]
    messages = await desk.gasdesk.stores.transcripts.history(f"telegram:{CHAT}", 0)
    assert heard[1:] == [message.text for message in messages if message.kind in (Kind.SAFETY, Kind.QUESTION)]
