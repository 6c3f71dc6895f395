"""An administrator sets up Telegram on the page: mistakes, a check, saving, switching off; without a mouse."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.axe import violations
from tests.browser.keyboard import tab_to
from tests.browser.marks import BROWSER_TEST
from tests.browser.people import Desk
from tests.browser.service import Service
from tests.browser.windows import Windows
from tests.flows.telegram_server import SECRET, TOKEN, TelegramServer, telegram_server

pytestmark = BROWSER_TEST


@pytest_asyncio.fixture(loop_scope="session")
async def telegram() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as server:
        yield server


async def channels_page(windows: Windows, service: Service) -> Desk:
    admin = await windows.desk()
    await admin.page.goto(f"{service.url}/admin#channels")
    await admin.sign_in("901", service.passwords["901"])
    return admin


async def press_button(admin: Desk, card: Locator, name: str) -> None:
    button = card.get_by_role("button", name=name, exact=True)
    await expect(button).to_be_enabled()
    await tab_to(admin.page, button)
    await admin.press("Enter")


async def test_telegram_is_set_up_tried_and_switched_off(
    windows: Windows, service: Service, telegram: TelegramServer
) -> None:
    admin = await channels_page(windows, service)
    admin.watch.expect("status of 422")
    card = admin.page.get_by_role("region", name="Telegram")
    await expect(card.get_by_text("未启用", exact=True)).to_be_visible()
    await card.get_by_text("设置", exact=True).click()
    await card.get_by_label("机器人密钥（必填）").fill("not-a-key")
    await press_button(admin, card, "保存并启用")
    await expect(card.get_by_text("应为 BotFather 给的密钥")).to_be_visible()
    await expect(card.get_by_label("机器人密钥（必填）")).to_be_focused()
    assert await violations(admin.page) == []

    await card.get_by_label("机器人密钥（必填）").fill(TOKEN)
    await card.get_by_label("接收方式").select_option("polling")
    await card.get_by_text("更多设置").click()
    await card.get_by_label("接口地址").fill(telegram.url)
    await card.get_by_label("使用代理").select_option("false")
    await press_button(admin, card, "检测")
    await expect(card.get_by_text("密钥有效，机器人是")).to_be_visible()
    await press_button(admin, card, "保存并启用")
    await expect(card.get_by_text("运行中", exact=True)).to_be_visible()
    await expect(card.get_by_text("已经生效")).to_be_visible()

    secret = card.get_by_label("机器人密钥（必填）")
    await expect(secret).to_have_value("")
    await expect(secret).to_have_attribute("placeholder", "已保存，不改就留空")
    assert TOKEN not in await admin.page.content()
    assert SECRET not in await admin.page.content()
    assert await violations(admin.page) == []
    await press_button(admin, card, "停用并删除设置")
    await admin.page.get_by_role("button", name="停用并删除", exact=True).press("Enter")
    await expect(card.get_by_text("未启用", exact=True)).to_be_visible()
    await expect(card.get_by_text("已停用")).to_be_visible()


async def test_what_somebody_is_filling_in_stays_when_the_page_looks_again(windows: Windows, service: Service) -> None:
    admin = await channels_page(windows, service)
    card = admin.page.get_by_role("region", name="微信公众号")
    await card.get_by_text("设置", exact=True).click()
    await card.get_by_label("AppID（必填）").fill("wx123")
    async with admin.page.expect_response("**/api/channels"):
        await admin.page.get_by_role("button", name="刷新").click()
    await expect(card.get_by_label("AppID（必填）")).to_have_value("wx123")
    await expect(card.get_by_text("/channels/wechat", exact=False).first).to_be_visible()
