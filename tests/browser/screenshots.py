"""Takes the pictures of the documentation: `make screenshots`. Everything in them is real: Rasa, the demo company.

`python -m tests.browser.screenshots admin` takes those of labelling and of editing texts only, `… inspection` those of
quality inspection and of reports.
"""

import asyncio
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from bot.settings import ROOT
from tests.browser.conftest import FLAGS
from tests.browser.people import Customer, Desk
from tests.browser.screenshots_admin import AdminScenes
from tests.browser.screenshots_inspection import InspectionScenes
from tests.browser.service import WANTS_PERSON, passwords_in
from tests.browser.windows import DESKTOP, Windows
from tests.gasdesk_process import gasdesk_process
from tests.services import free_port

IMAGES = ROOT / "docs" / "images"
#: Rasa has to start, and a countdown has to come to its end.
PATIENCE_SECONDS = 150
MOST_BYTES = 200_000
TALL_PHONE = {"width": 390, "height": 980}


async def main() -> None:
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    chromium = shutil.which("chromium") or sys.exit("chromium is not installed: run 'make test-deps'")
    with tempfile.TemporaryDirectory(prefix="gasdesk-screenshots-") as folder:
        async with gasdesk_process(Path(folder) / "var", RASA_PORT=str(free_port())) as gasdesk:
            await gasdesk.serves("/readyz", PATIENCE_SECONDS)
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
                windows = Windows(browser, gasdesk.url, passwords_in(gasdesk.data))
                zone = daytime_zone(datetime.now(UTC))
                parts = {
                    "desk": Scenes(windows).play,
                    "admin": AdminScenes(windows, zone, take).play,
                    "inspection": InspectionScenes(windows, zone, take).play,
                }
                for name in sys.argv[1:] or parts:
                    await parts[name]()
                await browser.close()


class Scenes:
    """A morning at the demo company, in order; each scene leaves its people to the next."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._zone = daytime_zone(datetime.now(UTC))

    async def play(self) -> None:
        await self._reading_is_reported()
        agent, colleague = await self._desk_fills()
        await self._one_waits_too_long(agent, colleague)
        await self._gas_leaks(agent)
        await colleague.go("离开")
        await self._customer_is_known(agent)
        await self._administrator_looks()

    async def _reading_is_reported(self) -> None:
        customer = await self._customer()
        await customer.tap("报燃气表读数")
        await customer.hears("请告诉我户号")
        await customer.say("户号10010001")
        await customer.hears("户号已核对")
        await customer.say("一千二百三十五")
        await customer.hears("用气35立方米")
        await take(customer.page, "chat-phone")

    async def _desk_fills(self) -> tuple[Desk, Desk]:
        """Three conversations at the agent's, one of them about to be late, and a customer in the queue."""
        agent, colleague = await self._staff("101"), await self._staff("102", "离开")
        stove = await self._customer()
        for text, answer in (("我要办理点火开通", "哪个小区"), ("锦绣家园二期", "几号楼"), ("7号楼1单元101", "热水器")):
            await stove.say(text)
            await stove.hears(answer)
        await stove.tap("没有热水器")
        await stove.hears("用气")
        await stove.tap("只做饭")
        await stove.hears("熄火保护")
        await self._get_person(stove, "101")
        await stove.say("我的灶是前年买的，没有熄火保护，能点火吗？")

        bill = await self._customer()
        await bill.say("余额还有多少？户号10010003")
        await bill.hears("余额")
        await self._get_person(bill, "101")
        await bill.say("您好，我想问一下怎么开发票")
        await agent.rows("mine").filter(has_text="怎么开发票").click()
        await agent.says("怎么开发票")
        await agent.reply("您好，请您带上缴费凭证到营业厅开具，也可以在微信公众号里申请电子发票。")
        await bill.say("好的，谢谢！")
        await agent.says("好的，谢谢！")
        await agent.reply("不客气，请问还有什么可以帮助您吗？")

        card = await self._customer()
        await card.say("燃气卡丢了怎么办")
        await card.hears("卡")
        await self._get_person(card, "101")
        await card.say("卡里还有两百块钱没有用完，能补回来吗？")

        await agent.go("置忙")
        await agent.page.get_by_label("置忙或离开的原因").fill("整理工单")
        waiting = await self._customer()
        await waiting.say("打不着火，家里没有燃气")
        await waiting.hears("哪个小区")
        await waiting.say(WANTS_PERSON)
        await expect(agent.rows("queue")).to_have_count(1)
        await agent.rows("mine").filter(has_text="没有熄火保护").click()
        await expect(agent.rows("mine").locator('[data-level="warning"]')).to_have_count(1)
        await take(agent.page, "desk")
        return agent, colleague

    async def _one_waits_too_long(self, agent: Desk, colleague: Desk) -> None:
        await colleague.go("上线")
        lead = await self._staff("201")
        await expect(lead.page.locator("#board")).to_contain_text("今日超时1")
        await lead.rows("all").filter(has_text="超时 1 次").click()
        await lead.says("由另一位客服人员继续为您服务")
        await take(lead.page, "lead-board")

    async def _gas_leaks(self, agent: Desk) -> None:
        await agent.go("上线")
        await agent.page.get_by_role("button", name="关闭").click()
        customer = await self._customer()
        await customer.tap("闻到燃气味？ 点此报告")
        await customer.hears("请马上照做")
        await customer.say("幸福小区3号楼2单元501室")
        await customer.hears("请您确认地址")
        await take(customer.page, "chat-leak")
        await agent.rows("emergency").click()
        await agent.says("请您确认地址")
        await expect(agent.messages.filter(has_text="请告诉我漏气的详细地址")).to_be_visible()
        await take(agent.page, "desk-alarm")

    async def _customer_is_known(self, agent: Desk) -> None:
        """He was here before, and comes again: his account verified, what he said then above."""
        customer = await self._customer()
        for texts in (["我想改装热水器，要多少钱？"], ["余额还有多少？户号10010001", "幸福小区3号楼2单元501"]):
            for text in texts:
                said = await customer.messages.count()
                await customer.say(text)
                await expect(customer.messages.nth(said + 1)).to_be_visible()
            await self._get_person(customer, "101")
            await customer.say("我家老人听力不好，有事请打我的电话")
            await agent.rows("mine").filter(has_text="我家老人听力不好").click()
            await agent.says("我家老人听力不好")
            if "余额" not in texts[0]:
                await agent.reply("好的，已经记下了。")
                await agent.close_conversation()
        card = agent.side.get_by_label("客户资料")
        await card.get_by_label("加标签", exact=True).fill("需要电话联系")
        await card.get_by_label("加标签", exact=True).press("Enter")
        await expect(card.get_by_label("客户标签")).to_contain_text("需要电话联系")
        await card.get_by_role("button", name="查看联系电话").click()
        await expect(card).to_contain_text("秒后隐藏")
        await agent.thread.get_by_role("button", name="查看更早的会话").click()
        await expect(agent.thread.locator(".divider")).to_have_count(2)
        await take(agent.page, "desk-customer")

    async def _administrator_looks(self) -> None:
        admin = await self._windows.desk(timezone_id=self._zone, viewport={"width": 1180, "height": 700})
        await admin.page.goto(f"{admin.url}/admin")
        await admin.sign_in("901", self._windows.passwords["901"])
        await expect(admin.page.get_by_role("row")).to_have_count(7)
        await take(admin.page, "admin")

    async def _get_person(self, customer: Customer, staff_id: str) -> None:
        await customer.say(WANTS_PERSON)
        await customer.hears(f"客服{staff_id}号")

    async def _customer(self) -> Customer:
        return await self._windows.customer(viewport=TALL_PHONE, timezone_id=self._zone)

    async def _staff(self, staff_id: str, presence: str = "上线") -> Desk:
        return await self._windows.staff(staff_id, presence, viewport=DESKTOP, timezone_id=self._zone)


def daytime_zone(now: datetime) -> str:
    """A time zone in which it is mid-morning now: the pictures show an ordinary working day."""
    east = (10 - now.hour + 12) % 24 - 12
    return f"Etc/GMT{-east:+d}" if east else "Etc/GMT"  # the names of these zones count westwards


async def take(page: Page, name: str) -> None:
    file = IMAGES / f"{name}.png"
    await page.screenshot(path=file, animations="disabled")
    use_fewer_colours(file)
    size = len(file.read_bytes())
    advice = "" if size <= MOST_BYTES else "  too large for the documentation: install pngquant"
    print(f"{file.relative_to(ROOT)}  {size / 1000:.0f} kB{advice}")


def use_fewer_colours(file: Path) -> None:
    """A third of the size, and the eye does not notice."""
    if pngquant := shutil.which("pngquant"):
        options = ["--force", "--strip", "--quality=80-98", "--speed=1"]
        subprocess.run([pngquant, *options, "--output", file, file], check=True)


if __name__ == "__main__":
    asyncio.run(main())
