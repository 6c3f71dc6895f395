"""The customer beside the chat: masked, revealed for a moment, tagged, and what he said before."""

from playwright.async_api import expect

from bot.domain.desk_log import Did
from tests.browser.axe import violations
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import WANTS_PERSON, Service
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST


async def test_the_card_reveals_what_is_asked_for_and_logs_it(windows: Windows, service: Service) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    card = agent.side.get_by_label("客户资料")
    await expect(card).to_contain_text("已核对（智能助手）")
    phone = card.locator(".masked > div").filter(has_text="联系电话")
    await expect(phone).to_contain_text("130****0001")
    await expect(card).to_contain_text("幸福小区*号楼*单元*室")
    await phone.get_by_role("button", name="查看联系电话").click()
    await expect(phone).to_contain_text("13000000001")
    await expect(phone).to_contain_text("秒后隐藏")
    entries = await service.gasdesk.stores.desk_log.since(service.gasdesk.started_at, [Did.REVEAL])
    assert [(entry.staff_id, entry.about) for entry in entries] == [("101", "phone")]
    assert await violations(agent.page) == []
    await phone.get_by_role("button", name="隐藏联系电话").click()
    await expect(phone).to_contain_text("130****0001")

    await card.get_by_label("加标签", exact=True).fill("老年用户")
    await card.get_by_label("加标签", exact=True).press("Enter")
    await expect(card.get_by_label("客户标签")).to_contain_text("老年用户")
    await card.get_by_role("button", name="加标签：多次催办").click()
    await expect(card.get_by_label("客户标签")).to_contain_text("多次催办")

    await card.get_by_text("核对户号").click()
    await card.get_by_label("用户说的户号").fill("10010001")
    await card.get_by_label("用户说的联系电话").fill("13000000002")
    await card.get_by_role("button", name="核对", exact=True).click()
    await expect(card).to_contain_text("不一致。请向用户再确认一次")
    await card.get_by_label("用户说的联系电话").fill("13000000001")
    await card.get_by_role("button", name="核对", exact=True).click()
    await expect(card).to_contain_text("已核对（工号 101）")


async def test_earlier_conversations_are_above_and_are_found(windows: Windows, service: Service) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer()
    await customer.say("上次说的是表不走字")
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await agent.close_conversation()
    await customer.hears("感谢您的咨询")
    await customer.say("这次问发票")
    await customer.say(WANTS_PERSON)
    await agent.says("这次问发票")
    await expect(agent.messages.filter(has_text="表不走字")).to_have_count(0)
    await agent.thread.get_by_role("button", name="查看更早的会话").click()
    await agent.says("上次说的是表不走字")
    dividers = agent.thread.locator(".divider")
    await expect(dividers).to_have_count(2)
    await expect(dividers.first).to_contain_text("网页 · 咨询 · 工号 101")
    await expect(dividers.last).to_have_text("本次会话")
    await expect(agent.thread).to_contain_text("没有更早的会话")

    await agent.press("Alt+g")
    dialog = agent.page.get_by_role("dialog", name="查找会话")
    await dialog.get_by_label("查找会话").fill("不走字")
    result = dialog.get_by_role("button").filter(has_text="上次说的是表不走字")
    await expect(result.locator("mark")).to_have_text("不走字")
    assert await violations(agent.page) == []
    await agent.press("ArrowDown", "Enter")
    await expect(dialog).to_be_hidden()
    await expect(agent.thread.locator(".is-found")).to_contain_text("表不走字")
    await expect(agent.thread).to_contain_text("会话已结束，不能再发送消息。")


async def test_two_channels_of_one_customer_are_linked_by_a_code(windows: Windows) -> None:
    agent = await windows.staff("101")
    customer, elsewhere = await windows.customer(), await windows.customer()
    await elsewhere.say("我在另一个渠道问过发票")
    await elsewhere.hears("您说的是")
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    card = agent.side.get_by_label("客户资料")
    await card.get_by_role("button", name="关联另一个渠道").click()
    await expect(card).to_contain_text("已把验证码发给客户")
    shown = await (await customer.hears("关联验证码")).inner_text()
    code = shown.partition("关联验证码：")[2][:6]
    await expect(await agent.says("关联验证码")).to_contain_text("******")
    await elsewhere.say(f"绑定 {code}")
    await elsewhere.hears("关联成功")
    await expect(card).to_contain_text("2 个渠道已关联")
    await agent.thread.get_by_role("button", name="查看更早的会话").click()
    await agent.says("我在另一个渠道问过发票")
    await expect(agent.thread.locator(".divider")).to_have_count(2)
    assert await violations(agent.page) == []
    await card.get_by_role("button", name="取消关联").click()
    await expect(card).not_to_contain_text("个渠道已关联")
