"""Opens windows on a gasdesk; each person has a browser profile of his own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page

from tests.browser.people import Customer, Desk
from tests.browser.watch import Watch

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}


class Windows:
    """All windows of one test, closed together."""

    def __init__(self, browser: Browser, url: str, passwords: Mapping[str, str]) -> None:
        self._browser = browser
        self._url = url
        self.passwords = passwords
        self._contexts: list[BrowserContext] = []
        self._watches: list[Watch] = []

    async def customer(self, *, open_page: bool = True, **options: Any) -> Customer:
        """On his first visit. `options`: of the browser's context, e.g. `viewport`."""
        window = Customer(*await self._new(options))
        if open_page:
            await window.open()
        return window

    async def second_tab(self, first: Customer) -> Customer:
        """Another tab of the same browser."""
        page = await first.page.context.new_page()
        first.watch.follow(page)
        window = Customer(page, self._url, first.watch)
        await window.open()
        return window

    async def desk(self, **options: Any) -> Desk:
        """Nobody is signed in yet."""
        window = Desk(*await self._new(options))
        await window.open()
        return window

    async def staff(self, staff_id: str, presence: str = "上线", **options: Any) -> Desk:
        """Signed in and, unless `presence` is "", with this presence."""
        window = await self.desk(**options)
        await window.sign_in(staff_id, self.passwords[staff_id])
        await window.is_signed_in(staff_id)
        if presence:
            await window.go(presence)
        return window

    async def _new(self, options: dict[str, Any]) -> tuple[Page, str, Watch]:
        usual = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": DESKTOP}
        context = await self._browser.new_context(**(usual | options))
        self._contexts.append(context)
        page, watch = await context.new_page(), Watch()
        watch.follow(page)
        self._watches.append(watch)
        return page, self._url, watch

    async def photograph(self, folder: Path, name: str) -> None:
        """What everybody saw, for whoever looks into a failure."""
        pages = [page for context in self._contexts for page in context.pages]
        for number, page in enumerate(pages, 1):
            await page.screenshot(path=folder / f"{name}-{number}.png")

    async def close(self) -> list[str]:
        """Close all; what the pages complained about."""
        for context in self._contexts:
            await context.close()
        return [problem for watch in self._watches for problem in watch.problems]
