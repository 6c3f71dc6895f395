"""The nightly training: at the wall's time, from new accepted data, released only if allowed and all gates pass."""

import asyncio
import shutil
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.settings import ROOT
from bot.testing import START
from bot.training.nightly import NIGHTLY, next_time
from bot.training.review import Find, Reason
from tests.flows.office import Office, refused
from tests.training_house import NEW, OLD, ScriptedHouse, ScriptedTraining, gate

#: From the test's beginning, ten in the morning, to half past two.
NIGHT = timedelta(hours=16, minutes=30)


@pytest.fixture(autouse=True)
def project(tmp_path: Path) -> Path:
    """The examples of the shipped assistant, to be written to."""
    shutil.copytree(ROOT / "data" / "nlu", tmp_path / "project" / "data" / "nlu")
    return tmp_path / "project"


async def label(office: Office, text: str = "表屏一片漆黑啥都瞧不见", intent: str = "report_meter_fault") -> None:
    training = office.desk.gasdesk.training
    await training.review.add(Find(text, frozenset({Reason.FALLBACK})), office.desk.clock.now())
    (item,) = [group.head for group in await training.labelling.inbox(100) if group.head.text == text]
    await training.labelling.accept(item.id, {item.id: 1}, intent, "901", "")


async def plan(office: Office, **how: Any) -> dict[str, Any]:
    body = {"enabled": True, "at": "02:30", "may_release": True, **how}
    answer: dict[str, Any] = (await office.call("901", "PUT", "training/schedule", **body)).json()
    return answer


async def night(office: Office, process: ScriptedTraining, *gates: dict[str, Any], trains: bool = True) -> str:
    """Let the night pass; what came of it."""
    process.begun.clear()
    now = office.desk.clock.now()
    await office.desk.wait((next_time(now, time(2, 30), ZoneInfo("Asia/Shanghai")) - now).total_seconds())
    nightly = office.desk.gasdesk.training.nightly
    if trains:
        async with asyncio.timeout(60):
            await process.begun.wait()
        process.end(list(process.jobs)[-1], *gates)
    await nightly.settle()
    await office.desk.gasdesk.training.releases.work()
    # Whoever was signed in yesterday is not any more.
    return (await nightly.schedule()).last_words


async def test_new_labels_are_live_in_the_morning(
    office: Office, process: ScriptedTraining, house: ScriptedHouse, project: Path
) -> None:
    assert (await office.get("901", "training/schedule"))["enabled"] is False
    assert (await plan(office))["changed_by"] == "901"
    await label(office)
    assert await night(office, process) == "新模型全部检查通过，已提交发布。"
    assert house.live() == NEW
    examples = (project / "data" / "nlu" / "metering.yml").read_text(encoding="utf-8")
    assert "      - 表屏一片漆黑啥都瞧不见\n" in examples
    training = office.desk.gasdesk.training
    (released,) = await training.releases.all(5)
    assert (released.staff_id, released.state) == ("定时", "live")
    assert [(one.staff_id, one.text) for one in await training.acts.since(START)] == [
        ("901", "定时训练：每天 02:30，通过全部检查就发布"),
        (None, "每晚的模型整理和定时训练"),
        ("定时", "开始训练：定时训练"),
        ("定时", f"发布模型 {NEW}：定时训练，全部检查通过"),
    ]


async def test_without_new_data_nothing_is_trained(
    office: Office, process: ScriptedTraining, house: ScriptedHouse
) -> None:
    await plan(office)
    assert "没有新的训练数据" in await night(office, process, trains=False)
    await label(office)
    await office.desk.wait(3600)
    await night(office, process)
    assert "没有新的训练数据" in await night(office, process, trains=False)
    assert len(process.jobs) == 1


async def test_it_waits_for_a_person_unless_it_may_release(
    office: Office, process: ScriptedTraining, house: ScriptedHouse
) -> None:
    await plan(office, may_release=False)
    await label(office)
    assert "等待管理员发布" in await night(office, process)
    assert (house.live(), await office.desk.gasdesk.training.releases.all(5)) == (OLD, [])


async def test_a_gate_that_fails_holds_it_back_whatever_is_allowed(
    office: Office, process: ScriptedTraining, house: ScriptedHouse
) -> None:
    await plan(office)
    await label(office)
    words = await night(office, process, gate("emergency_recall", fixed=True), gate("accuracy", passed=False))
    assert words == "新模型有 1 项检查没有通过，没有发布：答对的少了。"
    assert house.live() == OLD


async def test_a_poisoned_label_is_left_for_a_person(
    office: Office, process: ScriptedTraining, house: ScriptedHouse, project: Path
) -> None:
    await plan(office)
    await label(office, "我家厨房漏气了快来", "greet")
    assert "1 条标注需要管理员查看后写入" in await night(office, process, trains=False)
    files = (project / "data" / "nlu").glob("*.yml")
    assert not any("我家厨房漏气了快来" in file.read_text(encoding="utf-8") for file in files)
    assert process.jobs == {}


async def test_it_is_off_unless_an_administrator_wants_it(office: Office, process: ScriptedTraining) -> None:
    await label(office)
    await office.desk.gasdesk.training.nightly.recover()
    for staff_id in ("101", "201", "301"):
        body = {"enabled": True, "at": "02:30"}
        refused(await office.call(staff_id, "PUT", "training/schedule", **body), 403, "not_allowed")
    assert await night(office, process, trains=False) == ""
    assert process.jobs == {}


async def test_the_service_that_slept_through_the_night_waits_for_the_next(
    office: Office, process: ScriptedTraining, house: ScriptedHouse
) -> None:
    await plan(office)
    await label(office)
    await office.desk.sleep_through((NIGHT + timedelta(hours=5)).total_seconds())
    nightly = office.desk.gasdesk.training.nightly
    await nightly.settle()
    assert "没有运行" in (await nightly.schedule()).last_words
    assert process.jobs == {}
    assert await night(office, process) == "新模型全部检查通过，已提交发布。"


async def test_a_restart_moves_nothing(office: Office) -> None:
    await plan(office, at="03:15")
    await office.desk.gasdesk.training.nightly.recover()
    timers = await office.desk.gasdesk.stores.timers.due(START + timedelta(days=2), 10, [NIGHTLY])
    assert [timer.due_at for timer in timers] == [START + timedelta(hours=17, minutes=15)]


@pytest.mark.parametrize(
    ("now", "at", "zone", "expected"),
    [
        ("2026-01-05T02:00", "02:30", "Asia/Shanghai", "2026-01-05T18:30"),
        ("2026-01-05T18:30", "02:30", "Asia/Shanghai", "2026-01-06T18:30"),
        ("2026-01-05T18:29", "02:30", "Asia/Shanghai", "2026-01-05T18:30"),
        # The clocks go forward over it, and back over it.
        ("2026-03-29T00:00", "02:30", "Europe/Berlin", "2026-03-29T01:30"),
        ("2026-10-25T00:00", "02:30", "Europe/Berlin", "2026-10-25T00:30"),
    ],
)
def test_the_wall_clock_tells_the_moment(now: str, at: str, zone: str, expected: str) -> None:
    begun, moment = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (now, expected))
    assert next_time(begun, time.fromisoformat(at), ZoneInfo(zone)) == moment
