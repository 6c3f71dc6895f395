"""The widget on a company's own site: another origin, a strict policy of its own, one script tag."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import FrameLocator, Locator, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bot.testing import ScriptedAssistant
from tests.browser.axe import violations
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import WANTS_PERSON, Server, Service, serve
from tests.browser.windows import PHONE, Windows

pytestmark = BROWSER_TEST

#: Runs in every frame before anything else: a browser that gives frames of other sites no storage.
NO_STORAGE_IN_FRAMES = """if (window !== window.top) Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("The operation is insecure.", "SecurityError"); } });"""
NAMES_BEFORE = "window[Symbol.for('names')] = Object.keys(window).join()"


@asynccontextmanager
async def company_site(listener: socket.socket, desk: str) -> AsyncIterator[None]:
    """A site that allows itself nothing but the desk's script and frame."""

    async def home(_: Request) -> HTMLResponse:
        tag = f'<script src="{desk}/embed.js" async></script>'
        body = f'<!doctype html><html lang="zh-CN"><title>安居燃气</title>{tag}<main><h1>安居燃气官网</h1></main>'
        policy = f"default-src 'none'; script-src {desk}; frame-src {desk}"
        return HTMLResponse(body, headers={"Content-Security-Policy": policy})

    server = Server(uvicorn.Config(Starlette(routes=[Route("/", home)]), log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving


class Site:
    """A visitor's window on the site."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    @property
    def launcher(self) -> Locator:
        return self.page.get_by_role("button", name=re.compile("^在线客服"))

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    async def open(self) -> None:
        await self.page.goto(self.url)
        await expect(self.launcher).to_be_visible()

    async def say(self, text: str) -> None:
        await expect(self.chat.locator("#link")).to_have_text("已连接")
        field = self.chat.get_by_label("输入您的问题")
        await field.fill(text)
        await field.press("Enter")

    async def hears(self, text: str) -> None:
        await expect(self.chat.locator("#messages > .message").filter(has_text=text).last).to_be_visible()


@pytest.fixture
def listener() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


@pytest.fixture
def allowed(listener: socket.socket) -> tuple[str, ...]:
    """The desk listens on 127.0.0.1, so to a browser `localhost` is another site."""
    return (f"http://localhost:{listener.getsockname()[1]}",)


@pytest_asyncio.fixture(loop_scope="session")
async def service(
    data: Path, assistant: ScriptedAssistant, allowed: tuple[str, ...], listener: socket.socket
) -> AsyncIterator[Service]:
    async with serve(data, assistant, embed_sites=allowed) as service, company_site(listener, service.url):
        yield service


@pytest_asyncio.fixture(loop_scope="session")
async def site(windows: Windows, listener: socket.socket, allowed: tuple[str, ...]) -> Site:
    customer = await windows.customer(open_page=False)
    await customer.page.add_init_script(NAMES_BEFORE)
    if not allowed:
        customer.watch.expect("frame-ancestors|Framing")
    return Site(customer.page, f"http://localhost:{listener.getsockname()[1]}/")


async def test_a_visitor_chats_by_keyboard_and_comes_back(site: Site, windows: Windows) -> None:
    agent = await windows.staff("101")
    await site.open()
    await site.page.keyboard.press("Tab")
    await expect(site.launcher).to_be_focused()
    assert await violations(site.page) == []
    await site.page.keyboard.press("Enter")
    await expect(site.launcher).to_have_attribute("aria-expanded", "true")
    await expect(site.chat.get_by_label("输入您的问题")).to_be_focused()
    await site.say(WANTS_PERSON)
    await site.hears("101号")
    assert await violations(site.page) == []

    # Closed: what the agent says is counted on the button, and told to who cannot see it.
    await site.page.keyboard.press("Escape")
    await expect(site.launcher).to_be_focused()
    await expect(site.page.locator("iframe")).to_be_hidden()
    await agent.reply("请问有什么可以帮您？")
    await expect(site.launcher).to_have_accessible_name("在线客服，1 条未读消息")
    await expect(site.page.get_by_role("status")).to_have_text("在线客服有 1 条未读消息")

    # After a reload the conversation goes on, and news are counted before the window is opened.
    await site.page.reload()
    await expect(site.launcher).to_be_visible()
    await agent.reply("您还在吗？")
    await expect(site.launcher).to_have_accessible_name(re.compile("条未读消息"))
    await site.launcher.click()
    await site.hears("您还在吗？")
    await expect(site.chat.get_by_text("请问有什么可以帮您？")).to_have_count(1)
    await expect(site.launcher).to_have_accessible_name("在线客服")
    await site.chat.get_by_role("button", name="收起").click()
    await expect(site.launcher).to_be_focused()


async def test_it_leaves_no_name_in_the_sites_page(site: Site) -> None:
    await site.open()
    assert await site.page.evaluate("Object.keys(window).join() === window[Symbol.for('names')]")


async def test_without_storage_in_the_frame_the_site_keeps_the_key(site: Site) -> None:
    await site.page.add_init_script(NO_STORAGE_IN_FRAMES)
    await site.open()
    await site.launcher.click()
    await site.say("你好")
    await site.hears("您说的是：你好")
    await site.page.reload()
    await site.launcher.click()
    await site.hears("您说的是：你好")
    await site.say("还在吗")
    await site.hears("您说的是：还在吗")


async def test_on_a_phone_it_takes_the_whole_screen(windows: Windows, site: Site) -> None:
    customer = await windows.customer(open_page=False, viewport=PHONE)
    phone = Site(customer.page, site.url)
    await phone.open()
    await phone.launcher.click()
    box = await phone.page.locator("iframe").bounding_box()
    assert box == {"x": 0, "y": 0, **PHONE}
    await expect(phone.launcher).to_be_hidden()
    await phone.say("你好")
    await phone.hears("您说的是：你好")
    await phone.chat.get_by_role("button", name="收起").click()
    await expect(phone.launcher).to_be_focused()


@pytest.mark.parametrize("allowed", [()])
async def test_a_site_that_is_not_allowed_shows_nothing(site: Site) -> None:
    await site.open()
    await site.launcher.click()
    await expect(site.chat.get_by_label("输入您的问题")).to_have_count(0)
    (frame,) = [frame for frame in site.page.frames if frame is not site.page.main_frame]
    await frame.wait_for_url("chrome-error://chromewebdata/")
