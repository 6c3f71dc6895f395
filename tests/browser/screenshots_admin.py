"""The administrator's pages for the documentation: labelling, dividing a message, a new intent, an article."""

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.browser.people import Desk
from tests.browser.service import WANTS_PERSON
from tests.browser.windows import DESKTOP, Windows

STORY = "幸福小区没气了，另外气费怎么缴"
UNKNOWN = (
    "煤气本子丢哪儿补",
    "供气本子掉了怎么补",
    "本子丢了怎么补办",
    "表上那个小红灯一闪一闪的",
    "表箱门上的贴纸褪色看不清了",
)
SIZE = {"width": 1180, "height": 760}


class AdminScenes:
    def __init__(self, windows: Windows, zone: str, take: Callable[[Page, str], Awaitable[None]]) -> None:
        self._windows = windows
        self._zone = zone
        self._take = take

    async def play(self) -> None:
        await self._customers_write()
        admin = await self._windows.desk(timezone_id=self._zone, viewport=SIZE)
        await admin.page.goto(f"{admin.url}/admin")
        await admin.sign_in("901", self._windows.passwords["901"])
        await self._labels(admin)
        await self._proposes_an_intent(admin)
        await self._edits_an_article(admin)

    async def _customers_write(self) -> None:
        # Of all the one who has nobody yet: the next customer is his.
        agent = await self._windows.staff("103", "上线", viewport=DESKTOP, timezone_id=self._zone)
        for text in UNKNOWN:
            customer = await self._windows.customer(timezone_id=self._zone)
            await customer.say(text)
            await customer.hears("智能助手")
        customer = await self._windows.customer(timezone_id=self._zone)
        await customer.say(WANTS_PERSON)
        await customer.hears("客服103号")
        await customer.say(STORY)
        await agent.rows("mine").filter(has_text="气费怎么缴").click()
        await agent.says(STORY)
        await agent.press("Alt+m")
        await agent.messages.filter(has_text=STORY).get_by_role("button", name="已标记，写原因").click()
        await agent.page.keyboard.type("两件事，助手只会听出一件")
        await agent.press("Enter")
        await expect(agent.page.get_by_role("dialog", name="已标记，补充原因")).to_have_count(0)

    async def _labels(self, admin: Desk) -> None:
        await admin.page.get_by_role("link", name=re.compile("待标注")).click()
        await admin.page.get_by_role("option", name=STORY).click()
        detail = admin.page.get_by_label("当前消息")
        await expect(detail.get_by_label("同事的说明")).to_contain_text("两件事")
        await self._take(admin.page, "admin-labelling")
        await admin.press("s", "Control+Home", *["Shift+ArrowRight"] * 4, "Alt+1")
        await admin.press("Control+Home", *["ArrowRight"] * 8, "Enter")
        for place, intent in enumerate(("没有气", "缴费方式"), 1):
            await detail.get_by_label(f"第 {place} 句的意图").fill(intent)
            await admin.press("Enter")
        await self._take(admin.page, "admin-divide")
        await detail.get_by_role("button", name="返回（Esc）").click()

    async def _proposes_an_intent(self, admin: Desk) -> None:
        await admin.page.get_by_role("link", name="话术与知识").click()
        await admin.page.get_by_role("button", name="新意图").click()
        await admin.page.get_by_role("button", name="新增意图").click()
        editor = admin.page.get_by_label("编辑")
        await editor.get_by_label("第二步").fill("燃气本补办")
        await editor.get_by_label("第三步").fill("燃气本丢了或坏了，问怎么补")
        await editor.get_by_label("第四步").fill("请带身份证到营业厅补办燃气本，当场就能办好。")
        await editor.get_by_label("第五步").fill("\n".join([*UNKNOWN[:3], "绿皮小册子没了怎么弄", "小本本让狗咬烂了"]))
        await editor.get_by_role("button", name="检查并预览").click()
        await expect(editor.get_by_role("group", name="用户看到的样子")).to_be_visible()
        await admin.page.set_viewport_size({"width": 1180, "height": 1180})
        await self._take(admin.page, "admin-intent")
        await self._discard(admin)

    async def _edits_an_article(self, admin: Desk) -> None:
        await admin.page.get_by_role("button", name="知识文章").click()
        await admin.page.get_by_label("查找").fill("软管 多久")
        await admin.page.get_by_role("button", name=re.compile("燃气软管多久换一次")).click()
        editor = admin.page.get_by_label("编辑")
        await editor.get_by_role("button", name="检查并预览").click()
        await expect(editor.get_by_role("group", name="用户看到的样子")).to_be_visible()
        await self._take(admin.page, "admin-texts")

    async def _discard(self, admin: Desk) -> None:
        admin.page.once("dialog", lambda dialog: dialog.accept())
        await admin.page.get_by_label("编辑").get_by_role("button", name="取消").click()
