"""What a person does before a page, and sees there."""

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.watch import Watch


class Window:
    """A page, and what all of them have in common."""

    def __init__(self, page: Page, url: str, watch: Watch) -> None:
        self.page = page
        self.url = url
        self.watch = watch

    async def sees(self, text: str | re.Pattern[str]) -> Locator:
        """Wait for a text that is in sight anywhere; the first element that has it."""
        found = self.page.get_by_text(text).locator("visible=true").first
        await expect(found).to_be_visible()
        return found

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)


class Customer(Window):
    """The customer's page."""

    @property
    def messages(self) -> Locator:
        """Everything said, the customer's own words included."""
        return self.page.locator("#messages > .message")

    @property
    def texts(self) -> Locator:
        return self.messages.locator(".text")

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("输入您的问题")

    @property
    def status(self) -> Locator:
        return self.page.locator("#status")

    async def open(self) -> None:
        await self.page.goto(self.url)
        await self.is_connected()

    async def is_connected(self) -> None:
        await expect(self.page.locator("#link")).to_have_text("已连接")

    async def say(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def hears(self, text: str | re.Pattern[str]) -> Locator:
        """Wait for a message that contains the text; the message."""
        message = self.messages.filter(has_text=text).last
        await expect(message).to_be_visible()
        return message

    async def tap(self, title: str) -> None:
        await self.page.get_by_role("button", name=title, exact=True).last.click()

    async def heard(self) -> list[str]:
        return await self.texts.all_inner_texts()


class Desk(Window):
    """The page of an agent or a lead."""

    @property
    def alarm(self) -> Locator:
        return self.page.locator("#alarms")

    @property
    def side(self) -> Locator:
        return self.page.get_by_label("会话资料")

    @property
    def thread(self) -> Locator:
        return self.page.get_by_label("会话内容")

    @property
    def messages(self) -> Locator:
        return self.thread.locator(".message")

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("回复内容")

    def group(self, key: str) -> Locator:
        """A group of the list: emergency, offline, mine, queue, all."""
        return self.page.locator(f'[data-group="{key}"]')

    def rows(self, key: str) -> Locator:
        return self.group(key).locator(".row")

    async def open(self) -> None:
        await self.page.goto(f"{self.url}/desk")

    async def sign_in(self, staff_id: str, password: str) -> None:
        await self.page.get_by_label("工号").fill(staff_id)
        await self.page.get_by_label("密码").fill(password)
        await self.page.get_by_role("button", name="登录").click()

    async def is_signed_in(self, staff_id: str) -> None:
        await expect(self.page.locator("#who")).to_contain_text(staff_id)
        await expect(self.page.locator("#presence input:checked")).to_have_count(1)

    async def go(self, presence: str) -> None:
        """上线, 置忙, 离开, 下线"""
        choice = self.page.get_by_role("radio", name=presence)
        # The radio itself is hidden behind its label, which is what a person clicks.
        async with self.page.expect_response("**/api/presence"):
            await self.page.locator("#presence label").filter(has_text=presence).click()
        await expect(choice).to_be_checked()

    async def duty_panel(self, tab: str) -> Locator:
        """班务 with this tab."""
        panel = self.page.get_by_role("dialog", name="班务")
        if not await panel.is_visible():
            await self.page.get_by_role("button", name="班务").click()
        await panel.get_by_role("tab", name=tab).click()
        return panel

    async def says(self, text: str | re.Pattern[str]) -> Locator:
        """Wait for a message of the open conversation; the message."""
        message = self.messages.filter(has_text=text).last
        await expect(message).to_be_visible()
        return message

    async def reply(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def close_conversation(self, summary: str = "") -> None:
        await self.thread.get_by_role("button", name="结束会话").click()
        dialog = self.page.get_by_role("dialog", name="结束会话")
        await dialog.get_by_label("小结").fill(summary)
        await dialog.get_by_role("button", name="结束会话").click()
        await expect(dialog).to_be_hidden()
