"""Pages are reloaded, opened twice, cut off; gasdesk is killed: nothing is lost and nothing doubled."""

from pathlib import Path

from playwright.async_api import Route, WebSocketRoute, expect

from tests.browser.conftest import OpenWindows
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import WANTS_PERSON, passwords_in
from tests.browser.windows import Windows
from tests.gasdesk_process import gasdesk_process

pytestmark = BROWSER_TEST

LOST = "连接已断开，正在重连… 数据可能不是最新，请勿依赖页面上的倒计时。"


async def test_a_reloaded_page_and_a_second_tab_show_the_same_conversation(windows: Windows) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await agent.reply("请问有什么可以帮您？")
    await customer.hears("请问有什么可以帮您？")
    before = await customer.heard()

    await customer.field.fill("写到一半")
    await customer.page.reload()
    await customer.hears("请问有什么可以帮您？")
    await expect(customer.texts).to_have_text(before)
    await expect(customer.field).to_have_value("写到一半")

    other = await windows.second_tab(customer)
    await expect(other.texts).to_have_text(before)
    await customer.say("卡丢了")
    await other.hears("卡丢了")
    await agent.reply("请带身份证来营业厅。")
    for tab in (customer, other):
        await tab.hears("请带身份证来营业厅。")
        await expect(tab.texts).to_have_text([*before, "卡丢了", "请带身份证来营业厅。"])
    await expect(agent.messages.filter(has_text="卡丢了")).to_have_count(1)


async def test_two_customers_do_not_see_each_other(windows: Windows) -> None:
    one, other = await windows.customer(), await windows.customer()
    await one.say("我的户号是10010001")
    await one.hears("您说的是：我的户号是10010001")
    await other.say("你好")
    await other.hears("您说的是：你好")
    assert len(await other.heard()) == 2


async def test_a_message_written_without_a_network_is_sent_when_it_is_back(windows: Windows) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer()
    customer.watch.expect("ERR_INTERNET_DISCONNECTED")
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await customer.page.context.set_offline(True)
    await expect(customer.page.locator("#banner")).to_have_text("正在重新连接…消息会在恢复后自动发送")
    await customer.say("断网时写的")
    own = await customer.hears("断网时写的")
    await expect(own).to_contain_text("等待网络，恢复后自动发送")
    await agent.reply("您还在吗？")
    await customer.page.context.set_offline(False)
    await agent.says("断网时写的")
    await expect(own).to_contain_text("已送达")
    await customer.hears("您还在吗？")
    await expect(agent.messages.filter(has_text="断网时写的")).to_have_count(1)
    await expect(customer.messages.filter(has_text="您还在吗？")).to_have_count(1)


async def test_an_unanswered_reply_is_kept_and_not_sent_twice(windows: Windows) -> None:
    """The request arrives, its answer does not: the agent may not know, but the customer hears it once."""
    agent = await windows.staff("101")
    agent.watch.expect("ERR_FAILED|ERR_CONNECTION")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")

    async def lose_the_answer(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await agent.page.route("**/api/conversations/*/messages", lose_the_answer, times=1)
    await agent.reply("我查一下。")
    await customer.hears("我查一下。")
    await agent.says("我查一下。")
    await agent.reply("查到了。")
    await customer.hears("查到了。")
    await expect(customer.messages.filter(has_text="我查一下。")).to_have_count(1)
    await expect(agent.messages.filter(has_text="我查一下。")).to_have_count(1)


async def test_a_page_whose_proxy_lets_no_websocket_through_works_by_polling(windows: Windows) -> None:
    customer = await windows.customer(open_page=False)
    customer.watch.expect("WebSocket")

    async def refuse(socket: WebSocketRoute) -> None:
        await socket.close(code=1011)

    await customer.page.route_web_socket("**/socket.io/**", refuse)
    await customer.open()
    await customer.say("你好")
    await customer.hears("您说的是：你好")


async def test_gasdesk_is_killed_while_they_talk(data: Path, open_windows: OpenWindows) -> None:
    async with gasdesk_process(data) as gasdesk, open_windows(gasdesk.url, passwords_in(data)) as windows:
        lead = await windows.staff("201")
        customer = await windows.customer()
        for window in (lead, customer):
            window.watch.expect("ERR_CONNECTION_REFUSED|WebSocket|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET")
        # Without an assistant a lead takes over what it cannot answer.
        await customer.say("想问一下安检")
        await lead.rows("all").click()
        await lead.thread.get_by_role("button", name="接管").first.click()
        await customer.hears("201号，很高兴为您服务")

        gasdesk.kill()
        strip = lead.page.locator("#connection")
        await expect(strip).to_have_text(LOST)
        await expect(customer.page.locator("#banner")).to_have_text("正在重新连接…消息会在恢复后自动发送")
        await customer.say("断电时写的")
        own = await customer.hears("断电时写的")
        await expect(own).to_contain_text("等待网络，恢复后自动发送")
        await customer.field.fill("还没写完")
        await lead.reply("我马上查")
        await expect(lead.messages.filter(has_text="我马上查")).to_contain_text("连接恢复后自动重发")

        await gasdesk.start()
        await expect(strip).to_be_hidden(timeout=30_000)
        await expect(own).to_contain_text("已送达", timeout=30_000)
        await lead.says("断电时写的")
        await customer.hears("我马上查")
        await expect(customer.field).to_have_value("还没写完")
        await expect(customer.messages.filter(has_text="我马上查")).to_have_count(1)
        await expect(customer.messages.get_by_text("断电时写的", exact=True)).to_have_count(1)
        await expect(lead.messages.get_by_text("断电时写的", exact=True)).to_have_count(1)
        await expect(lead.messages.get_by_text("我马上查", exact=True)).to_have_count(1)
        await lead.reply("现在恢复了")
        await customer.hears("现在恢复了")
