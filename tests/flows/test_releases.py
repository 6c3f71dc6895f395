"""Releasing a model and going back: held back by gates, truthful after a crash."""

import pytest

from bot.gasdesk import Gasdesk
from bot.training.release import ReleaseState
from tests.flows.office import Office, refused
from tests.flows.training_acts import release, releases, trained
from tests.training_house import NEW, OLD, ScriptedHouse, ScriptedTraining, gate


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
