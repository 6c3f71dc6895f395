"""No serious or critical finding of axe-core on any page in any of its usual states, light and dark."""

from playwright.async_api import expect

from bot.domain.conversations import Button
from bot.ports import AssistantAnswer, Bubble
from bot.testing import ScriptedAssistant
from tests.browser.axe import violations
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import WANTS_PERSON, Service
from tests.browser.windows import PHONE, Windows

pytestmark = BROWSER_TEST


async def test_the_customers_page(windows: Windows, assistant: ScriptedAssistant) -> None:
    buttons = (Button("普通表", "普通表"), Button("IC卡表", "IC卡表"))
    assistant.answers["没气了"] = AssistantAnswer(bubbles=(Bubble("请问是哪种表？", buttons),), asks=True)
    customer = await windows.customer(viewport=PHONE)
    assert await violations(customer.page) == [], "nothing said yet"
    await customer.say("没气了")
    await customer.hears("请问是哪种表？")
    assert await violations(customer.page) == [], "a question with buttons"
    await customer.tap("IC卡表")
    await customer.hears("您说的是：IC卡表")
    await customer.say("厨房有燃气味")
    await customer.hears("请马上照做")
    assert await violations(customer.page) == [], "the safety card"
    await customer.page.get_by_role("button", name="大字").click()
    assert await violations(customer.page) == [], "large type"


async def test_the_desk(windows: Windows) -> None:
    desk = await windows.desk()
    assert await violations(desk.page) == [], "the sign-in form"
    agent = await windows.staff("101", presence="")
    assert await violations(agent.page) == [], "offline, nothing there"

    await agent.go("上线")
    customer, queued, alarmed = [await windows.customer() for _ in range(3)]
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await agent.reply("请问有什么可以帮您？")
    await customer.say("卡丢了")
    await expect(agent.rows("mine").locator(".countdown")).to_be_visible()
    await agent.go("置忙")
    await queued.say(WANTS_PERSON)
    await expect(agent.rows("queue")).to_have_count(1)
    assert await violations(agent.page) == [], "conversations, a countdown and a queue"

    await alarmed.say("我家厨房闻到燃气味")
    await alarmed.say("幸福小区3号楼2单元501室")
    await expect(agent.alarm).to_contain_text("险情报警")
    assert await violations(agent.page) == [], "an alarm"
    await agent.alarm.get_by_role("button", name="接警并接入").click()
    await expect(agent.side.locator("form.dispatch")).to_be_visible()
    assert await violations(agent.page) == [], "an emergency of one's own"
    await agent.thread.get_by_role("button", name="转给…").click()
    assert await violations(agent.page) == [], "a dialog"


async def test_the_leads_board_and_the_administrators_page(windows: Windows, service: Service) -> None:
    await windows.staff("101")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    lead = await windows.staff("201")
    await lead.rows("all").click()
    await lead.says(WANTS_PERSON)
    assert await violations(lead.page) == [], "the lead's board"
    admin = await windows.desk()
    await admin.page.goto(f"{service.url}/admin")
    assert await violations(admin.page) == [], "the administrator's sign-in form"
    await admin.sign_in("901", service.passwords["901"])
    await expect(admin.page.get_by_role("row")).to_have_count(7)
    assert await violations(admin.page) == [], "the administrator's page"


async def test_axe_finds_what_is_wrong(windows: Windows) -> None:
    """Or the tests above would prove nothing."""
    customer = await windows.customer()
    await customer.page.evaluate("document.body.append(document.createElement('button'))")
    (found,) = {violation.split(": ")[1] for violation in await violations(customer.page)}
    assert found == "critical button-name"
