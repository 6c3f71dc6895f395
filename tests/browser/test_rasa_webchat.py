"""npm rasa-webchat, as published, works against gasdesk: a company keeps the widget it has on its site."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, Route, expect

from bot.domain.conversations import Button
from bot.ports import AssistantAnswer, Bubble
from bot.testing import ScriptedAssistant
from tests import sample_files as samples
from tests.browser.marks import BROWSER_TEST
from tests.browser.npm import npm_package
from tests.browser.people import Desk
from tests.browser.service import WANTS_PERSON, Service
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST

INTEGRITY = "sha512-Ld1zVJvTAaTrs6A5p8t70agNNrKYRyXlvqXZRgBoDvKKUXbA0jhJKECi5bdPGlaR6jsmqWtVylHS+YqIqo0x8w=="
SITE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>安居燃气官网</title><body>
<h1>安居燃气</h1><script src="/site/rasa-webchat.js"></script><script>
WebChat.default({ socketUrl: location.origin, socketPath: "/socket.io/", initPayload: "你好", title: "在线客服",
  inputTextFieldHint: "请输入", params: { storage: "session" } }, null);
</script></body></html>"""


@pytest.fixture(scope="module")
def widget() -> Path:
    """The widget's bundle."""
    return npm_package("rasa-webchat", "1.0.1", INTEGRITY) / "lib" / "index.js"


async def visit(page: Page, service: Service, widget: Path) -> None:
    """Open the company's own site, which is served beside gasdesk under the same name."""

    async def site(route: Route) -> None:
        await route.fulfill(content_type="text/html", body=SITE)

    async def script(route: Route) -> None:
        await route.fulfill(content_type="text/javascript", path=widget)

    # A page made up by the test counts as one from elsewhere, which may not reach the loopback interface unasked.
    await page.context.grant_permissions(["local-network-access"])
    # The widget wants typefaces of a third party; it does without.
    await page.route(re.compile("^https:"), lambda route: route.fulfill(body=""))
    await page.route("**/site/", site)
    await page.route("**/site/rasa-webchat.js", script)
    await page.goto(f"{service.url}/site/")


async def visitor(windows: Windows, service: Service, widget: Path) -> Page:
    """On the company's own site, with the widget open."""
    customer = await windows.customer(open_page=False)
    customer.watch.expect("Warning: ")  # React's own, about the widget
    await visit(customer.page, service, widget)
    await customer.page.locator(".rw-launcher").click()
    return customer.page


async def write(page: Page, text: str) -> None:
    field = page.locator(".rw-new-message")
    await field.fill(text)
    await field.press("Enter")


async def choose(desk: Desk, name: str, content: bytes) -> None:
    await desk.thread.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    await expect(desk.thread.locator(".tray li")).to_have_count(1)
    await desk.field.press("Enter")


def said(page: Page, text: str) -> Locator:
    return page.locator(".rw-messages-container").get_by_text(text)


async def test_the_widget_of_a_companys_site(
    windows: Windows, service: Service, assistant: ScriptedAssistant, widget: Path
) -> None:
    choice = (Button("我要报数", "/report_reading"), Button("转人工", WANTS_PERSON))
    assistant.answers["你好"] = AssistantAnswer(bubbles=(Bubble("您好，请问需要什么服务？", choice),), asks=True)
    agent = await windows.staff("101")
    page = await visitor(windows, service, widget)
    await expect(said(page, "您好，请问需要什么服务？")).to_be_visible()

    # A quick reply is shown by its title and sent as its payload.
    await page.locator(".rw-reply").filter(has_text="我要报数").click()
    await expect(said(page, "您说的是：/report_reading")).to_be_visible()
    session = await page.evaluate("JSON.parse(sessionStorage.chat_session).session_id")

    await write(page, "厨房有燃气味")
    await expect(said(page, "不点火、不抽烟，不要碰任何电器和开关")).to_be_visible()
    await agent.alarm.get_by_role("button", name="接警并接入").click()
    await expect(said(page, "您好，我是安居燃气客服101号，正在处理您的险情")).to_be_visible()

    await page.reload()
    await expect(said(page, "您说的是：/report_reading")).to_be_visible()
    assert await page.evaluate("JSON.parse(sessionStorage.chat_session).session_id") == session
    await agent.reply("请问您在几楼？")
    await expect(said(page, "请问您在几楼？")).to_be_visible()
    await write(page, "三楼")
    await agent.says("三楼")
    await expect(said(page, "请问您在几楼？")).to_have_count(1)


async def test_what_an_agent_says_and_sends_while_the_visitor_is_away(
    windows: Windows, service: Service, widget: Path
) -> None:
    agent = await windows.staff("101")
    page = await visitor(windows, service, widget)
    await expect(said(page, "您说的是：你好")).to_be_visible()
    await write(page, WANTS_PERSON)
    await expect(said(page, "101号，很高兴为您服务")).to_be_visible()

    # A file it cannot show is a link that it can.
    await choose(agent, "须知.pdf", samples.PDF)
    await expect(said(page, "客服给您发送了［文件 须知.pdf］")).to_have_count(1)

    await page.goto("about:blank")
    await agent.reply("请问您还在吗？")
    await choose(agent, "回执.pdf", samples.PDF)
    await agent.says("回执.pdf")
    await page.goto(f"{service.url}/site/")
    await expect(said(page, "客服给您发送了［文件 回执.pdf］")).to_have_count(1)
    await expect(said(page, "请问您还在吗？")).to_have_count(1)
    await expect(said(page, "101号，很高兴为您服务")).to_have_count(1)
    await write(page, "在的")
    await agent.says("在的")
