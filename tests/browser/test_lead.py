"""A lead at work: reads along, whispers, tells everybody, takes over; the customer notices only the last."""

from playwright.async_api import expect

from tests.browser.axe import violations
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import WANTS_PERSON
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST


async def test_a_lead_watches_whispers_and_takes_over(windows: Windows) -> None:
    agent, lead, customer = (
        await windows.staff("101"),
        await windows.staff("201", presence=""),
        await windows.customer(),
    )
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await agent.reply("请讲。")
    await customer.say("表不走了")
    await lead.rows("all").filter(has_text="表不走了").click()
    await lead.says("表不走了")
    await expect(lead.page.locator("#board")).to_contain_text("首答 15 秒内100%")

    await lead.page.get_by_label("悄悄话内容").fill("先问是不是IC卡表")
    await lead.press("Enter")
    for desk in (agent, lead):
        await expect(desk.page.get_by_label("悄悄话", exact=True)).to_contain_text("班长 201 悄悄话：先问是不是IC卡表")
    await expect(agent.page.locator("#notices")).to_contain_text("先问是不是IC卡表")
    assert await violations(lead.page) == []
    assert not [text for text in await customer.heard() if "IC卡" in text]

    await lead.thread.get_by_role("button", name="接管").first.click()
    await customer.hears("201号，很高兴为您服务")
    await expect(agent.rows("mine")).to_have_count(0)


async def test_a_broadcast_stays_until_it_is_read(windows: Windows) -> None:
    lead, agent = await windows.staff("201", presence=""), await windows.staff("101")
    await lead.page.get_by_role("button", name="班务").click()
    await lead.page.get_by_role("tab", name="广播").click()
    panel = lead.page.get_by_role("dialog", name="班务")
    await panel.get_by_role("textbox", name="内容").fill("城东片区计划停气")
    assert await violations(lead.page) == []
    await panel.get_by_role("button", name="发送广播").click()
    strip = agent.page.locator("#broadcasts")
    await expect(strip).to_contain_text("城东片区计划停气")
    await agent.page.reload()
    await strip.get_by_role("button", name="知道了").click()
    await expect(strip).to_be_hidden()
    await agent.page.reload()
    await expect(agent.page.locator("#who")).to_contain_text("101")
    late = await windows.staff("102")
    await expect(late.page.locator("#broadcasts")).to_contain_text("城东片区计划停气")
    await expect(strip).to_be_hidden()
