"""Everything an agent and a customer need works without a mouse."""

from playwright.async_api import expect

from tests.browser.keyboard import tab_to
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import WANTS_PERSON, Service
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST


async def test_an_agent_signs_in_takes_replies_and_closes(windows: Windows, service: Service) -> None:
    agent = await windows.desk()
    page, keyboard = agent.page, agent.page.keyboard
    await expect(page.get_by_label("工号")).to_be_focused()
    await keyboard.type("101")
    await agent.press("Tab")
    await expect(page.get_by_label("密码")).to_be_focused()
    await keyboard.type(service.passwords["101"])
    await agent.press("Enter")
    await agent.is_signed_in("101")

    # Busy: nothing is assigned, what waits is taken by choice.
    await tab_to(page, page.get_by_role("radio", name="下线"))
    await agent.press("ArrowLeft", "ArrowLeft")
    await expect(page.get_by_role("radio", name="置忙")).to_be_checked()
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await expect(agent.rows("queue")).to_have_count(1)
    await agent.press("Alt+KeyQ")
    await expect(agent.rows("queue")).to_be_focused()
    await agent.press("Enter")
    await agent.says(WANTS_PERSON)
    await agent.press("Alt+KeyT")
    await customer.hears("101号，很高兴为您服务")
    await expect(agent.rows("mine")).to_have_count(1)

    await tab_to(page, agent.field)
    await keyboard.type("第一行")
    await agent.press("Shift+Enter")
    await keyboard.type("第二行")
    await agent.press("Enter")
    await expect((await customer.hears("第一行")).locator(".text")).to_have_text("第一行\n第二行", use_inner_text=True)

    await agent.press("Escape")
    await expect(agent.rows("mine")).to_be_focused()
    await tab_to(page, agent.thread.get_by_role("button", name="结束会话"))
    await agent.press("Enter")
    dialog = page.get_by_role("dialog", name="结束会话")
    await tab_to(page, dialog.get_by_label("小结"))
    await keyboard.type("已答复")
    await tab_to(page, dialog.get_by_role("button", name="结束会话"))
    await agent.press("Enter")
    await expect(dialog).to_be_hidden()
    await expect(customer.status).to_have_text("本次咨询已结束，需要时请继续留言")
    (closed,) = await service.gasdesk.stores.inbox.search("closed", "", "101", 10)
    facts = await service.gasdesk.stores.transcripts.facts(closed.id)
    assert any("已答复" in fact.text for fact in facts)


async def test_an_agent_accepts_an_alarm_and_finds_the_most_urgent(windows: Windows) -> None:
    agent = await windows.staff("101")
    calm, alarmed = await windows.customer(), await windows.customer()
    await calm.say(WANTS_PERSON)
    await calm.hears("101号")
    await alarmed.say("我家厨房闻到燃气味")
    await tab_to(agent.page, agent.alarm.get_by_role("button", name="接警并接入"))
    await agent.press("Enter")
    await alarmed.hears("101号，正在处理您的险情")
    await calm.say("我的卡丢了")
    # From the emergency to the next that waits, and back.
    await expect(agent.rows("mine").locator(".countdown")).to_be_visible()
    await agent.press("Alt+KeyN")
    await agent.says("我的卡丢了")
    await expect(agent.field).to_be_focused()
    await agent.press("Alt+KeyN")
    await agent.says("我家厨房闻到燃气味")


async def test_the_list_of_shortcuts_opens_and_closes(windows: Windows) -> None:
    agent = await windows.staff("101", presence="")
    await agent.press("Shift+?")
    dialog = agent.page.get_by_role("dialog", name="快捷键")
    await expect(dialog).to_contain_text("跳到最紧急的会话")
    await agent.press("Escape")
    await expect(dialog).to_be_hidden()


async def test_a_customer_reports_a_leak_and_answers_with_buttons(windows: Windows) -> None:
    customer = await windows.customer()
    page = customer.page
    await customer.press("Tab")
    await expect(page.get_by_role("link", name="跳到输入框")).to_be_focused()
    await tab_to(page, page.get_by_role("button", name="闻到燃气味？ 点此报告"))
    await customer.press("Enter")
    await customer.hears("请马上照做")
    await tab_to(page, customer.field)
    await page.keyboard.type("幸福小区3号楼2单元501室")
    await customer.press("Enter")
    await customer.hears("请您确认地址")
    await tab_to(page, page.get_by_role("button", name="对", exact=True), key="Shift+Tab")
    await customer.press("Space")
    await customer.hears("工单号")
