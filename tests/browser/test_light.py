"""The customer's page on a poor telephone: little to fetch, nothing twice, and no browser newer than promised."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page, expect

from tests.browser.axe import violations
from tests.browser.marks import BROWSER_TEST
from tests.browser.windows import PHONE, Windows

pytestmark = BROWSER_TEST

#: Transferred before the first message: heads and bodies, as they go over the network.
FIRST_VISIT, LATER_VISIT = 60 * 1024, 4 * 1024
WECHAT = (
    "Mozilla/5.0 (Linux; Android 10; V1938CT) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/86.0.4240.99 "
    "XWEB/4317 MMWEBSDK/20220805 Mobile Safari/537.36 MicroMessenger/8.0.27.2220 WeChat/arm64 Language/zh_CN"
)
#: What browsers have learnt since Chromium 80 and what pages like to use: gone.
WITHOUT_NEWS = """
for (const [of, names] of [
  [Element.prototype, ["replaceChildren"]], [Document.prototype, ["replaceChildren"]],
  [Array.prototype, ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "with"]],
  [String.prototype, ["at", "replaceAll", "isWellFormed"]], [Object, ["hasOwn", "groupBy"]],
  [Promise, ["any", "withResolvers"]], [Crypto.prototype, ["randomUUID"]], [AbortSignal, ["timeout", "any"]],
  [HTMLDialogElement.prototype, ["showModal"]], [window, ["structuredClone"]],
]) for (const name of names) delete of[name];
"""


@dataclass
class Traffic:
    bytes: int = 0
    requests: int = 0


@asynccontextmanager
async def counted(page: Page) -> AsyncIterator[Traffic]:
    """What the page fetches meanwhile, as Chromium's network layer counts it; frames of a WebSocket too."""
    traffic = Traffic()
    devtools = await page.context.new_cdp_session(page)

    def fetched(event: dict[str, Any]) -> None:
        traffic.bytes += int(event["encodedDataLength"])
        traffic.requests += 1

    def framed(event: dict[str, Any]) -> None:
        traffic.bytes += len(event["response"]["payloadData"].encode())

    devtools.on("Network.loadingFinished", fetched)
    devtools.on("Network.webSocketFrameReceived", framed)
    await devtools.send("Network.enable")
    yield traffic
    await devtools.detach()


async def test_sixty_kilobytes_before_the_first_message_and_four_the_next_time(windows: Windows) -> None:
    customer = await windows.customer(open_page=False, viewport=PHONE)
    async with counted(customer.page) as first:
        await customer.open()
        await customer.page.wait_for_load_state("networkidle")
    assert first.requests > 30
    assert first.bytes <= FIRST_VISIT
    async with counted(customer.page) as later:
        await customer.page.reload()
        await customer.is_connected()
        await customer.page.wait_for_load_state("networkidle")
    assert later.bytes <= LATER_VISIT


async def test_wechats_browser_of_years_ago(windows: Windows) -> None:
    customer = await windows.customer(open_page=False, viewport=PHONE, user_agent=WECHAT)
    await customer.page.add_init_script(WITHOUT_NEWS)
    await customer.open()
    await customer.say("你好")
    await customer.hears("您说的是：你好")
    await customer.page.locator("#attachment").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    )
    await customer.hears("已为客服保留")


async def test_large_type_is_remembered_light_and_dark(windows: Windows) -> None:
    customer = await windows.customer(viewport=PHONE, color_scheme="dark")
    size = "parseFloat(getComputedStyle(document.querySelector('#message')).fontSize)"
    before = await customer.page.evaluate(size)
    await customer.page.get_by_role("button", name="大字").click()
    await customer.page.reload()
    await customer.is_connected()
    await expect(customer.page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    assert await customer.page.evaluate(size) > before * 1.2
    wide = await customer.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]
    assert await violations(customer.page) == []
