"""Who may come in, what is said to those who may not, and sessions that end."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.marks import BROWSER_TEST
from tests.browser.people import Desk
from tests.browser.service import WANTS_PERSON, Service
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST

REFUSED = r"status of (400|401|403|429).*/api/"


async def test_wrong_passwords_lock_the_number_for_a_while(windows: Windows, service: Service) -> None:
    desk = await windows.desk()
    desk.watch.expect(REFUSED)
    error = desk.page.locator("#signin-error")
    submit = desk.page.get_by_role("button", name="登录")
    await submit.click()
    await expect(error).to_have_text("请输入工号。")
    for _ in range(4):
        await desk.sign_in("101", "wrong-password")
        await expect(error).to_have_text("工号或密码不正确，请重新输入。")
        await expect(desk.page.get_by_label("密码")).to_be_focused()
        await expect(submit).to_be_enabled()
    await desk.sign_in("101", "wrong-password")
    await expect(error).to_contain_text("密码连续输错次数过多，该账号已锁定")
    await expect(error).to_contain_text("后再试，或联系管理员")
    # Locked is locked, also for the right password; a colleague is not affected.
    await desk.sign_in("101", service.passwords["101"])
    await expect(error).to_contain_text("已锁定")
    await desk.sign_in("102", service.passwords["102"])
    await desk.is_signed_in("102")


async def test_the_page_counts_down_how_long_a_locked_number_waits(windows: Windows) -> None:
    desk = await windows.desk()
    desk.watch.expect(REFUSED)
    error = desk.page.locator("#signin-error")
    for _ in range(6):
        await desk.sign_in("101", "wrong-password")
        await expect(desk.page.get_by_role("button", name="登录")).to_be_enabled()
    await expect(error).to_contain_text(re.compile(r"请 \d+ 秒后再试，或联系管理员"))
    await expect(error).not_to_have_text(await error.inner_text())
    await expect(error).to_contain_text(re.compile(r"请 \d+ 秒后再试，或联系管理员"))


async def test_an_ended_session_leads_back_to_the_form_and_keeps_what_was_written(
    windows: Windows, service: Service
) -> None:
    agent = await windows.staff("101")
    agent.watch.expect(REFUSED)
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await agent.field.fill("写到一半的回复")

    elsewhere = await agent.page.context.request.post(f"{service.url}/api/logout")
    assert elsewhere.status == 204
    await agent.field.press("Enter")
    await expect(agent.page.locator("#signin-notice")).to_have_text("登录已失效，请重新登录。未发送的内容已保留。")
    await expect(agent.page.get_by_label("工号")).to_have_value("101")
    await expect(agent.page.locator("#desk")).to_be_hidden()

    await agent.sign_in("101", service.passwords["101"])
    await agent.is_signed_in("101")
    unsent = agent.messages.filter(has_text="写到一半的回复")
    await expect(unsent).to_be_visible()
    await unsent.get_by_role("button", name="重试").click()
    await customer.hears("写到一半的回复")
    await expect(customer.messages.filter(has_text="写到一半的回复")).to_have_count(1)


async def test_signing_out_with_open_conversations_asks_first(windows: Windows) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await agent.page.get_by_role("button", name="退出", exact=True).click()
    dialog = agent.page.get_by_role("dialog", name="退出登录")
    await expect(dialog).to_contain_text("您还有 1 个进行中的会话")
    await dialog.get_by_role("button", name="退出登录").click()
    await expect(agent.page.get_by_label("密码")).to_be_visible()
    await expect(agent.page.locator("#desk")).to_be_hidden()
    await agent.page.reload()
    await expect(agent.page.get_by_label("密码")).to_be_visible()


@pytest.mark.parametrize(("staff_id", "path"), [("301", "/admin"), ("901", "/desk"), ("101", "/admin")])
async def test_a_page_that_is_not_for_this_person_says_so(
    windows: Windows, service: Service, staff_id: str, path: str
) -> None:
    desk = await windows.desk()
    await desk.page.goto(service.url + path)
    await desk.sign_in(staff_id, service.passwords[staff_id])
    await expect(desk.page.locator("#signin-notice")).to_contain_text("本页供")
    await expect(desk.page.get_by_label("密码")).to_be_visible()


async def test_the_administrators_page(windows: Windows, service: Service) -> None:
    agent = await windows.staff("101")
    admin: Desk = await windows.desk()
    await admin.page.goto(f"{service.url}/admin")
    await admin.sign_in("901", service.passwords["901"])
    page = admin.page
    await expect(page.locator("#who")).to_have_text("901 刘洋 · 管理员")
    await expect(page.get_by_role("row", name="101 李晓梅 坐席 在线 0 / 10")).to_be_visible()
    await expect(page.locator("#staff-count")).to_have_text("6 人，在线 1 人")
    status = page.locator("#status")
    await expect(status).to_contain_text("就绪")
    await expect(status).to_contain_text("数据库正常")
    await agent.go("置忙")
    await page.get_by_role("button", name="刷新").click()
    await expect(page.get_by_role("row", name="101 李晓梅 坐席 置忙 0 / 10")).to_be_visible()
    await page.get_by_role("button", name="退出").click()
    await expect(page.get_by_label("密码")).to_be_visible()
