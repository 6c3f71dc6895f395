"""Presence at the desk: five minutes away, what came in during a drop-out, and the lead's seats."""

from pathlib import Path

from playwright.async_api import expect

from bot.testing import ManualClock, ScriptedAssistant
from tests.browser.axe import violations
from tests.browser.conftest import OpenWindows
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import WANTS_PERSON, serve
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST


async def test_who_stays_away_for_too_long_is_told_and_so_is_the_lead(
    data: Path, assistant: ScriptedAssistant, open_windows: OpenWindows
) -> None:
    clock = ManualClock()
    async with serve(data, assistant, clock=clock) as service, open_windows(service.url, service.passwords) as windows:
        agent, lead = await windows.staff("101"), await windows.staff("201", presence="")
        await agent.go("置忙")
        await expect(agent.page.locator("#presence-clock")).to_contain_text("内返回")
        clock.advance(service.company.desk.longest_absence_minutes * 60)
        for desk in (agent, lead):
            await expect(desk.page.locator("#notices")).to_contain_text("工号 101 置忙超过 5 分钟未回到坐席")
        await agent.go("上线")
        await expect(agent.page.locator("#presence-clock")).to_be_hidden()


async def test_a_usual_reason_or_another_is_on_the_lead_s_board(windows: Windows) -> None:
    agent, lead = await windows.staff("101"), await windows.staff("201", presence="")
    person, reason = (
        lead.page.locator("#board .person").filter(has_text="101"),
        agent.page.get_by_label("置忙或离开的原因"),
    )
    await expect(reason).to_be_hidden()
    await agent.go("置忙")
    offered = await agent.page.locator("#presence-reasons option").evaluate_all("all => all.map(one => one.value)")
    assert "处理工单" in offered
    await reason.fill("处理工单")  # as choosing it does: no key, no leaving the field
    await expect(person).to_contain_text("置忙（处理工单）")
    await reason.fill("换耳机")
    await reason.press("Enter")
    await expect(person).to_contain_text("置忙（换耳机）")
    assert await violations(agent.page) == []
    await agent.go("上线")
    await expect(person).not_to_contain_text("换耳机")
    await expect(reason).to_be_hidden()


async def test_after_a_drop_out_one_key_apologises_to_who_wrote_meanwhile(
    data: Path, assistant: ScriptedAssistant, open_windows: OpenWindows
) -> None:
    clock = ManualClock()
    async with serve(data, assistant, clock=clock) as service, open_windows(service.url, service.passwords) as windows:
        agent, customer = await windows.staff("101"), await windows.customer()
        await customer.say(WANTS_PERSON)
        await customer.hears("101号")
        await agent.reply("请讲。")
        await customer.hears("请讲。")
        await agent.page.goto("about:blank")
        await customer.say("表不走了")
        await customer.hears("表不走了")
        while (await service.conversation()).waiting_since is None:
            await customer.page.evaluate("() => new Promise(requestAnimationFrame)")  # it is on its way
        clock.advance(20)

        await agent.open()
        strip = agent.page.locator("#drop-out")
        await expect(strip).to_contain_text("断线期间有 1 位客户留言，还没有回复。")
        assert await violations(agent.page) == []
        await agent.press("Alt+A")
        await customer.hears(service.company.fill(service.company.scripts.drop_out_apology))
        await expect(strip).to_be_hidden()
        assert (await service.conversation()).waiting_since is not None, "an apology is no answer"
        await agent.page.reload()
        await agent.says("表不走了")
        await expect(strip).to_be_hidden()


async def test_the_lead_sets_seats(windows: Windows) -> None:
    lead, agent = await windows.staff("201", presence=""), await windows.staff("101")
    await lead.page.get_by_role("button", name="班务").click()
    panel = lead.page.get_by_role("dialog", name="班务")
    row = panel.get_by_role("row").filter(has_text="101")
    await row.get_by_label("同时接待上限").fill("3")
    await row.get_by_role("checkbox", name="账单").check()
    assert await violations(lead.page) == []
    await row.get_by_role("button", name="保存").click()
    await expect(lead.page.locator("#board .person").filter(has_text="101")).to_contain_text("0/3")
    await lead.press("Escape")
    await expect(panel).to_be_hidden()
    await agent.page.get_by_role("button", name="班务").click()
    await expect(agent.page.get_by_role("tab", name="交接班")).to_be_visible()
    await expect(agent.page.get_by_role("tab", name="坐席")).to_be_hidden()
