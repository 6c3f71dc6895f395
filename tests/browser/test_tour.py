"""The first five minutes with everything real: `gasdesk run`, its Rasa, its demo company, a browser."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from assistant import model_files
from bot.settings import ROOT
from tests.browser.conftest import OpenWindows
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import passwords_in
from tests.browser.windows import PHONE
from tests.gasdesk_process import GasdeskProcess, gasdesk_process
from tests.services import free_port

pytestmark = [*BROWSER_TEST, pytest.mark.rasa, pytest.mark.timeout(300)]

#: A model that has just been loaded answers its first message late on a busy machine.
PATIENCE_MS = 120_000


@pytest_asyncio.fixture(loop_scope="session")
async def gasdesk(tmp_path: Path) -> AsyncIterator[GasdeskProcess]:
    model = model_files.current_model(ROOT / "models")
    if model is None or model.name != model_files.model_name(model_files.fingerprint(ROOT)):
        pytest.fail("the model in models/ is not trained on these files: run 'make model'", pytrace=False)
    async with gasdesk_process(tmp_path / "var", RASA_PORT=str(free_port())) as gasdesk:
        yield gasdesk


async def test_a_customer_is_served_by_the_assistant_then_by_a_person_and_in_an_emergency(
    gasdesk: GasdeskProcess, open_windows: OpenWindows
) -> None:
    async with open_windows(gasdesk.url, passwords_in(gasdesk.data)) as windows:
        customer = await windows.customer(viewport=PHONE)

        # The page is there before Rasa is: the question waits, and is answered when Rasa is up.
        await expect(customer.page.locator("#starting")).to_contain_text("智能助手正在启动，您可以先写下问题")
        await customer.tap("报燃气表读数")
        await customer.hears("智能助手正在启动，启动后会马上回答您的问题")
        agent = await windows.staff("101")
        asked = customer.messages.filter(has_text="户号").last
        await expect(asked).to_be_visible(timeout=PATIENCE_MS)
        await expect(customer.page.locator("#starting")).to_be_hidden()

        await customer.say("10010001")
        await customer.hears("户号已核对")
        await customer.say("1253")
        await customer.hears("读数1253")
        await customer.say("不对，是1235")
        await customer.hears("用气35立方米，气费约93.10元")
        await customer.tap("确认登记")
        await customer.hears("已经为您登记")

        await customer.say("转人工客服")
        await customer.hears("您好，我是安居燃气客服101号，很高兴为您服务！")
        await agent.says("确认登记")
        for fact in ("已匹配 ****0001", "1235", "要求人工"):
            await expect(agent.side).to_contain_text(fact)
        await expect(agent.side).to_contain_text(re.compile(r"报数.*已完成", re.S))
        await customer.say("谢谢，气费可以在微信上交吗？")
        await agent.says("气费可以在微信上交吗")
        await agent.reply("可以的，请关注我们的微信公众号。")
        await customer.hears("可以的，请关注我们的微信公众号。")
        await agent.close_conversation("咨询缴费方式")

        await customer.say("还有，楼道里有很重的煤气味")
        safety = await customer.hears("请马上照做")
        await expect(safety).to_contain_text("走楼梯到室外等待，不要坐电梯")
        await agent.alarm.get_by_role("button", name="接警并接入").click()
        await customer.say("幸福小区3号楼2单元")
        form = agent.side.locator("form.dispatch")
        await expect(form.get_by_label("地址")).to_have_value("幸福小区3号楼2单元")
        await form.get_by_role("button", name="派单").click()
        await customer.hears("已通知安居燃气维修站赶往：幸福小区3号楼2单元")
        await expect(agent.side).to_contain_text("室内泄漏")
        assert "Traceback" not in gasdesk.log
