"""The cable between one page and gasdesk: cut in an instant, noticed at both ends, and mended again."""

from typing import Self

from playwright.async_api import Page, WebSocketRoute

from tests.browser.people import Window


class Wire:
    """Carries the page's live connection from its next connect on; `of` reconnects it at once."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._carried: list[WebSocketRoute] = []
        self._cut = False

    @classmethod
    async def of(cls, window: Window) -> Self:
        wire = cls(window.page)
        window.watch.expect("WebSocket|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_FAILED")
        await window.page.route_web_socket("**/socket.io/**", wire._carry)
        await window.page.reload()
        return wire

    async def cut(self) -> None:
        """From now on nothing goes through, and both ends know."""
        self._cut = True
        await self._page.context.set_offline(True)
        for socket in self._carried:
            await socket.close(code=3001)
        self._carried.clear()

    async def mend(self) -> None:
        self._cut = False
        await self._page.context.set_offline(False)

    async def _carry(self, socket: WebSocketRoute) -> None:
        if self._cut:
            await socket.close(code=3001)
            return
        server = socket.connect_to_server()
        self._carried += [socket, server]
