"""A customer smells gas: safety first, everybody is alarmed, somebody accepts, the crew is sent."""

import re

import pytest
from playwright.async_api import expect

from bot.testing import ScriptedAssistant
from tests.browser.marks import BROWSER_TEST
from tests.browser.people import Customer, Desk
from tests.browser.service import WANTS_PERSON
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST

ADDRESS = "幸福小区3号楼2单元501室"
ORDER = re.compile(r"工单号 (\S+?)。")


async def sees_alarm(desk: Desk, where: str = "地址未知") -> None:
    """In words, not only in red: what, where, since when; in the banner and in the list."""
    await expect(desk.alarm).to_contain_text("险情报警：室内泄漏")
    await expect(desk.alarm).to_contain_text(where)
    await expect(desk.alarm).to_contain_text("前报警")
    await expect(desk.rows("emergency")).to_contain_text("险情 室内泄漏 · 无人接警")


async def order_number(customer: Customer) -> str:
    dispatched = await customer.hears(ORDER)
    found = ORDER.search(await dispatched.inner_text())
    assert found
    return found[1]


async def test_a_tap_on_the_leak_button_gets_a_crew_sent(windows: Windows) -> None:
    first, second = await windows.staff("101"), await windows.staff("102")
    lead = await windows.staff("201", presence="")  # not on duty, and alarmed all the same
    customer = await windows.customer()

    await customer.tap("闻到燃气味？ 点此报告")
    safety = customer.messages.nth(1)
    await expect(safety).to_contain_text("安全提示 请立即照做")
    await expect(safety).to_contain_text("不点火、不抽烟，不要碰任何电器和开关")
    await expect(safety.get_by_role("alert")).to_be_visible()
    await expect(safety.get_by_role("link", name="0000-8800119")).to_have_attribute("href", "tel:00008800119")
    await expect(customer.messages.nth(2)).to_contain_text("请告诉我漏气的详细地址")
    await expect(customer.messages.first).to_contain_text("我闻到燃气味，怀疑漏气")
    for desk in (first, second, lead):
        await sees_alarm(desk)

    await customer.say(ADDRESS)
    await customer.hears(f"请您确认地址：{ADDRESS}，对吗？")
    await sees_alarm(second, ADDRESS)
    await expect(customer.page.get_by_role("button", name="不对", exact=True)).to_be_visible()
    await customer.tap("对")
    number = await order_number(customer)
    await customer.hears(f"已通知安居燃气维修站赶往：{ADDRESS}")

    # The crew is on its way, but nobody has accepted: it goes on ringing.
    await expect(lead.alarm).to_contain_text("险情报警")
    await second.alarm.get_by_role("button", name="接警并接入").click()
    await customer.hears("您好，我是安居燃气客服102号，正在处理您的险情")
    for desk in (first, second, lead):
        await expect(desk.alarm).to_be_hidden()
    await expect(second.side).to_contain_text(number)
    await expect(second.side).to_contain_text("室内泄漏")
    await expect(second.side).to_contain_text("已派单")
    await expect(first.page.locator("#groups")).not_to_contain_text("险情")


async def test_the_agent_who_accepts_first_sends_the_crew_himself(windows: Windows) -> None:
    agent = await windows.staff("101")
    lead = await windows.staff("201", presence="")
    customer = await windows.customer()
    await customer.say("我家厨房闻到燃气味")
    await customer.hears("请马上照做")
    await agent.alarm.get_by_role("button", name="接警并接入").click()
    await customer.hears("101号，正在处理您的险情")
    await expect(lead.alarm).to_be_hidden()

    form = agent.side.locator("form.dispatch")
    await form.get_by_role("button", name="派单").click()
    await expect(form.get_by_role("alert")).to_have_text("请填写地址：小区、楼号、单元、房号，或附近的标志物。")
    await customer.say(f"{ADDRESS}，快来")
    await expect(form.get_by_label("地址")).to_have_value(ADDRESS)
    await form.get_by_role("button", name="派单").click()
    number = await order_number(customer)
    await expect(agent.side).to_contain_text(number)
    await expect(agent.side).to_contain_text("已派单")
    await expect(form).to_be_hidden()
    await expect(agent.page.locator("#notices")).to_contain_text(f"已派单：{number}")


async def test_a_leak_in_the_middle_of_a_chat_comes_before_everything(windows: Windows) -> None:
    agent = await windows.staff("101")
    lead = await windows.staff("201", presence="")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await customer.say("等等，现在屋里有很重的煤气味")
    await customer.hears("请马上照做")
    await sees_alarm(agent)
    await sees_alarm(lead)
    await agent.alarm.get_by_role("button", name="接警并接入").click()
    await expect(lead.alarm).to_be_hidden()

    await agent.side.get_by_role("button", name="误报…").click()
    dialog = agent.page.get_by_role("dialog", name="解除险情（误报）")
    await dialog.get_by_role("button", name="确认误报").click()
    await expect(dialog.get_by_role("alert")).to_have_text("请写明误报原因。")
    await dialog.get_by_label("误报原因").fill("客户说是邻居在炒菜，气味已散")
    await dialog.get_by_role("button", name="确认误报").click()
    await expect(agent.side).to_contain_text("已解除")
    await expect(agent.rows("emergency")).to_have_count(0)
    await expect(agent.rows("mine")).to_have_count(1)


async def test_the_safety_instruction_does_not_wait_for_the_assistant(
    windows: Windows, assistant: ScriptedAssistant
) -> None:
    assistant.ready = False
    customer = await windows.customer()
    await expect(customer.page.locator("#starting")).to_contain_text("智能助手正在启动")
    await customer.say("我要报数")
    await customer.hears("智能助手正在启动，启动后会马上回答您的问题")
    await customer.say("楼道里有煤气味")
    await expect(await customer.hears("请马上照做")).to_contain_text("走楼梯到室外等待，不要坐电梯")


@pytest.mark.parametrize("sla", [{"dispatch_limit_seconds": 3}], indirect=True)
async def test_an_emergency_nobody_has_sent_out_in_time_rings_again(windows: Windows) -> None:
    agent = await windows.staff("101")
    lead = await windows.staff("201", presence="")
    customer = await windows.customer()
    await customer.say("我家厨房闻到燃气味")
    await agent.alarm.get_by_role("button", name="接警并接入").click()
    for desk in (agent, lead):
        await expect(desk.alarm).to_contain_text("险情未派单：室内泄漏")
    await expect(agent.rows("emergency")).to_contain_text("超时未派单")
    # The lead, whose job it is not, may note it; then it is quiet at his desk until it sounds again.
    await lead.alarm.get_by_role("button", name="知道了").click()
    form = agent.side.locator("form.dispatch")
    await form.get_by_label("地址").fill(ADDRESS)
    await form.get_by_role("button", name="派单").click()
    await order_number(customer)
    for desk in (agent, lead):
        await expect(desk.alarm).to_be_hidden()
