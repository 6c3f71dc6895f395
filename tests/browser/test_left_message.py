"""Nobody is there: the customer leaves a message, and it is the first thing the next agent sees."""

from playwright.async_api import expect

from tests.browser.marks import BROWSER_TEST
from tests.browser.people import Customer
from tests.browser.service import WANTS_PERSON
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST


WITH_NUMBER = "您的留言和联系电话已记录，客服上线后首先与您联系。"
WITHOUT = "您的留言已记录，客服上线后首先回复您。"


async def leave_message(customer: Customer, text: str, answer: str = WITHOUT) -> None:
    await customer.say(WANTS_PERSON)
    await customer.hears("很抱歉，现在没有客服人员在线（在线服务时间为每天08:00-20:00）")
    await expect(customer.status).to_have_text("已转人工客服，将尽快回复您")
    await customer.say(text)
    await customer.hears(answer)


async def test_left_messages_come_first_when_an_agent_comes_online(windows: Windows) -> None:
    morning, evening = await windows.customer(), await windows.customer()
    await leave_message(morning, "燃气卡丢了怎么补？电话13000000001", WITH_NUMBER)
    await leave_message(evening, "我要报修灶具")
    await evening.say("是打不着火")
    await evening.page.goto("about:blank")

    agent = await windows.staff("101", presence="")
    left = agent.rows("offline")
    await expect(left).to_have_count(2)
    await expect(agent.group("offline")).to_contain_text("离线留言")
    await agent.page.locator("#groups .row").first.click()
    await agent.says("燃气卡丢了怎么补？电话13000000001")

    # He gets the older one at once; the other stays first in the list until this one is answered.
    await agent.go("上线")
    await expect(agent.rows("mine")).to_have_count(1)
    await expect(left).to_have_count(1)
    await morning.hears("您好，我是安居燃气客服101号，很高兴为您服务！")
    await agent.reply("请您带身份证到营业厅补卡。")
    await morning.hears("请您带身份证到营业厅补卡。")

    await expect(left).to_have_count(0)
    await agent.page.locator('[data-group="mine"] .row[aria-current="false"]').click()
    await agent.says("我要报修灶具")
    await agent.says("是打不着火")
    await agent.reply("请问灶具通电正常吗？")
    await evening.open()
    await evening.hears("请问灶具通电正常吗？")
    texts = await evening.heard()
    assert [texts.count(text) for text in ("我要报修灶具", "是打不着火", "请问灶具通电正常吗？")] == [1, 1, 1]


async def test_a_leak_is_handled_and_alarms_also_when_nobody_is_online(windows: Windows) -> None:
    customer = await windows.customer()
    await leave_message(customer, "想问一下安检")
    await customer.say("不好，厨房有燃气味")
    await customer.hears("请马上照做")
    await customer.say("幸福小区3号楼2单元501室")
    await customer.tap("对")
    await customer.hears("工单号")
    lead = await windows.staff("201", presence="")
    await expect(lead.alarm).to_contain_text("险情报警：室内泄漏")
    await lead.alarm.get_by_role("button", name="接警并接入").click()
    await customer.hears("201号，正在处理您的险情")
