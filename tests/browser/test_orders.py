"""A work order at the desk, on paper and on a field worker's phone."""

import re

from playwright.async_api import Page, expect

from tests.browser.axe import violations
from tests.browser.marks import BROWSER_TEST
from tests.browser.people import Desk
from tests.browser.service import WANTS_PERSON, Service
from tests.browser.windows import PHONE, Windows

pytestmark = BROWSER_TEST


async def act(page: Page, name: str, submit: str, **fields: str) -> None:
    """One of the acts on the open order, with its form filled in by the labels."""
    detail = page.get_by_label("工单内容")
    await detail.get_by_role("button", name=name, exact=True).click()
    form = detail.locator(".act-form")
    for label, value in fields.items():
        field = form.get_by_label(label)
        if await field.evaluate("field => field.tagName") == "SELECT":
            await field.select_option(label=value)
        else:
            await field.fill(value)
    await form.get_by_role("button", name=submit, exact=True).click()


async def filed(agent: Desk) -> str:
    """A new order from the open conversation; its number."""
    await agent.side.get_by_role("button", name="新建工单").click()
    dialog = agent.page.get_by_role("dialog", name="新建工单")
    await expect(dialog.get_by_label("联系电话")).to_have_value("13000000001")
    await expect(dialog.get_by_label("内容（必填）")).to_have_value("我家灶打不着火了，电话13000000001")
    await dialog.get_by_label("报修类型").select_option("炉具使用问题")
    await dialog.get_by_label("处理方式").select_option("转维修")
    await dialog.get_by_label("地址").fill("幸福小区3号楼2单元501")
    assert await violations(agent.page) == [], "the form"
    await dialog.get_by_role("button", name="保存").click()
    await expect(dialog).to_be_hidden()
    link = agent.side.locator(".orders-card .link")
    await expect(link).to_have_text(re.compile(r"\d{8}-\d{4}"))
    return await link.inner_text()


async def test_an_order_from_the_conversation_to_the_phone_and_back(windows: Windows, service: Service) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer()
    await customer.say("我家灶打不着火了，电话13000000001")
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    number = await filed(agent)

    # By keyboard to the orders, and there to this one.
    await agent.press("Alt+o")
    page = agent.page
    row = page.get_by_role("row", name=number)
    await expect(row).to_contain_text("受理")
    await row.get_by_role("button", name=number).click()
    detail = page.get_by_label("工单内容")
    await expect(detail.get_by_role("heading", name=number)).to_be_focused()
    await act(page, "加备注", "保存", 备注="请带一节电池")
    await expect(detail).to_contain_text("请带一节电池")
    assert await violations(page) == [], "the orders"

    await act(page, "派单", "派单", 派给="转维修")
    await expect(row).to_contain_text("已派单")
    await customer.hears(f"您的工单 {number}（炉具使用问题）已转给安居燃气维修站处理")

    # The link goes to the field worker's phone.
    await act(page, "反馈链接", "生成链接")
    address = await detail.get_by_label("反馈链接").input_value()
    phone = await windows.customer(open_page=False, viewport=PHONE)
    await phone.page.goto(f"{service.url}/report#{address.partition('#')[2]}")
    worker = phone.page
    await expect(worker.get_by_role("heading")).to_have_text("安居燃气维修站 工单反馈")
    await expect(worker.locator("#facts")).to_contain_text("幸福小区3号楼2单元501")
    await worker.get_by_role("button", name="我已到现场").click()
    await expect(worker.get_by_role("status")).to_have_text("已到现场，处理完请提交结果。")
    await expect(row).to_contain_text("处理中")
    await worker.get_by_role("button", name="提交结果").click()
    await expect(worker.get_by_role("alert")).to_have_text("请选择是否已解决。")
    assert await violations(worker) == [], "the field worker's page"
    await worker.get_by_text("已解决", exact=True).click()
    await worker.get_by_label("处理情况").fill("电池装反了，已装好")
    await worker.get_by_role("button", name="提交结果").click()
    await expect(worker.get_by_role("status")).to_have_text("结果已提交：已解决。谢谢！")

    # It is on the desk and with the customer at once; an open order it is no more.
    await expect(detail).to_contain_text("电池装反了，已装好")
    await expect(row).to_have_count(0)
    await customer.hears(f"您的工单 {number}（炉具使用问题）已处理完成")
    await agent.press("Alt+o")
    await expect(agent.thread).to_be_visible()


async def test_the_sheet_to_print(windows: Windows, service: Service) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer()
    await customer.say("我家灶打不着火了，电话13000000001")
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    number = await filed(agent)
    page = agent.page
    await page.goto(f"{service.url}/orders/sheet?state=leaving")
    await expect(page.get_by_role("status")).to_have_text("共 1 张")
    await expect(page.get_by_role("table")).to_contain_text(number)
    assert await violations(page) == [], "the sheet"
    await page.emulate_media(media="print")
    await expect(page.get_by_role("button", name="打印")).to_be_hidden()
    await expect(page.get_by_role("table")).to_be_visible()


async def test_a_link_that_is_not_good(windows: Windows, service: Service) -> None:
    phone = await windows.customer(open_page=False, viewport=PHONE)
    phone.watch.expect("status of 410")
    await phone.page.goto(f"{service.url}/report#wrong")
    await expect(phone.page.get_by_role("alert").first).to_contain_text("链接已失效")
