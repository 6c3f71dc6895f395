"""The pictures of quality inspection and of reports: customers are served, an inspector scores, the lead reads."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.browser.inspector import inspector
from tests.browser.people import Desk
from tests.browser.service import WANTS_PERSON
from tests.browser.windows import PHONE, Windows

SMALL = {"width": 1280, "height": 800}
#: What is said, answered, closed as, and given.
SERVED = (
    ("师傅说好昨天下午来，一直没来，你们到底管不管？", "请您等通知。", "投诉", "不满意"),
    ("我想问一下怎么开电子发票", "您好，请关注公司微信公众号，在“电子发票”里输入户号开具。", "咨询", "非常满意"),
    ("热水器改装要多少钱？", "您好，在其他商家购买的热水器，改装费380元，请到营业厅申请。", "咨询", "满意"),
)


class InspectionScenes:
    def __init__(self, windows: Windows, zone: str, take: Callable[[Page, str], Awaitable[None]]) -> None:
        self._windows = windows
        self._zone = zone
        self._take = take

    async def play(self) -> None:
        agent = await self._windows.staff("103", viewport=SMALL, timezone_id=self._zone)
        for said, answered, category, grade in SERVED:
            await self._serve(agent, said, answered, category, grade)
        await self._score()
        lead = await self._windows.staff("201", presence="", viewport=SMALL, timezone_id=self._zone)
        panel = await lead.duty_panel("报表")
        await panel.get_by_label("分组").select_option("按报修类型")
        await expect(panel.get_by_role("row", name="合计")).to_be_visible()
        await self._take(lead.page, "report")

    async def _serve(self, agent: Desk, said: str, answered: str, category: str, grade: str) -> None:
        customer = await self._windows.customer(viewport=PHONE, timezone_id=self._zone)
        await customer.say(WANTS_PERSON)
        await customer.hears("客服103号")
        await customer.say(said)
        await agent.rows("mine").filter(has_text=said[:12]).click()
        await agent.says(said)
        await agent.reply(answered)
        await customer.hears(answered)
        await agent.press("Alt+KeyJ")
        dialog = agent.page.get_by_role("dialog", name="结束会话")
        await dialog.get_by_label("报修类型").select_option(category)
        await dialog.get_by_role("button", name="结束会话").click()
        await customer.tap(grade)

    async def _score(self) -> None:
        judge = await inspector(self._windows, viewport=SMALL, timezone_id=self._zone)
        await judge.page.get_by_label("范围").select_option("重点")
        row = judge.rows.filter(has_text="不满意")
        await expect(row).to_have_count(1)
        await judge.opens(row)
        await judge.finds("态度不端正")
        await judge.record.get_by_label("不理解用户心情：说明").fill("没有致歉，没有说明几时上门")
        await judge.record.get_by_role("button", name="批注“请您等通知。”").click()
        await judge.page.keyboard.type("应先致歉，再核对工单，答复上门时间")
        await judge.record.get_by_role("heading", level=3).scroll_into_view_if_needed()
        await judge.record.get_by_label("会话经过").evaluate("lines => (lines.scrollTop = lines.scrollHeight)")
        await self._take(judge.page, "inspection")
