"""Canned replies, 请您稍等, private notes and every act of the desk by keyboard."""

from playwright.async_api import expect

from tests.browser.marks import BROWSER_TEST
from tests.browser.people import Customer, Desk
from tests.browser.service import WANTS_PERSON
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST


async def _talking(windows: Windows) -> tuple[Desk, Customer]:
    agent = await windows.staff("101")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await expect(agent.field).to_be_visible()
    return agent, customer


async def test_a_canned_reply_is_found_by_initials_and_filled_in(windows: Windows) -> None:
    agent, customer = await _talking(windows)
    listbox = agent.page.get_by_role("listbox", name="常用语")

    # By the company's facts; Enter inserts and a second Enter sends.
    await agent.press("Alt+KeyR", "/")
    await expect(listbox).to_be_visible()
    await agent.page.keyboard.type("fwsj")
    await expect(listbox.get_by_role("option")).to_have_count(1)
    await agent.press("Enter")
    await expect(agent.field).to_have_value("在线客服每天08:00-20:00为您服务；24小时热线：0000-8800119。")
    await expect(listbox).to_be_hidden()
    await agent.press("Enter")
    await customer.hears("24小时热线：0000-8800119")

    # What is left to fill in is selected, and not sent before.
    await agent.press("/")
    await agent.page.keyboard.type("不提供")
    await expect(listbox.get_by_role("option")).to_have_count(1)
    await agent.press("Enter")
    await expect(agent.thread.locator(".guard")).to_contain_text("还没有填写")
    await agent.page.keyboard.type("家电维修")
    await expect(agent.thread.locator(".guard")).to_be_hidden()
    await agent.press("Enter")
    await customer.hears("很抱歉，本平台不提供家电维修服务。")

    # Esc closes the list and keeps the words.
    await agent.page.keyboard.type("/wh")
    await expect(listbox).to_be_visible()
    await agent.press("Escape")
    await expect(listbox).to_be_hidden()
    await expect(agent.field).to_have_value("/wh")
    await expect(agent.field).to_be_focused()


async def test_an_agent_keeps_replies_of_his_own(windows: Windows) -> None:
    agent, _ = await _talking(windows)
    await agent.thread.get_by_role("button", name="常用语", exact=True).click()
    await agent.page.get_by_role("button", name="管理常用语").click()
    dialog = agent.page.get_by_role("dialog", name="管理常用语")
    await expect(dialog.get_by_label("谁可以用")).to_be_hidden()
    await dialog.get_by_label("标题").fill("预约上门")
    await dialog.get_by_label("内容").fill("你问领导去")
    agent.watch.expect("status of 422.*/canned-replies$")
    await dialog.get_by_role("button", name="保存").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("首问责任制")
    await dialog.get_by_label("内容").fill("{称呼}，请问您什么时候方便上门？")
    await dialog.get_by_role("button", name="保存").click()
    await expect(dialog.get_by_role("listitem")).to_contain_text("预约上门")
    await dialog.get_by_role("button", name="关闭").click()
    await expect(agent.field).to_have_value("")
    await expect(agent.field).to_be_focused()
    await agent.page.keyboard.type("/yysm")
    await expect(agent.page.get_by_role("option")).to_have_count(1)
    await agent.press("Enter")
    await expect(agent.field).to_have_value("尊敬的用户，请问您什么时候方便上门？")


async def test_one_key_asks_to_wait_and_the_answer_gives_thanks(windows: Windows) -> None:
    agent, customer = await _talking(windows)
    await agent.field.fill("正在写的话")
    await agent.press("Alt+KeyS")
    await customer.hears("请您稍等。")
    await expect(agent.thread.get_by_role("button", name="已请客户稍等")).to_be_disabled()
    await expect(agent.field).to_have_value("正在写的话")
    await agent.reply("您的余额是30元。")
    await customer.hears("您的余额是30元。")
    heard = await customer.heard()
    assert heard[-2:] == ["感谢您的耐心等待。", "您的余额是30元。"]
    await expect(agent.thread.get_by_role("button", name="请您稍等")).to_be_enabled()


async def test_a_private_note_reaches_the_lead_and_not_the_customer(windows: Windows) -> None:
    agent, customer = await _talking(windows)
    lead = await windows.staff("201", presence="")
    await lead.rows("all").first.click()
    await agent.press("Alt+KeyR", "Alt+KeyB")
    note = agent.page.get_by_label("备注内容")
    await expect(note).to_be_focused()
    await agent.page.keyboard.type("用户情绪激动，不知道户号")
    await agent.press("Enter")
    await expect(agent.messages.filter(has_text="用户情绪激动")).to_contain_text("客户看不到")
    await expect(agent.field).to_be_focused()
    await expect(lead.messages.filter(has_text="用户情绪激动")).to_contain_text("工号 101的备注")
    await agent.reply("您好，请问户号是多少？")
    await customer.hears("请问户号是多少")
    assert not any("情绪" in text for text in await customer.heard())
    await agent.page.reload()
    await expect(agent.messages.filter(has_text="用户情绪激动")).to_be_visible()


async def test_transfer_and_close_by_keyboard(windows: Windows) -> None:
    agent, _ = await _talking(windows)
    await agent.press("Alt+KeyZ")
    transfer = agent.page.get_by_role("dialog", name="转给…")
    await expect(transfer).to_be_visible()
    await agent.press("Escape")
    await expect(transfer).to_be_hidden()
    await agent.press("Alt+KeyJ")
    await expect(agent.page.get_by_role("dialog", name="结束会话")).to_be_visible()
    await agent.press("Escape")
    await agent.press("?")
    await expect(agent.page.get_by_role("dialog", name="快捷键")).to_contain_text("请您稍等")


async def test_a_complaint_ends_with_its_own_words_and_a_survey(windows: Windows) -> None:
    agent, customer = await _talking(windows)
    await agent.press("Alt+KeyJ")
    dialog = agent.page.get_by_role("dialog", name="结束会话")
    await expect(dialog).to_contain_text("感谢您的咨询")
    await dialog.get_by_label("报修类型").select_option("投诉")
    await expect(dialog).to_contain_text("您所反映的情况我们将联系相关部门")
    await dialog.get_by_role("button", name="结束会话").click()
    await customer.hears("您所反映的情况我们将联系相关部门")
    await customer.hears("请您对本次服务作出评价")

    # Something else first; the survey waits, and its answer starts nothing.
    await customer.say("谢谢你")
    await customer.hears("您说的是：谢谢你")
    await customer.tap("不满意")
    await customer.hears("请问是哪方面的原因")
    await customer.tap("等待太久")
    await customer.hears("我们会认真改进")
    heard = await customer.heard()
    assert heard.count("不满意") == heard.count("等待太久") == 1
    assert not any("评价：" in text for text in heard), "the page shows what was tapped, not what was sent"
    await customer.page.reload()
    await customer.hears("我们会认真改进")
    assert not any("评价：2" in text for text in await customer.heard())


async def test_what_is_typed_right_after_opening_goes_to_that_customer(windows: Windows) -> None:
    agent, _ = await _talking(windows)
    second = await windows.customer()
    await second.say(WANTS_PERSON)
    await second.hears("101号")
    await agent.field.fill("给第一位的话")
    other = agent.page.locator("[data-group=mine] .row[aria-current=false]")
    await expect(other).to_have_count(1)
    # Within one task, before the page could draw a frame: nobody types faster.
    drafted = await other.evaluate(
        """(row) => {
          row.click();
          const field = document.activeElement;
          const before = field.value;
          field.setRangeText("您好");
          field.dispatchEvent(new InputEvent("input", { bubbles: true }));
          return [before, field.value];
        }"""
    )
    assert drafted == ["", "您好"]
    await agent.press("Enter")
    await second.hears("您好")
    await agent.page.locator("[data-group=mine] .row[aria-current=false]").click()
    await expect(agent.field).to_have_value("给第一位的话")
