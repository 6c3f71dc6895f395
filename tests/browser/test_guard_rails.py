"""What must not be sent is shown while it is written, stopped when it is sent, and never lost."""

from playwright.async_api import Locator, expect

from tests.browser.marks import BROWSER_TEST
from tests.browser.people import Desk
from tests.browser.service import WANTS_PERSON
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST


def _guard(desk: Desk) -> Locator:
    return desk.thread.locator(".guard")


async def test_an_agent_is_stopped_and_given_a_better_wording(windows: Windows) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")

    # Shown while it is written; Enter keeps it in the box.
    await agent.field.fill("这个我不 知 道，您打热线吧。")
    await expect(_guard(agent)).to_contain_text("服务忌语")
    await agent.field.press("Enter")
    await expect(agent.field).to_have_value("这个我不 知 道，您打热线吧。")
    await expect(_guard(agent).get_by_role("button", name="仍要发送")).to_have_count(0)
    await _guard(agent).get_by_role("button", name="改为").click()
    await expect(agent.field).to_have_value("这个问题我需要核实一下，请您稍等，您打热线吧。")
    await expect(_guard(agent)).to_be_hidden()
    await agent.press("Enter")
    await customer.hears("这个问题我需要核实一下")

    # Personal data is confirmed.
    await agent.field.fill("请拨打13912345678。")
    await expect(_guard(agent)).to_contain_text("手机号")
    await agent.field.press("Enter")
    await expect(_guard(agent).get_by_role("button", name="确认发送")).to_be_visible()
    assert not any("139" in text for text in await customer.heard())
    await agent.field.press("Control+Enter")
    await customer.hears("请拨打13912345678。")
    await expect(agent.field).to_have_value("")


async def test_what_the_server_stops_is_back_in_the_box(windows: Windows) -> None:
    """Sent so quickly that the page had not asked yet; the draft outlives a reload."""
    agent = await windows.staff("101")
    agent.watch.expect("status of 422.*/messages$")
    await agent.page.route("**/draft", lambda route: route.abort())
    agent.watch.expect("ERR_FAILED.*/draft$")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await agent.reply("你问领导去！")
    await expect(_guard(agent)).to_contain_text("首问责任制")
    await expect(agent.field).to_have_value("你问领导去！")
    await expect(agent.messages.filter(has_text="你问领导去")).to_have_count(0)
    await agent.page.reload()
    await expect(agent.field).to_have_value("你问领导去！")


async def test_a_lead_may_insist(windows: Windows) -> None:
    lead = await windows.staff("201")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("201号")
    await lead.field.fill("等会儿！")
    await expect(_guard(lead)).to_contain_text("第30条")
    await lead.field.press("Enter")
    await _guard(lead).get_by_role("button", name="仍要发送").click()
    await customer.hears("等会儿！")
    await expect(lead.side).to_contain_text("坚持发送含服务忌语的回复：“等会儿”")
