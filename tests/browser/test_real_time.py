"""The desk keeps up: two tabs, a computer that slept, a network that was gone for a minute, a server that restarted.

Each time the page comes back by itself, says while it is not live, shows nothing twice and misses nothing.
"""

from contextlib import AsyncExitStack
from pathlib import Path

from playwright.async_api import Page, expect

from bot.domain.conversations import Owner
from bot.testing import ManualClock, ScriptedAssistant
from tests.browser.conftest import OpenWindows
from tests.browser.marks import BROWSER_TEST
from tests.browser.people import Customer, Desk
from tests.browser.service import WANTS_PERSON, Service, serve
from tests.browser.test_resume import LOST
from tests.browser.windows import Windows
from tests.browser.wire import Wire

pytestmark = BROWSER_TEST

MEANWHILE = ["表不走了", "您还在吗", "我先挂在这里等"]


async def served_by(agent: Desk, customer: Customer) -> None:
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await agent.says(WANTS_PERSON)
    await agent.reply("请讲。")
    await customer.hears("请讲。")


async def stored(service: Service, customer: Customer, text: str) -> None:
    """Say it, and wait until it has reached gasdesk."""
    await customer.say(text)
    while text not in [m.text for m in await service.messages()]:
        await customer.page.evaluate("() => new Promise(requestAnimationFrame)")  # it is on its way


async def each_once(window: Desk | Customer, *texts: str) -> None:
    for text in texts:
        await expect(window.messages.get_by_text(text, exact=True)).to_have_count(1)


async def freeze(page: Page, state: str) -> None:
    """What the browser does to the page of a computer that goes to sleep ("frozen") and wakes up ("active")."""
    session = await page.context.new_cdp_session(page)
    await session.send("Page.setWebLifecycleState", {"state": state})
    await session.detach()


async def test_two_tabs_of_one_agent_are_one_desk(windows: Windows, service: Service) -> None:
    agent, customer = await windows.staff("101"), await windows.customer()
    other = Desk(await agent.page.context.new_page(), service.url, agent.watch)
    agent.watch.follow(other.page)
    await other.open()
    await other.is_signed_in("101")
    await served_by(agent, customer)
    await other.rows("mine").click()
    await each_once(other, "请讲。")

    await customer.say("表不走了")
    await other.says("表不走了")
    await other.reply("我来查一下。")
    await customer.hears("我来查一下。")
    for tab in (agent, other):
        await each_once(tab, WANTS_PERSON, "请讲。", "表不走了", "我来查一下。")
    assert (await customer.heard()).count("我来查一下。") == 1

    # One tab less is no lost connection: the seat is kept, and the other tab goes on.
    await other.page.close()
    await customer.say("好的")
    await agent.says("好的")
    assert (await service.conversation()).staff_id == "101"
    await expect(agent.page.get_by_role("radio", name="上线")).to_be_checked()


async def test_a_desk_that_slept_wakes_up_to_everything_said_meanwhile(windows: Windows, service: Service) -> None:
    agent, customer = await windows.staff("101"), await windows.customer()
    agent.watch.expect("WebSocket")
    await served_by(agent, customer)
    await agent.field.fill("写到一半")
    await freeze(agent.page, "frozen")
    for text in MEANWHILE:
        await stored(service, customer, text)
    # Nobody answers pings while he sleeps: the server gives the connection up.
    for sid, _ in list(service.gasdesk.desks._server.manager.get_participants("/desk", "staff:101")):
        await service.gasdesk.desks._server.disconnect(sid, namespace="/desk")
    await freeze(agent.page, "active")

    await expect(agent.page.locator("#connection")).to_be_hidden(timeout=30_000)
    await each_once(agent, WANTS_PERSON, "请讲。", *MEANWHILE)
    await expect(agent.field).to_have_value("写到一半")
    assert (await service.conversation()).staff_id == "101", "within the grace time the seat is his"
    await agent.reply("我在，马上看。")
    await customer.hears("我在，马上看。")


async def test_a_network_that_was_gone_for_a_minute(
    data: Path, assistant: ScriptedAssistant, open_windows: OpenWindows
) -> None:
    clock = ManualClock()
    async with serve(data, assistant, clock=clock) as service, open_windows(service.url, service.passwords) as windows:
        agent, customer = await windows.staff("101"), await windows.customer()
        lead = await windows.staff("201", presence="")
        await served_by(agent, customer)
        wires = [await Wire.of(window) for window in (agent, lead)]
        await agent.says("请讲。")
        await lead.rows("all").click()
        await lead.says("请讲。")
        second = await windows.staff("102")

        for wire in wires:
            await wire.cut()
        for window in (agent, lead):
            await expect(window.page.locator("#connection")).to_have_text(LOST)
        await stored(service, customer, MEANWHILE[0])
        clock.advance(service.company.staffing.seat_grace_seconds - 1)
        assert (await service.conversation()).staff_id == "101"
        clock.advance(16)
        await second.says(MEANWHILE[0])
        await second.reply("我来接着为您查。")
        await customer.hears("我来接着为您查。")

        for wire in wires:
            await wire.mend()
        for window in (agent, lead):
            await expect(window.page.locator("#connection")).to_be_hidden(timeout=30_000)
        # The lead's page, which had it open, has all of it once; the agent's is told that it went on.
        await each_once(lead, WANTS_PERSON, "请讲。", MEANWHILE[0], "我来接着为您查。")
        await expect(agent.rows("mine")).to_have_count(0)
        await expect(agent.thread).to_contain_text("断线期间该会话已转出或结束，不能再发送消息。")
        await expect(agent.page.get_by_role("radio", name="下线")).to_be_checked()
        await expect(agent.page.locator("#drop-out")).to_contain_text("您的 1 个会话已转出或结束")
        found = await service.conversation()
        assert (found.owner, found.staff_id) == (Owner.AGENT, "102")
        heard = await customer.heard()
        assert len(heard) == len(set(heard)), "nothing is said twice"


async def test_the_list_of_an_agent_is_right_after_a_restart(
    data: Path, assistant: ScriptedAssistant, open_windows: OpenWindows
) -> None:
    one = AsyncExitStack()
    first = await one.enter_async_context(serve(data, assistant))
    port = int(first.url.rpartition(":")[2])
    async with one, open_windows(first.url, first.passwords) as windows:
        agent, customer = await windows.staff("101"), await windows.customer()
        for window in (agent, customer):
            window.watch.expect("ERR_CONNECTION|WebSocket|ERR_EMPTY_RESPONSE")
        await served_by(agent, customer)
        await one.aclose()
        await expect(agent.page.locator("#connection")).to_have_text(LOST)
        await customer.say(MEANWHILE[0])
        async with serve(data, assistant, port=port) as again:
            await expect(agent.page.locator("#connection")).to_be_hidden(timeout=30_000)
            await agent.says(MEANWHILE[0])
            await each_once(agent, WANTS_PERSON, "请讲。", MEANWHILE[0])
            await expect(agent.rows("mine")).to_have_count(1)
            await agent.reply("恢复了，请讲。")
            await customer.hears("恢复了，请讲。")
            assert (await again.conversation()).staff_id == "101"
