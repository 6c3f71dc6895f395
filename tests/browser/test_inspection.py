"""质检: from the draw to the decision, by keyboard and mouse, and what an inspector reads besides."""

from playwright.async_api import expect

from tests.browser.axe import violations
from tests.browser.inspector import inspector
from tests.browser.marks import BROWSER_TEST
from tests.browser.people import Customer, Desk
from tests.browser.service import WANTS_PERSON
from tests.browser.windows import PHONE, Windows

pytestmark = BROWSER_TEST
SMALL = {"width": 1280, "height": 720}


async def served(agent: Desk, customer: Customer, category: str = "投诉") -> None:
    """The agent serves the customer and closes."""
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await customer.say("上门太慢，我的电话是13812345678")
    await agent.says("上门太慢")
    await agent.reply("已经记下。")
    await customer.hears("已经记下")
    await agent.press("Alt+KeyJ")
    dialog = agent.page.get_by_role("dialog", name="结束会话")
    await dialog.get_by_label("报修类型").select_option(category)
    await dialog.get_by_role("button", name="结束会话").click()
    await expect(dialog).to_be_hidden()


async def test_an_inspector_scores_the_agent_objects_and_the_lead_decides(windows: Windows) -> None:
    agent = await windows.staff("101", viewport=SMALL)
    await served(agent, await windows.customer())

    judge = await inspector(windows, viewport=SMALL)
    status = judge.page.get_by_role("status")
    await expect(status.filter(has_text="没有待评的样本；可以先抽取样本")).to_be_visible()
    await judge.page.get_by_role("button", name="抽取样本").click()
    await expect(status.filter(has_text="抽取了 1 个会话")).to_be_visible()
    await expect(judge.rows.first).to_contain_text("101 李晓梅网页投诉投诉—抽样待评—")
    assert await violations(judge.page) == [], "the list"

    await judge.opens(judge.rows.first)
    lines = judge.record.get_by_label("会话经过")
    await expect(lines).to_contain_text("我的电话是138****5678")
    await expect(lines).to_contain_text("工号 101")
    await judge.finds("没有使用标准结束语")
    await judge.finds("没有对用户提供的信息进行确认", 2)
    total = judge.record.get_by_role("status").filter(has_text="得分")
    await expect(total).to_have_text("得分 92 分，共扣 8 分")
    await judge.record.get_by_label("没有使用标准结束语：说明").fill("没有说再见")
    await judge.record.get_by_label("评语").fill("请按标准用语结束")
    await judge.record.get_by_role("button", name="批注“已经记下。”").click()
    await judge.page.keyboard.type("应先致歉")
    assert await violations(judge.page) == [], "the sheet"
    await judge.page.reload()
    await judge.page.get_by_label("范围").select_option("抽样")
    await judge.opens(judge.rows.first)
    await expect(total).to_have_text("得分 92 分，共扣 8 分")
    await expect(judge.record.get_by_role("status").filter(has_text="已恢复")).to_be_visible()
    await expect(judge.record.get_by_role("textbox", name="批注“已经记下。”")).to_have_value("应先致歉")
    await judge.record.get_by_role("button", name="返回列表").click()
    await expect(judge.record.get_by_role("alert")).to_contain_text("评分还没有保存")
    await judge.record.get_by_role("button", name="保存", exact=True).click()
    await expect(judge.record.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    await judge.record.get_by_role("button", name="发布给坐席").click()
    await expect(judge.record).to_contain_text("得分 92 分（满分 100 分）")
    await judge.record.get_by_role("button", name="返回列表").click()
    await expect(status.filter(has_text="没有待评的样本")).to_be_visible()

    await agent.sees("您的一次质检结果已发布（92 分）")
    panel = await agent.duty_panel("我的质检")
    await panel.get_by_role("button", name="的质检").click()
    await expect(panel).to_contain_text("批注：应先致歉")
    await expect(panel).to_contain_text("没有说再见")
    await panel.get_by_role("button", name="提出申诉").click()
    await expect(panel.get_by_role("alert")).to_have_text("请先写明理由。")
    await panel.get_by_label("申诉理由").fill("系统已经发送结束语")
    assert await violations(agent.page) == [], "one's own inspection"
    await panel.get_by_role("button", name="提出申诉").click()
    await expect(panel).to_contain_text("申诉中")
    await expect(panel.get_by_role("button", name="提出申诉")).to_have_count(0)

    lead = await windows.staff("201", presence="", viewport=SMALL)
    panel = await lead.duty_panel("质检成绩")
    await panel.get_by_label("质检状态").select_option("申诉中")
    await panel.get_by_role("button", name="的质检").click()
    await expect(panel).to_contain_text("系统已经发送结束语")
    await panel.get_by_label("没有使用标准结束语").first.fill("0")
    await panel.get_by_label("处理意见").fill("情况属实")
    assert await violations(lead.page) == [], "the objection"
    await panel.get_by_role("button", name="按上面的评分改判").click()
    await expect(panel).to_contain_text("得分 94 分（满分 100 分）")
    await panel.get_by_role("button", name="返回列表").click()
    await panel.get_by_label("质检状态").select_option("")
    await expect(panel.get_by_role("table", name="按坐席", exact=True)).to_contain_text("101 李晓梅194")
    assert await violations(lead.page) == [], "the scores"
    async with lead.page.expect_download() as download:
        await panel.get_by_role("link", name="导出 CSV").click()
    text = (await (await download.value).path()).read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].split(",")[2:7] == ["101", "投诉", "抽样", "301", "94"]

    panel = await agent.duty_panel("我的质检")
    await panel.get_by_role("button", name="返回列表").click()
    await expect(panel.get_by_role("table", name="我的质检")).to_contain_text("申诉已处理94 分")


async def test_what_an_inspector_reads_besides(windows: Windows) -> None:
    agent = await windows.staff("101")
    await served(agent, await windows.customer(), "咨询")
    judge = await inspector(windows, viewport=SMALL)
    panel = await judge.tab("报表")
    await panel.get_by_label("分组").select_option("按坐席")
    table = panel.get_by_role("table", name="按坐席")
    await expect(table.get_by_role("rowheader", name="101 李晓梅")).to_be_visible()
    await expect(table.get_by_role("row", name="合计")).to_contain_text("合计101")
    assert await violations(judge.page) == [], "the report"
    for tab, told in (("超时记录", "没有超时"), ("满意度", "询问 1 次"), ("质检成绩", "没有已发布的质检")):
        panel = await judge.tab(tab)
        await expect(panel.get_by_role("status").filter(has_text=told)).to_be_visible()
        assert await violations(judge.page) == [], tab
    await judge.page.keyboard.press("End")
    panel = await judge.tab("质检")
    await panel.get_by_label("范围").select_option("全部会话")
    await judge.opens(judge.rows.first)
    panel = await judge.tab("值班日志")
    await panel.get_by_role("button", name="的会话").first.click()
    await expect(judge.page.get_by_role("tab", name="质检", exact=True)).to_have_attribute("aria-selected", "true")
    await expect(judge.record).to_be_visible()
    await judge.page.get_by_role("button", name="退出").click()
    await expect(judge.page.get_by_label("密码")).to_be_visible()
    await judge.desk.sign_in("101", windows.passwords["101"])
    await judge.desk.is_signed_in("101")


async def test_the_tabs_by_keyboard_and_the_lead_s_report_on_a_telephone(windows: Windows) -> None:
    judge = await inspector(windows)
    await judge.page.get_by_role("tab", name="质检", exact=True).focus()
    for name in ("质检成绩", "报表"):
        await judge.page.keyboard.press("ArrowRight")
        await expect(judge.page.get_by_role("tab", name=name)).to_be_focused()
    narrow = await inspector(windows, viewport=PHONE)
    assert await violations(narrow.page) == []
    assert await narrow.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    lead = await windows.staff("201", presence="", viewport=PHONE)
    panel = await lead.duty_panel("报表")
    await expect(panel.get_by_role("status").filter(has_text="这段时间没有会话")).to_be_visible()
    assert await violations(lead.page) == []
    assert await lead.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
