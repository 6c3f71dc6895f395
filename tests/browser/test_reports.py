"""班务: how satisfied customers were, and the desk's log."""

from playwright.async_api import expect

from tests.browser.axe import violations
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import WANTS_PERSON
from tests.browser.windows import PHONE, Windows

pytestmark = BROWSER_TEST

#: So many broadcasts, one after the other.
TELL = """async (count) => {
  const headers = { "Content-Type": "application/json" };
  for (let number = 0; number < count; number++)
    await fetch("/api/broadcasts", { method: "POST", headers, body: JSON.stringify({ text: `通知${number}` }) });
}"""


async def test_the_lead_reads_how_satisfied_customers_were(windows: Windows) -> None:
    agent, lead, customer = (
        await windows.staff("101"),
        await windows.staff("201", presence=""),
        await windows.customer(),
    )
    panel = await lead.duty_panel("满意度")
    await expect(panel.get_by_role("status")).to_have_text("这段时间没有询问过客户")
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await agent.reply("请讲。")
    await agent.press("Alt+KeyJ")
    dialog = agent.page.get_by_role("dialog", name="结束会话")
    await dialog.get_by_label("报修类型").select_option("投诉")
    await dialog.get_by_role("button", name="结束会话").click()
    await customer.tap("不满意")
    await customer.tap("等待太久")
    await customer.hears("感谢您的意见")

    panel = await lead.duty_panel("满意度")
    await expect(panel.get_by_role("status")).to_have_text("询问 1 次，评价 1 次（100%），平均 2.00 分")
    await expect(panel.get_by_role("table", name="按报修类型").get_by_role("row").nth(1)).to_contain_text("投诉")
    await expect(panel.get_by_role("table", name="不满意的原因")).to_contain_text("等待太久")
    assert await violations(lead.page) == []
    async with lead.page.expect_download() as download:
        await panel.get_by_role("link", name="导出 CSV").click()
    text = (await (await download.value).path()).read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].split(",")[2:6] == ["101", "投诉", "2", "等待太久"]

    await panel.get_by_role("textbox", name="到").fill("2020-01-01")
    await expect(panel.get_by_role("status")).to_have_text("这段时间没有询问过客户")
    await agent.page.get_by_role("button", name="班务").click()
    await expect(agent.page.get_by_role("tab", name="满意度")).to_be_hidden()


async def test_the_lead_reads_the_log_and_opens_its_conversation(windows: Windows) -> None:
    agent, lead, customer = (
        await windows.staff("101"),
        await windows.staff("201", presence=""),
        await windows.customer(),
    )
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await agent.side.get_by_role("button", name="查看").first.click()
    panel = await lead.duty_panel("值班日志")
    rows = panel.get_by_role("table", name="值班日志").locator("tbody tr")
    await expect(rows).to_have_count(1)
    await expect(rows.first).to_contain_text("101 李晓梅查看客户资料工号 101 查看客户的")
    await lead.page.evaluate(TELL, 60)
    await panel.get_by_label("事项").select_option("广播")
    await expect(rows).to_have_count(50)
    assert await violations(lead.page) == []
    await panel.get_by_role("button", name="更早的记录").click()
    await expect(rows).to_have_count(60)
    await expect(panel.get_by_role("button", name="更早的记录")).to_be_hidden()
    await panel.get_by_label("人员").select_option("102 王建国")
    await expect(panel.get_by_role("status")).to_have_text("没有记录")
    await panel.get_by_label("人员").select_option("")
    await panel.get_by_label("事项").select_option("查看客户资料")
    await rows.get_by_role("button", name="的会话").click()
    await expect(panel).to_be_hidden()
    await lead.says(WANTS_PERSON)
    await agent.page.get_by_role("button", name="班务").click()
    await expect(agent.page.get_by_role("tab", name="值班日志")).to_be_hidden()


async def test_on_a_telephone_the_lead_reads_them_too(windows: Windows) -> None:
    agent = await windows.staff("101")
    lead = await windows.staff("201", presence="", viewport=PHONE)
    await agent.go("置忙")
    await agent.page.get_by_label("置忙或离开的原因").fill("喝水、去洗手间")
    await expect(lead.page.locator("#board")).to_contain_text("喝水、去洗手间")
    await lead.page.evaluate(TELL, 1)
    for tab, told in (("满意度", "这段时间没有询问过客户"), ("值班日志", "已显示 1 条")):
        panel = await lead.duty_panel(tab)
        await expect(panel.get_by_role("status").filter(has_text=told)).to_be_visible()
        assert await violations(lead.page) == []
        assert await lead.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
