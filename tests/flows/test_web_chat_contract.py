"""The customer's page keeps the channel contract."""

from collections.abc import AsyncIterator

import pytest

from bot.channels.web_chat import contact_of
from tests.flows.channel_contract import ChannelContract
from tests.flows.live import Page, eventually

SESSION = "ann-at-home"


class PagePeer:
    """A customer whose page can be closed and opened again."""

    contact_id = contact_of(SESSION).id

    def __init__(self, url: str) -> None:
        self._url = url
        self._last = 0
        self._heard: list[str] = []

    async def recovery(self) -> None:
        self._page = await Page(self._url).__aenter__()
        after = {"after": self._last} if self._last else {}
        await self._page.open(SESSION, **after)

    async def outage(self) -> None:
        await eventually(lambda: bool(self._page.got("status")))
        self._heard = self.heard()
        self._last = max((f["metadata"]["seq"] for f in self._page.got("bot_uttered")), default=self._last)
        await self._page.__aexit__()
        self._page.frames.clear()

    async def write(self, text: str, number: int) -> bool:
        ack = await self._page.write(text, f"m{number}")
        return bool(ack["ok"])

    async def write_unknown(self, number: int) -> None:
        """A page can send text only; anything else is refused at once, and the page keeps it."""
        ack = await self._page.write({"sticker": number}, f"m{number}")
        self._heard = [str(ack["error"])]

    def heard(self) -> list[str]:
        return self._heard + self._page.heard()


@pytest.fixture
async def peer(url: str) -> AsyncIterator[PagePeer]:
    customer = PagePeer(url)
    await customer.recovery()
    yield customer
    await customer.outage()


class TestWebChat(ChannelContract):
    pass
