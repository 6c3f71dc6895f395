"""A customer and an agent, each before a window of his own."""

import re

from playwright.async_api import expect

from tests.browser.marks import BROWSER_TEST
from tests.browser.service import ACCOUNT, READING, WANTS_PERSON
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST


async def test_a_whole_conversation_from_the_assistant_to_a_person_and_back(windows: Windows) -> None:
    agent = await windows.staff("101")
    await expect(agent.thread).to_contain_text("请选择一个会话")

    customer = await windows.customer()
    await customer.say("表上是1235")
    await customer.hears("您说的是：表上是1235")
    await expect(customer.status).to_have_text("智能助手为您服务")
    await customer.say(WANTS_PERSON)

    # It opens by itself at the agent, and the customer is greeted with the staff number only.
    await expect(agent.rows("mine")).to_have_count(1)
    await agent.says("表上是1235")
    greeting = await customer.hears("您好，我是安居燃气客服101号，很高兴为您服务！")
    await expect(greeting).to_contain_text("客服 101 号")
    await expect(customer.status).to_have_text("客服 101 号为您服务")
    await expect(customer.page.locator("body")).not_to_contain_text("李晓梅")

    # What the assistant has found out.
    for fact in ("用户要求人工服务", f"已匹配 {ACCOUNT}", "报数", READING, "要求人工", "97%"):
        await expect(agent.side).to_contain_text(fact)
    await expect(agent.side).not_to_contain_text("10010001")

    # Both write, and each sees that the other does.
    await agent.field.press_sequentially("请问")
    await expect(customer.page.locator("#typing")).to_have_text("客服 101 号正在输入")
    await agent.field.press("Enter")
    await customer.hears("请问")
    await expect(customer.page.locator("#typing")).to_be_hidden()
    await customer.field.press_sequentially("报得对吗")
    await expect(agent.thread.get_by_text("客户正在输入…")).to_be_visible()
    await customer.field.press("Enter")
    await agent.says("报得对吗")
    await expect(agent.thread.get_by_text("客户正在输入…")).to_be_hidden()

    await agent.reply("对的，请放心。")
    reply = await agent.says("对的，请放心。")
    await expect(reply.locator(".delivery")).to_have_text("已送达")
    await customer.hears("对的，请放心。")

    await agent.close_conversation("读数已核对")
    await expect(agent.rows("mine")).to_have_count(0)
    await expect(customer.status).to_have_text("本次咨询已结束，需要时请继续留言")
    await customer.say("谢谢你")
    await customer.hears("您说的是：谢谢你")
    await expect(customer.status).to_have_text("智能助手为您服务")
    heard = await customer.heard()
    assert len(heard) == len(set(heard)), "nothing is shown twice"


async def test_a_message_is_sent_but_not_delivered_while_the_customers_page_is_closed(windows: Windows) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer()
    await customer.tap("人工客服")
    await customer.hears("101号")
    await customer.page.goto("about:blank")
    await agent.reply("您还在吗？")
    reply = await agent.says("您还在吗？")
    await expect(reply.locator(".delivery")).to_have_text(re.compile("发送中|已发送"))
    await customer.open()
    await customer.hears("您还在吗？")
    await expect(reply.locator(".delivery")).to_have_text("已送达")


async def test_the_agent_hands_a_conversation_to_a_colleague_and_back_to_the_assistant(windows: Windows) -> None:
    second, first = await windows.staff("102"), await windows.staff("101")  # equally idle: the lower number gets it
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await first.says(WANTS_PERSON)

    await first.thread.get_by_role("button", name="转给…").click()
    dialog = first.page.get_by_role("dialog", name="转给…")
    await dialog.get_by_role("radio", name="102 王建国").check()
    await dialog.get_by_label("交接说明").fill("读数要核对")
    await dialog.get_by_role("button", name="转出").click()
    await customer.hears("102号")
    await expect(first.rows("mine")).to_have_count(0)
    await second.says(WANTS_PERSON)
    await expect(second.side).to_contain_text("读数要核对")

    await second.thread.get_by_role("button", name="转给…").click()
    dialog = second.page.get_by_role("dialog", name="转给…")
    await dialog.get_by_role("radio", name="交回智能助手").check()
    await dialog.get_by_role("button", name="转出").click()
    await customer.hears("现在由智能助手继续为您服务")
    await customer.say("几点下班")
    await customer.hears("您说的是：几点下班")


async def test_what_a_customer_writes_is_shown_as_text(windows: Windows) -> None:
    hostile = [
        "<img src=x onerror=\"document.title='taken'\">",
        "<script>document.title='taken'</script>",
        "<a href=\"javascript:document.title='taken'\">点我</a>",
        "javascript:document.title='taken'",
    ]
    agent, lead = await windows.staff("101"), await windows.staff("201", presence="")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    for text in hostile:
        await customer.say(text)
        await agent.says(text)
    await lead.rows("all").first.click()
    await lead.says(hostile[-1])
    await agent.reply(hostile[0])
    await customer.hears(hostile[0])
    for window in (agent, lead, customer):
        foreign = window.page.locator("img, iframe, object, script:not([src]), a[href^='javascript']")
        await expect(foreign).to_have_count(0)
        assert "taken" not in await window.page.title()
