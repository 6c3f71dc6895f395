"""An agent points at a message; administrators take it apart, mark words, label many at once, and stay out of each
other's way."""

import re

from playwright.async_api import expect

from bot.adapters.sql.staff import Account
from bot.desk.accounts import NewStaff
from bot.domain.staff import Role
from bot.testing import ScriptedAssistant
from bot.training.review import Find, Reason
from tests.browser.axe import violations
from tests.browser.marks import BROWSER_TEST
from tests.browser.people import Desk
from tests.browser.service import WANTS_PERSON, Service
from tests.browser.test_labelling import administrator, unsure
from tests.browser.windows import Windows
from tests.contract.people import PASSWORD, quick_passwords

pytestmark = BROWSER_TEST

STORY = "幸福小区没气了，另外气费怎么缴"
BOOKLET = ("煤气本子丢哪儿补", "供气本子掉了怎么补", "本子丢了怎么补办")


async def found(service: Service, *texts: str) -> None:
    for text in texts:
        guesses = (("ask_gas_coupon", 0.3), ("ask_invoice", 0.2))
        find = Find(text, frozenset({Reason.FALLBACK}), guesses)
        await service.gasdesk.training.review.add(find, service.gasdesk.clock.now())


async def labelling(windows: Windows, service: Service, staff_id: str = "901") -> Desk:
    admin = await administrator(windows, service) if staff_id == "901" else await windows.desk()
    if staff_id != "901":
        await admin.page.goto(f"{service.url}/admin")
        await admin.sign_in(staff_id, PASSWORD)
    await admin.page.get_by_role("link", name=re.compile("待标注")).click()
    return admin


async def test_an_agent_flags_with_one_key_and_an_administrator_takes_the_message_apart(
    windows: Windows, service: Service, assistant: ScriptedAssistant
) -> None:
    customer, agent = await windows.customer(), await windows.staff("101", "上线")
    assistant.answers[STORY] = unsure(STORY, ("greet", "thank", "goodbye"))
    await customer.say(WANTS_PERSON)
    await customer.hears("客服101号")
    await customer.say(STORY)
    await agent.rows("mine").first.click()
    await agent.says(STORY)
    await agent.press("Alt+m")
    await agent.sees(re.compile(f"“{STORY}”已标记，管理员会在“待标注”里看到。"))
    flagged = agent.messages.filter(has_text=STORY).get_by_role("button", name="已标记，写原因")
    await flagged.click()
    dialog = agent.page.get_by_role("dialog", name="已标记，补充原因")
    await expect(dialog.get_by_label("助手错在哪里")).to_be_focused()
    assert await violations(agent.page) == []
    await agent.page.keyboard.type("两件事，助手只当是问候")
    await agent.press("Enter")
    await expect(dialog).to_have_count(0)

    admin = await labelling(windows, service)
    detail = admin.page.get_by_label("当前消息")
    await admin.page.get_by_role("option", name=STORY).click()
    await expect(detail.get_by_label("同事的说明")).to_contain_text("工号 101")
    await expect(detail.get_by_label("同事的说明")).to_contain_text("两件事，助手只当是问候")

    # Divided, and a word marked, with the keyboard.
    await admin.press("s")
    box = detail.get_by_label("用户的原话")
    await expect(box).to_be_focused()
    await admin.press("Control+Home", *["Shift+ArrowRight"] * 4, "Alt+1")
    await expect(detail.get_by_label("已标记的词语")).to_contain_text("小区：幸福小区")
    await admin.press("Control+Home", *["ArrowRight"] * 8, "Enter")
    await expect(box).to_have_value("幸福小区没气了，\n另外气费怎么缴")
    assert await violations(admin.page) == []
    await detail.get_by_label("第 1 句的意图").fill("没有气")
    await admin.press("Enter")
    await expect(detail.get_by_label("第 2 句的意图")).to_be_focused()
    # Looked at again and confirmed it is the same; so it is when its name is typed anew.
    for again in ("", "没有气"):
        await detail.get_by_label("第 1 句的意图").focus()
        await admin.page.keyboard.type(again)
        await admin.press("Enter")
        await expect(detail.get_by_label("第 1 句的意图")).to_have_value("没有气")
        await expect(detail.get_by_label("第 2 句的意图")).to_be_focused()
    await admin.page.keyboard.type("缴费方式")
    await admin.press("Enter")
    await detail.get_by_role("button", name="保存这 2 句").click()
    await admin.sees(f"已拆成 2 句：{STORY}")
    await admin.page.get_by_role("button", name="已处理").click()
    decided = admin.page.get_by_label("已处理的消息列表")
    await expect(decided).to_contain_text("幸福小区没气了→没有气；另外气费怎么缴→缴费方式（有标记）")


async def test_words_are_marked_with_the_mouse_and_changed_words_are_refused(
    windows: Windows, service: Service
) -> None:
    await found(service, "明天来修表")
    admin = await labelling(windows, service)
    detail = admin.page.get_by_label("当前消息")
    await detail.get_by_role("button", name="拆成几句、标记词语").click()
    box = detail.get_by_label("用户的原话")
    area = await box.bounding_box()
    assert area
    # Drag over the first two characters.
    await admin.page.mouse.move(area["x"] + 14, area["y"] + 20)
    await admin.page.mouse.down()
    await admin.page.mouse.move(area["x"] + 14 + 34, area["y"] + 20, steps=5)
    await admin.page.mouse.up()
    await detail.get_by_role("button", name="时间").click()
    marks = detail.get_by_label("已标记的词语")
    await expect(marks).to_contain_text("时间：明天")
    await box.fill("明天来换表")
    await expect(detail.get_by_role("alert")).to_contain_text("不是用户的原话")
    await expect(detail.get_by_role("button", name="保存")).to_be_disabled()
    await admin.press("Escape")
    await expect(detail).to_contain_text("明天来修表")
    await expect(detail.get_by_label("用户的原话")).to_have_count(0)


async def test_messages_of_one_matter_are_labelled_at_once_and_taken_back(windows: Windows, service: Service) -> None:
    await found(service, *BOOKLET, "你们几点下班")
    admin = await labelling(windows, service)
    await admin.page.get_by_role("button", name="成批处理").click()
    batch = admin.page.get_by_role("region", name=re.compile("第 1 批"))
    await expect(batch.get_by_role("checkbox")).to_have_count(3)
    assert await violations(admin.page) == []
    await batch.get_by_role("checkbox", name=BOOKLET[1]).uncheck()
    await batch.get_by_label("选中的都是").fill("燃气票")
    await admin.press("Enter")
    await admin.sees("已把 2 句标注为“燃气票”。")
    link = admin.page.get_by_role("link", name=re.compile("待标注"))
    await expect(link).to_contain_text("2")
    await admin.page.get_by_role("button", name="撤销上一批").click()
    await admin.sees("已撤销上一批。")
    await expect(batch.get_by_role("checkbox")).to_have_count(3)
    await expect(link).to_contain_text("4")


async def test_what_a_colleague_has_open_is_passed_over_and_said(windows: Windows, service: Service) -> None:
    hashed = await quick_passwords().hash(PASSWORD)
    new = NewStaff(staff_id="902", name="赵敏", role=Role.ADMIN)
    await service.gasdesk.stores.staff.create([Account(new, hashed)], service.gasdesk.clock.now())
    await found(service, *BOOKLET[:1], "你们几点下班")
    first = await labelling(windows, service)
    async with first.page.expect_response("**/review/claim"):
        await first.page.get_by_role("option", name=BOOKLET[0]).click()
    second = await labelling(windows, service, "902")
    held = second.page.get_by_role("option", name=BOOKLET[0])
    await expect(held).to_contain_text("工号 901 正在处理")
    await expect(second.page.get_by_role("option", name="你们几点下班")).to_have_attribute("aria-selected", "true")
    await held.click()
    second.watch.expect(r"status of 409.*/reject$")
    await second.press("x")
    await second.sees(re.compile("^工号 901 正在处理这条，请先看别的"))


async def test_a_table_is_corrected_and_brought_in(windows: Windows, service: Service) -> None:
    admin = await labelling(windows, service)
    await admin.page.get_by_role("button", name="导入、导出").click()
    table = "句子,意图\n燃气本子在哪里补办呀,燃气票\n能刷卡缴吗,缴费法\n"
    choose = admin.page.get_by_label("选择文件")
    await choose.set_input_files({"name": "例句.csv", "mimeType": "text/csv", "buffer": table.encode("gb18030")})
    await admin.sees(re.compile("有 1 处需要先改正，一句也没有导入"))
    row = admin.page.get_by_role("region", name="检查结果").get_by_role("row").nth(1)
    await expect(row).to_contain_text("第 3 行")
    await expect(row).to_contain_text("没有“缴费法”这个意图，是不是“缴费方式”？")
    assert await violations(admin.page) == []
    mended = table.replace("缴费法", "缴费方式").encode()
    await choose.set_input_files({"name": "例句.csv", "mimeType": "text/csv", "buffer": mended})
    await admin.page.get_by_role("button", name="导入这 2 句").click()
    await admin.sees(re.compile("^已导入 2 句。"))
    async with admin.page.expect_download() as download:
        await admin.page.get_by_role("link", name="CSV（.csv）").click()
    assert (await download.value).suggested_filename == "gasdesk-examples.csv"
