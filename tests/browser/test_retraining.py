"""An administrator leads labelled messages to a new live model, and back, without a mouse."""

import re
import shutil
from pathlib import Path

from playwright.async_api import expect

from bot.settings import ROOT
from bot.training.canary import Answered
from bot.training.release import UNDER_WAY, ReleaseState
from bot.training.review import Find, Reason
from tests.browser.axe import violations
from tests.browser.keyboard import tab_to
from tests.browser.marks import BROWSER_TEST
from tests.browser.people import Desk
from tests.browser.service import Service
from tests.browser.windows import Windows
from tests.gasdesk_process import until
from tests.training_house import ScriptedHouse, ScriptedTraining, gate

pytestmark = BROWSER_TEST

SAID = {"燃气本子在哪里补办呀": "ask_gas_coupon", "表屏一片漆黑啥都瞧不见": "report_meter_fault"}
POISON = "我家厨房漏气了快来"


async def labelled(service: Service, said: dict[str, str]) -> None:
    training = service.gasdesk.training
    for text, intent in said.items():
        await training.review.add(Find(text, frozenset({Reason.FALLBACK})), service.gasdesk.clock.now())
        (item,) = [group.head for group in await training.labelling.inbox(100) if group.head.text == text]
        await training.labelling.accept(item.id, {item.id: 1}, intent, "901", "")


async def ready(service: Service, data: Path, said: dict[str, str]) -> ScriptedTraining:
    """The shipped examples, a scripted training and house, and labelled messages."""
    shutil.copytree(ROOT / "data" / "nlu", data / "project" / "data" / "nlu")
    process = ScriptedTraining()
    service.gasdesk.training.runs._process = process
    await service.gasdesk.training.releases.run_by(ScriptedHouse(process))
    await labelled(service, said)
    return process


async def training_page(windows: Windows, service: Service) -> Desk:
    admin = await windows.desk()
    await admin.page.goto(f"{service.url}/admin#models")
    await admin.sign_in("901", service.passwords["901"])
    return admin


async def done(service: Service) -> None:
    """What was asked for is done: by the service, which looks after it at once."""

    async def so() -> bool:
        newest, *_ = await service.gasdesk.training.releases.all(1)
        return newest.state not in UNDER_WAY or newest.state is ReleaseState.CANARY

    await until(so)


async def press_button(admin: Desk, name: str) -> None:
    button = admin.page.get_by_role("button", name=name, exact=True)
    await expect(button).to_be_enabled()
    await tab_to(admin.page, button)
    await admin.press("Enter")


async def test_from_labels_to_a_live_model_and_back_by_keyboard(windows: Windows, service: Service, data: Path) -> None:
    process = await ready(service, data, SAID)
    admin = await training_page(windows, service)
    await admin.sees("2 条新标注等待写入：")
    await admin.sees("检查通过，没有发现问题。")
    assert await violations(admin.page) == [], "a change set"
    await press_button(admin, "写入训练数据")
    dialog = admin.page.get_by_role("dialog", name="写入训练数据")
    await expect(dialog.get_by_label("说明（可不填）")).to_be_focused()
    assert await violations(admin.page) == [], "a dialog"
    await tab_to(admin.page, dialog.get_by_role("button", name="写入", exact=True))
    await admin.press("Enter")
    await admin.sees("已写入。下一步：训练新模型。")
    examples = (data / "project" / "data" / "nlu" / "metering.yml").read_text(encoding="utf-8")
    assert "      - 表屏一片漆黑啥都瞧不见\n" in examples

    await press_button(admin, "开始训练")
    await admin.sees("正在学习用户的说法（第 3 步，共 7 步）")
    (run,) = await service.gasdesk.training.runs.all(5)
    process.end(run.id, gate("emergency_recall", fixed=True), gate("accuracy", passed=False))
    await service.gasdesk.training.runs.wait(run.id)
    await admin.page.get_by_role("button", name="刷新").click()
    await admin.sees("训练完成：模型 new")
    await admin.sees(re.compile("未通过（发布须写理由）"))
    assert await violations(admin.page) == [], "a comparison"

    await press_button(admin, "发布这个模型")
    dialog = admin.page.get_by_role("dialog", name="发布模型 new")
    reason = dialog.get_by_label("理由（必填）")
    await expect(reason).to_be_focused()
    await admin.page.keyboard.type("只影响问候")
    await tab_to(admin.page, dialog.get_by_role("button", name="发布", exact=True))
    await admin.press("Enter")
    await admin.sees(re.compile("已开始发布"))
    await done(service)
    await admin.page.get_by_role("button", name="刷新").click()
    await admin.sees("正在使用：new")
    await admin.sees(re.compile("说明：只影响问候"))

    await press_button(admin, "回退到上一个模型")
    dialog = admin.page.get_by_role("dialog", name="回退到上一个模型")
    await tab_to(admin.page, dialog.get_by_role("button", name="回退", exact=True))
    await admin.press("Enter")
    await admin.sees("已开始回退。")
    await done(service)
    await admin.page.get_by_role("button", name="刷新").click()
    await admin.sees("正在使用：old")
    assert await violations(admin.page) == [], "releases"


async def test_poison_cannot_be_written_and_is_named(windows: Windows, service: Service, data: Path) -> None:
    await ready(service, data, {**SAID, POISON: "greet"})
    admin = await training_page(windows, service)
    finding = admin.page.get_by_role("listitem").filter(has_text="必须解决")
    await expect(finding).to_contain_text(POISON)
    await expect(admin.page.get_by_role("button", name="写入训练数据")).to_be_disabled()
    assert await violations(admin.page) == [], "a finding"


async def test_a_dangerous_model_cannot_be_released(windows: Windows, service: Service, data: Path) -> None:
    process = await ready(service, data, {})
    run = await service.gasdesk.training.runs.start("901", "")
    process.end(run.id, gate("emergency_recall", passed=False, fixed=True, sentences=("墙角嘶嘶响",)))
    await service.gasdesk.training.runs.wait(run.id)
    admin = await training_page(windows, service)
    await admin.sees("墙角嘶嘶响")
    await admin.sees("险情识别变差，不能发布。请检查这次写入的例句。")
    await expect(admin.page.get_by_role("button", name="发布这个模型")).to_have_count(0)


async def answered(service: Service, release_id: str, numbers: range) -> None:
    """During a trial: every third by the new model, every ninth not understood."""
    for n in numbers:
        await service.gasdesk.training.canary.add(
            Answered(
                release_id=release_id, message_id=f"m{n}", conversation_id=f"c{n // 2}", candidate=n % 3 == 0,
                at=service.gasdesk.clock.now(), milliseconds=30.0 + n, fallback=n % 9 == 0, handed_over=n % 9 == 0,
            )
        )  # fmt: skip


async def test_a_model_is_tried_on_a_share_and_then_given_up(windows: Windows, service: Service, data: Path) -> None:
    process = await ready(service, data, {})
    training = service.gasdesk.training
    run = await training.runs.start("901", "")
    process.end(run.id)
    await training.runs.wait(run.id)
    admin = await training_page(windows, service)
    await press_button(admin, "发布这个模型")
    dialog = admin.page.get_by_role("dialog", name="发布模型 new")
    await dialog.get_by_label("发布方式").select_option("20")
    assert await violations(admin.page) == [], "a choice of shares"
    await dialog.get_by_role("button", name="发布", exact=True).click()
    await admin.sees(re.compile("已开始发布"))
    await done(service)
    tried = await training.releases.on_trial()
    assert tried is not None
    await answered(service, tried.id, range(30))
    await admin.page.get_by_role("button", name="刷新").click()
    await admin.sees(re.compile("20% 的新会话由新模型 new 回答"))
    figures = admin.page.get_by_role("region", name="试用期间的表现")
    await expect(figures.get_by_role("row", name="没听懂（占答复）")).to_contain_text("40.0%（4/10")
    await expect(admin.page.get_by_role("button", name="回退到上一个模型")).to_be_hidden()
    assert await violations(admin.page) == [], "a trial"
    in_hand = await admin.page.get_by_role("button", name="停止试用", exact=True).element_handle()
    await answered(service, tried.id, range(30, 60))
    await admin.page.get_by_role("button", name="刷新").click()
    await expect(figures.get_by_role("row", name="没听懂（占答复）")).to_contain_text("35.0%（7/20")
    assert await in_hand.evaluate("button => button.isConnected"), "new figures take nobody's focus"

    await press_button(admin, "停止试用")
    dialog = admin.page.get_by_role("dialog", name="停止试用")
    await dialog.get_by_label("说明（可不填）").fill("没听懂的多了")
    await dialog.get_by_role("button", name="停止试用", exact=True).click()
    await admin.sees("已停止试用。")
    await done(service)
    await admin.page.get_by_role("button", name="刷新").click()
    await admin.sees(re.compile("试用后没有采用.*由工号 901 决定：没听懂的多了"))
    await admin.sees("正在使用：old")


async def test_the_night_is_planned_and_every_act_is_logged(windows: Windows, service: Service, data: Path) -> None:
    await ready(service, data, {})
    admin = await training_page(windows, service)
    panel = admin.page.get_by_role("region", name="定时训练")
    await panel.get_by_label("每天自动训练").check()
    await panel.get_by_label("时间（公司当地时间）").fill("03:15")
    assert await violations(admin.page) == [], "a plan"
    await press_button(admin, "保存")
    await admin.sees("已保存，每天 03:15 训练。")
    await panel.get_by_text("操作记录（最近 90 天）").click()
    await expect(panel.get_by_role("listitem")).to_contain_text("工号 901　定时训练：每天 03:15，不自动发布")
    await admin.page.reload()
    await expect(panel.get_by_label("时间（公司当地时间）")).to_have_value("03:15")
    await expect(panel.get_by_label("全部检查通过时自动发布")).not_to_be_checked()
