"""What an inspector does before his page."""

from playwright.async_api import Locator, expect

from tests.browser.people import Desk
from tests.browser.windows import Windows


class Inspector:
    """Signed in at the desk as everybody is; what he sees is another page."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.page = desk.page

    @property
    def rows(self) -> Locator:
        """The conversations of his list."""
        return self.page.get_by_role("table", name="可质检的会话").locator("tbody tr")

    @property
    def record(self) -> Locator:
        """The conversation that is open."""
        return self.page.get_by_role("region", name="质检会话")

    async def tab(self, name: str) -> Locator:
        await self.page.get_by_role("tab", name=name, exact=True).click()
        return self.page.get_by_role("tabpanel", name=name, exact=True)

    async def opens(self, row: Locator) -> None:
        await row.get_by_role("button").click()
        await expect(self.record.get_by_role("heading", level=3)).to_be_focused()

    async def finds(self, criterion: str, times: int = 1) -> None:
        await self.record.get_by_label(criterion).first.fill(str(times))


async def inspector(windows: Windows, **options: object) -> Inspector:
    desk = await windows.desk(**options)
    await desk.sign_in("301", windows.passwords["301"])
    await expect(desk.page.locator("#inspecting-who")).to_contain_text("301")
    await expect(desk.page.get_by_role("tab", name="质检", exact=True)).to_have_attribute("aria-selected", "true")
    return Inspector(desk)
