"""Two thousand conversations in the list: only the rows near the eye exist, and nobody notices."""

from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.adapters.sql.database import Database
from bot.adapters.sql.staff import SqlStaff
from bot.clock import SystemClock
from bot.domain.staff import Presence
from tests.browser.axe import violations
from tests.browser.marks import BROWSER_TEST
from tests.browser.people import Desk
from tests.browser.service import Service, copy_company
from tests.browser.windows import Windows
from tests.full_desk import conversation_id, seed, session_of
from tests.web_customer import web_customer

pytestmark = BROWSER_TEST

OPEN, QUEUED = 200, 1_800
QUIET = {"waiting_prompt_seconds": 86_400, "agent_warning_seconds": 90_000, "reply_limit_seconds": 99_999}


@pytest_asyncio.fixture(loop_scope="session")
async def data(company_template: Path, tmp_path: Path) -> Path:
    """Agent 101 has more than he can take, so the queue stays as it is."""
    folder = copy_company(company_template, tmp_path / "var")
    clock, database = SystemClock(), Database.connect(f"sqlite+aiosqlite:///{folder / 'gasdesk.db'}")
    await SqlStaff(database).set_presence("101", Presence.ONLINE, "", clock.now())
    await seed(database, "101", OPEN, QUEUED, clock.now())
    await database.close()
    return folder


async def at_a_full_desk(windows: Windows) -> Desk:
    agent = await windows.staff("101", presence="")
    await expect(agent.group("queue").locator(".count")).to_have_text(str(QUEUED))
    return agent


@pytest.mark.parametrize("sla", [QUIET], indirect=True)
async def test_the_keyboard_reaches_every_row(windows: Windows) -> None:
    agent = await at_a_full_desk(windows)
    assert await agent.page.locator("#groups .row").count() < 300

    await agent.press("Alt+KeyQ")
    await expect(agent.rows("queue").first).to_be_focused()
    await agent.press("End")
    last = agent.page.locator(f'.row[data-id="{conversation_id(OPEN + QUEUED - 1)}"]')
    await expect(last).to_be_focused()
    await expect(last).to_be_in_viewport()
    item = last.locator("xpath=..")
    await expect(item).to_have_attribute("aria-posinset", str(QUEUED))
    await expect(item).to_have_attribute("aria-setsize", str(QUEUED))
    await agent.press(*["ArrowUp"] * 60)
    await expect(agent.page.locator(f'.row[data-id="{conversation_id(OPEN + QUEUED - 61)}"]')).to_be_focused()
    assert await violations(agent.page) == []
    await agent.press("Home")
    await expect(agent.rows("mine").first).to_be_focused()


@pytest.mark.parametrize("sla", [QUIET], indirect=True)
async def test_a_row_scrolled_out_of_sight_keeps_its_place_for_the_keyboard(windows: Windows) -> None:
    agent = await at_a_full_desk(windows)
    await agent.press("Alt+KeyQ")
    await expect(agent.rows("queue").first).to_be_focused()
    await agent.page.evaluate("document.querySelector('#groups').scrollTop = 60000")
    await expect(agent.page.locator(f'.row[data-id="{conversation_id(OPEN)}"]')).to_have_count(0)
    await agent.press("ArrowDown")
    await expect(agent.page.locator(f'.row[data-id="{conversation_id(OPEN + 1)}"]')).to_be_focused()


@pytest.mark.parametrize("sla", [QUIET], indirect=True)
async def test_what_comes_in_stands_in_its_row(windows: Windows, service: Service) -> None:
    agent = await at_a_full_desk(windows)
    async with web_customer(service.url, session_of(155)) as customer:
        await customer.say("我刚才忘了说，是五楼")
    # It was quiet; now the customer waits, so it stands behind the twenty that wait longer.
    row = agent.page.locator(f'.row[data-id="{conversation_id(155)}"]')
    await expect(row).to_contain_text("是五楼")
    await expect(row).to_contain_text("新消息")
    await expect(row.locator("xpath=..")).to_have_attribute("aria-posinset", "21")
    await row.click()
    await agent.says("我刚才忘了说，是五楼")
    await neighbours_open(agent)


async def neighbours_open(agent: Desk) -> None:
    """Alt with an arrow opens the next one of the list, and brings it into sight."""
    for _ in range(40):
        await agent.press("Alt+ArrowDown")
    current = agent.page.locator('.row[aria-current="true"]')
    await expect(current).to_have_count(1)
    await expect(current).to_be_in_viewport()
