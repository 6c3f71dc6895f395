"""An administrator who is no programmer changes what customers read, and teaches a new matter."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.domain import intents
from bot.settings import ROOT
from tests.browser.axe import violations
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import Service
from tests.browser.test_labelling import administrator
from tests.browser.test_labelling_more import BOOKLET, found
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST


@pytest.fixture
def data(data: Path) -> Iterator[Path]:
    """With a copy of the project, to be written to."""
    for name in ("domain.yml", "data/nlu", "data/rules", "data/knowledge"):
        source, target = ROOT / name, data / "project" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    yield data
    intents.use_own_labels({})


async def test_an_article_is_changed_seen_as_a_customer_and_found_at_once(windows: Windows, service: Service) -> None:
    admin = await administrator(windows, service)
    await admin.page.get_by_role("link", name="话术与知识").click()
    await admin.page.get_by_label("查找").fill("软管 多久")
    await admin.page.get_by_role("button", name=re.compile("燃气软管多久换一次")).click()
    editor = admin.page.get_by_label("编辑")
    answer = editor.get_by_label("回答")
    await expect(answer).to_have_value(re.compile("18个月"))
    hotline = service.company.company.hotline
    await answer.fill("普通橡胶软管一般18个月更换。\n\n拿不准请拨打{hotline}，就是" + hotline + "。")
    await editor.get_by_role("button", name="检查并预览").click()
    preview = editor.get_by_role("group", name="用户看到的样子")
    await expect(preview.locator(".preview-bubble")).to_have_count(2)
    await expect(preview).not_to_contain_text("{hotline}")
    await expect(editor.get_by_label("检查结果")).to_contain_text("建议写成 {hotline}")
    await expect(editor.get_by_role("button", name="保存")).to_be_enabled()
    assert await violations(admin.page) == []

    await answer.fill("普通橡胶软管18个月更换，拿不准请拨打{hotline}。")
    await editor.get_by_role("button", name="检查并预览").click()
    await editor.get_by_role("button", name="保存").click()
    await admin.page.get_by_role("dialog", name="保存修改").get_by_role("button", name="保存").click()
    await admin.sees(re.compile("^已保存，已经生效。"))
    found_by_agents = await admin.page.request.get(f"{service.url}/api/knowledge?q=燃气软管多久换一次")
    assert "拿不准请拨打" in await found_by_agents.text()

    await admin.page.get_by_role("link", name="训练与发布").click()
    await admin.page.get_by_text("以前的变更", exact=True).click()
    past = admin.page.get_by_role("list", name="变更记录")
    await expect(past).to_contain_text("修改知识文章“燃气软管多久换一次？”")
    address = await past.get_by_role("link", name=re.compile("^补丁文件")).get_attribute("href")
    patch = await admin.page.request.get(f"{service.url}{address}")
    assert "+++ b/data/knowledge/appliances.yml" in await patch.text()


async def test_a_response_keeps_what_is_filled_in(windows: Windows, service: Service, data: Path) -> None:
    admin = await administrator(windows, service)
    await admin.page.get_by_role("link", name="话术与知识").click()
    await admin.page.get_by_role("button", name="助手话术").click()
    await admin.page.get_by_label("查找").fill("utter_thank")
    await admin.page.get_by_role("button", name=re.compile("很高兴能帮到您")).first.click()
    editor = admin.page.get_by_label("编辑")
    box = editor.get_by_label("助手说的话")
    await box.fill("不用谢！{nobody}")
    await editor.get_by_role("button", name="检查并预览").click()
    await expect(editor.get_by_label("检查结果")).to_contain_text("没有 {nobody} 这个可以填入的内容")
    await expect(editor.get_by_role("button", name="保存")).to_be_disabled()
    await box.fill("不用谢！{anything_else}")
    await editor.get_by_role("button", name="检查并预览").click()
    await editor.get_by_role("button", name="保存").click()
    await admin.page.get_by_role("dialog", name="保存修改").get_by_role("button", name="保存").click()
    await admin.sees(re.compile("^已保存。下一步"))
    domain = (data / "project" / "domain.yml").read_text(encoding="utf-8")
    assert '    - text: "不用谢！{anything_else}"' in domain


async def test_a_new_matter_is_taught_step_by_step(windows: Windows, service: Service) -> None:
    await found(service, *BOOKLET)
    admin = await administrator(windows, service)
    await admin.page.get_by_role("link", name=re.compile("待标注")).click()
    await admin.page.get_by_role("button", name="成批处理").click()
    batch = admin.page.get_by_role("region", name=re.compile("第 1 批"))
    await batch.get_by_role("button", name="都不是，是一件新的事…").click()
    editor = admin.page.get_by_label("编辑")
    await editor.get_by_label("第二步").fill("燃气本补办")
    await editor.get_by_label("第三步").fill("燃气本丢了，问怎么补")
    await admin.sees("编号自动生成：ask_ranqibenbuban")
    await editor.get_by_label("第四步").fill("请带身份证到营业厅补办燃气本。")
    examples = editor.get_by_label("第五步")
    for text in BOOKLET:
        await expect(examples).to_have_value(re.compile(text))
    await editor.get_by_role("button", name="检查并预览").click()
    await expect(editor.get_by_label("检查结果")).to_contain_text("至少要有 5 种不同的说法，现在有 3 种")
    await examples.fill("\n".join([*BOOKLET, "绿皮小册子没了怎么弄", "小本本让狗咬烂了"]))
    await editor.get_by_role("button", name="检查并预览").click()
    await expect(editor.get_by_role("button", name="保存")).to_be_enabled()
    assert await violations(admin.page) == []
    await editor.get_by_role("button", name="保存").click()
    await admin.page.get_by_role("dialog", name="保存修改").get_by_role("button", name="保存").click()
    await admin.sees(re.compile("^已保存。下一步"))
    await admin.page.get_by_role("link", name=re.compile("待标注")).click()
    await batch.get_by_label("选中的都是").fill("燃气本")
    await admin.press("Enter")
    await admin.sees("已把 3 句标注为“燃气本补办”。")
