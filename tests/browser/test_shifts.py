"""班务: breaches with evidence, the roster, and a hand-over signed by both."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import violations
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import WANTS_PERSON
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST


@pytest.mark.parametrize("sla", [{"reply_limit_seconds": 3, "agent_warning_seconds": 1}], indirect=True)
async def test_a_breach_shows_what_happened(windows: Windows) -> None:
    await windows.staff("101")
    lead, customer = await windows.staff("201", presence=""), await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await expect(lead.page.locator("#board")).to_contain_text("今日超时1")
    panel = await lead.duty_panel("超时记录")
    await panel.get_by_role("button", name="的经过").first.click()
    for told in ("转人工客服", "必须回复", "未在 3 秒内回复（工号 101）"):
        await expect(panel.locator(".evidence")).to_contain_text(told)
    assert await violations(lead.page) == []
    async with lead.page.expect_download() as download:
        await panel.get_by_role("link", name="导出 CSV").click()
    text = (await (await download.value).path()).read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].split(",")[3:5] == ["回复超时", "101"]


async def test_a_shift_is_planned_and_handed_over(windows: Windows) -> None:
    lead, agent = await windows.staff("201", presence=""), await windows.staff("101")
    panel = await lead.duty_panel("排班")
    field = panel.get_by_label("早班的工号").first
    await field.fill("101")
    await field.press("Enter")
    await expect(panel.locator(".roster .alone").first).to_have_text("只有一人")
    assert await violations(lead.page) == []

    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    theirs = await agent.duty_panel("交接班")
    await theirs.get_by_role("button", name="填写今天的交接班记录").click()
    await expect(theirs.locator(".handover")).to_contain_text("工号 101 接待")
    agent.watch.expect("409")
    await theirs.get_by_role("button", name="签字交班").click()
    await expect(theirs.get_by_role("alert")).to_contain_text("请先填写设备、系统运行状态")
    await theirs.get_by_label("设备、系统运行状态").fill("正常")
    await theirs.get_by_label("备注").fill("访客等回电")
    assert await violations(agent.page) == []
    await theirs.get_by_role("button", name="签字交班").click()
    await expect(theirs.locator(".handover")).to_contain_text("待接班签字")

    panel = await lead.duty_panel("交接班")
    await panel.locator(".handovers").get_by_role("button").first.click()
    await expect(panel.get_by_label("备注")).to_have_value("访客等回电")
    await panel.get_by_role("button", name="签字接班").click()
    await expect(panel.locator(".handover")).to_contain_text("接班：工号 201")
