"""An administrator says what customers' messages mean, without a mouse."""

import re

from playwright.async_api import expect

from bot.domain.conversations import SeenIntent
from bot.ports import AssistantAnswer, Bubble
from bot.testing import ScriptedAssistant
from tests.browser.axe import violations
from tests.browser.keyboard import tab_to
from tests.browser.marks import BROWSER_TEST
from tests.browser.people import Desk
from tests.browser.service import Service
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST

SAID = {
    "表黑屏了，手机13812345678": ("report_meter_fault", "ask_meter_battery", "query_balance"),
    "请问表黑屏了，手机13812345678": ("report_meter_fault", "ask_meter_battery", "query_balance"),
    "煤气本子丢哪儿补": ("report_ic_card_lost", "open_account", "ask_invoice"),
    "asdf qwer": ("greet", "thank", "goodbye"),
}


def unsure(text: str, intents: tuple[str, ...]) -> AssistantAnswer:
    guesses = tuple(zip(intents, (0.42, 0.31, 0.05), strict=True))
    return AssistantAnswer(bubbles=(Bubble("好的。"),), intent=SeenIntent(intents[0], 0.42, text), guesses=guesses)


async def administrator(windows: Windows, service: Service) -> Desk:
    admin = await windows.desk()
    await admin.page.goto(f"{service.url}/admin")
    await admin.sign_in("901", service.passwords["901"])
    return admin


async def test_messages_are_labelled_by_keyboard_and_taken_back(
    windows: Windows, service: Service, assistant: ScriptedAssistant
) -> None:
    customer = await windows.customer()
    for number, (text, intents) in enumerate(SAID.items(), 1):
        assistant.answers[text] = unsure(text, intents)
        await customer.say(text)
        await expect(customer.texts.filter(has_text="好的。")).to_have_count(number)
    await service.gasdesk.training.recorder.settle()

    admin = await administrator(windows, service)
    link = admin.page.get_by_role("link", name=re.compile("待标注"))
    await expect(link).to_contain_text("3")
    await tab_to(admin.page, link)
    await admin.press("Enter")
    rows = admin.page.get_by_role("listbox", name="待标注的消息").get_by_role("option")
    await expect(rows).to_have_count(3)
    await expect(admin.page.locator("body")).not_to_contain_text("13812345678")
    assert await violations(admin.page) == []

    # The commonest comes first; 1 takes the model's first suggestion for it and for what says the same.
    await tab_to(admin.page, admin.page.get_by_role("listbox", name="待标注的消息"))
    await expect(rows.first).to_contain_text("表黑屏了，手机13800000000")
    await expect(admin.page.get_by_label("当前消息")).to_contain_text("还有 1 种相近的说法")
    await admin.press("1")
    await admin.sees(re.compile("已标注为“表具故障”"))
    await expect(rows).to_have_count(2)

    # Another intent, found by its name.
    await expect(admin.page.get_by_label("当前消息")).to_contain_text("asdf qwer")
    await admin.press("ArrowDown", "e")
    await admin.page.keyboard.type("燃气票")
    await admin.press("Enter")
    await admin.sees(re.compile("已标注为“燃气票”：煤气本子丢哪儿补"))
    await expect(rows).to_have_count(1)

    await admin.press("x")
    await admin.sees("没有待标注的消息。助手拿不准的话会自动出现在这里。")
    await admin.press(
        "u",
    )
    await admin.sees("已撤销：asdf qwer")
    await admin.press("u")
    await admin.sees("已撤销：煤气本子丢哪儿补")
    await expect(rows).to_have_count(2)

    await admin.page.get_by_role("button", name="已处理").click()
    decided = admin.page.get_by_label("已处理的消息列表")
    await expect(decided.get_by_role("row")).to_have_count(2)
    await expect(decided).to_contain_text("901")
    assert await violations(admin.page) == []
    await decided.get_by_role("button", name="撤销：表黑屏了").click()
    await admin.sees("已撤销：表黑屏了，手机13800000000")


async def test_who_comes_second_is_told_and_sees_the_new_list(
    windows: Windows, service: Service, assistant: ScriptedAssistant
) -> None:
    customer = await windows.customer()
    text = "煤气本子丢哪儿补"
    assistant.answers[text] = unsure(text, SAID[text])
    await customer.say(text)
    await customer.hears("好的。")
    await service.gasdesk.training.recorder.settle()
    first, second = await administrator(windows, service), await administrator(windows, service)
    for admin in (first, second):
        await admin.page.get_by_role("link", name=re.compile("待标注")).click()
        await admin.page.get_by_role("option", name=text).click()
    await first.press("1")
    await first.sees(re.compile("已标注为“IC卡丢失或损坏”"))
    second.watch.expect(r"status of 409.*/accept$")
    await second.press("2")
    await second.sees("工号 901 刚刚已把这条标注为“IC卡丢失或损坏”，列表已更新。")
    await second.sees("没有待标注的消息。助手拿不准的话会自动出现在这里。")
