"""What a person does who has no mouse."""

from playwright.async_api import Locator, Page, expect

#: More Tab stops than any page here has.
_MOST_STOPS = 40


async def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab (or Shift+Tab) until the target has the focus, and is in sight."""
    for _ in range(_MOST_STOPS):
        if await target.evaluate("element => element === document.activeElement"):
            await expect(target).to_be_in_viewport()
            return
        await page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {target}")
