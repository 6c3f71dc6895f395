"""Training, releasing and going back: one at a time, held back by gates, truthful after a crash."""

from typing import Any

import pytest

from bot.cli_training import STATES
from bot.gasdesk import Gasdesk
from bot.settings import ROOT
from bot.training.releases import ReleaseState
from bot.training.runs import RunState
from tests.flows.desk import Desk
from tests.flows.office import Office, refused
from tests.training_house import NEW, OLD, ScriptedHouse, ScriptedTraining, gate


@pytest.fixture
def process(desk: Desk) -> ScriptedTraining:
    found = desk.gasdesk.training.runs._process
    assert isinstance(found, ScriptedTraining)
    return found


@pytest.fixture
async def house(desk: Desk, process: ScriptedTraining) -> ScriptedHouse:
    house = ScriptedHouse(process)
    await desk.gasdesk.training.releases.run_by(house)
    return house


async def start(office: Office) -> str:
    run_id: str = (await office.call("901", "POST", "training/runs", reason="新说法")).json()["run"]["id"]
    return run_id


async def run_of(office: Office, run_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = await office.get("901", f"training/runs/{run_id}")
    return answer


async def trained(office: Office, process: ScriptedTraining, *gates: dict[str, Any], model: str = NEW) -> str:
    run_id = await start(office)
    process.end(run_id, *gates, model=model)
    await office.desk.gasdesk.training.runs.wait(run_id)
    return run_id


async def release(office: Office, run_id: str, reason: str = "") -> Any:
    answer = await office.call("901", "POST", f"training/runs/{run_id}/release", reason=reason)
    await office.desk.gasdesk.training.releases.work()
    return answer


async def releases(office: Office) -> list[tuple[str, str, bool]]:
    found = (await office.get("901", "training/releases"))["releases"]
    return [(one["state"], one["model"], one["rollback"]) for one in found]


# --- training ---


async def test_a_training_tells_its_progress_and_its_result(office: Office, process: ScriptedTraining) -> None:
    run_id = await start(office)
    running = await run_of(office, run_id)
    assert running["run"]["progress"] == {"step": 3, "steps": 7, "doing": "正在学习用户的说法"}
    assert running["log"] != []
    process.end(run_id)
    await office.desk.gasdesk.training.runs.wait(run_id)
    ready = await run_of(office, run_id)
    assert (ready["run"]["state"], ready["run"]["model"], ready["run"]["progress"]) == ("ready", NEW, None)
    assert ready["comparison"]["changed"][0]["candidate_label"] == "表具故障"


async def test_one_at_a_time(office: Office, process: ScriptedTraining) -> None:
    run_id = await start(office)
    refused(await office.call("901", "POST", "training/runs"), 409, "refused")
    await office.call("901", "POST", f"training/runs/{run_id}/cancel")
    assert process.jobs[run_id].stopped
    assert (await run_of(office, run_id))["run"]["state"] == "cancelled"
    assert await start(office) != run_id


async def test_a_failure_is_told_in_words(office: Office, process: ScriptedTraining) -> None:
    run_id = await start(office)
    await process.jobs[run_id].stop()
    await office.desk.gasdesk.training.runs.wait(run_id)
    run = (await run_of(office, run_id))["run"]
    assert (run["state"], run["problem"]) == ("failed", "stopped")
    process.problem = OSError("no such program")
    message = refused(await office.call("901", "POST", "training/runs"), 409, "refused")
    assert "没有启动" in message


async def test_a_training_whose_keeper_died_was_interrupted(office: Office, process: ScriptedTraining) -> None:
    run_id = await start(office)
    process.dead = True
    await office.desk.gasdesk.training.recover()
    assert (await run_of(office, run_id))["run"]["state"] == "interrupted"
    process.dead = False
    await trained(office, process)
    assert (await run_of(office, run_id))["run"]["state"] == "interrupted", "it stays so"


async def test_stopping_the_service_stops_the_training(office: Office, process: ScriptedTraining) -> None:
    run_id = await start(office)
    await office.desk.gasdesk.training.close()
    assert process.jobs[run_id].stopped
    assert (await run_of(office, run_id))["run"]["state"] == "interrupted"


# --- releasing ---


async def test_a_release_and_the_way_back(office: Office, process: ScriptedTraining, house: ScriptedHouse) -> None:
    message = refused(await office.call("901", "POST", "training/releases/rollback"), 409, "refused")
    assert "不能回退" in message
    run_id = await trained(office, process)
    assert (await release(office, run_id)).json()["release"]["before"] == OLD
    assert house.live() == NEW
    assert await releases(office) == [("live", NEW, False)]
    refused(await release(office, run_id), 409, "refused")
    await office.desk.wait(1)
    await office.call("901", "POST", "training/releases/rollback", reason="不对劲")
    await office.desk.gasdesk.training.releases.work()
    assert house.live() == OLD
    assert await releases(office) == [("live", OLD, True), ("live", NEW, False)]
    refused(await office.call("901", "POST", "training/releases/rollback"), 409, "refused")


async def test_a_fall_of_emergency_recall_cannot_be_overridden(
    office: Office, process: ScriptedTraining, house: ScriptedHouse
) -> None:
    bad = gate("emergency_recall", passed=False, fixed=True, sentences=("墙角嘶嘶响",))
    run_id = await trained(office, process, bad)
    message = refused(await release(office, run_id, reason="我确定"), 409, "refused")
    assert "墙角嘶嘶响" in message
    assert (house.live(), await releases(office)) == (OLD, [])


async def test_another_gate_wants_a_reason(office: Office, process: ScriptedTraining, house: ScriptedHouse) -> None:
    run_id = await trained(office, process, gate("accuracy", passed=False))
    refused(await release(office, run_id), 409, "refused")
    assert (await release(office, run_id, reason="只影响问候")).status_code == 200
    assert house.live() == NEW


async def test_a_comparison_with_an_older_model_counts_no_more(
    office: Office, process: ScriptedTraining, house: ScriptedHouse
) -> None:
    first, second = await trained(office, process), await trained(office, process, model="gasdesk-third.tar.gz")
    await release(office, first)
    message = refused(await release(office, second), 409, "refused")
    assert "重新训练" in message


async def test_a_model_that_does_not_start_changes_nothing(
    office: Office, process: ScriptedTraining, house: ScriptedHouse
) -> None:
    house.problem = "新模型没有启动：端口被占用"
    await release(office, await trained(office, process))
    (failed,) = (await office.get("901", "training/releases"))["releases"]
    assert (failed["state"], failed["problem"], house.live()) == ("failed", house.problem, OLD)


async def test_without_a_rasa_of_our_own_nothing_is_released(office: Office, process: ScriptedTraining) -> None:
    refused(await release(office, await trained(office, process)), 409, "refused")


@pytest.mark.parametrize(("switched", "state"), [(True, "live"), (False, "failed")])
async def test_a_crash_while_releasing_leaves_the_truth(
    office: Office, process: ScriptedTraining, house: ScriptedHouse, switched: bool, state: str
) -> None:
    gasdesk: Gasdesk = office.desk.gasdesk
    run_id = await trained(office, process)
    asked = (await office.call("901", "POST", f"training/runs/{run_id}/release")).json()["release"]
    await gasdesk.training.releases._store.set_state(asked["id"], ReleaseState.STARTING, gasdesk.clock.now())
    await gasdesk.training.releases.run_by(ScriptedHouse(process, model=NEW if switched else OLD))
    assert await releases(office) == [(state, NEW, False)]


async def test_only_administrators_train_and_release(office: Office, process: ScriptedTraining) -> None:
    for staff_id in ("101", "201", "301"):
        for path in (
            "training/runs",
            "training/runs/x/release",
            "training/releases/rollback",
            "training/runs/x/cancel",
        ):
            refused(await office.call(staff_id, "POST", path), 403, "not_allowed")


def test_states_have_their_words() -> None:
    """Of every state there are words on the page (web/admin/models_words.js) and on the command line."""
    page = (ROOT / "web" / "admin" / "models_words.js").read_text(encoding="utf-8")
    for state in (*RunState, *ReleaseState):
        assert f"{state.value}:" in page
        assert state.value in STATES
