"""Training: one at a time, told in words, stopped with the service; who may, and what its states are called."""

from bot.commands.training import STATES
from bot.settings import ROOT
from bot.training.release import ReleaseState
from bot.training.run import RunState
from tests.flows.office import Office, refused
from tests.flows.training_acts import run_of, start, trained
from tests.training_house import NEW, ScriptedTraining


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
    assert ready["comparison"]["shadow"]["changed"][0]["candidate_label"] == "表具故障"
    picture = await office.clients["901"].get(f"/api/training/runs/{run_id}/confusion.png")
    assert (picture.headers["content-type"], picture.content[:4]) == ("image/png", b"\x89PNG")


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


async def test_only_administrators_train_and_release(office: Office, process: ScriptedTraining) -> None:
    for staff_id in ("101", "201", "301"):
        for path in (
            "training/runs",
            "training/runs/x/release",
            "training/releases/rollback",
            "training/releases/promote",
            "training/releases/withdraw",
            "training/runs/x/cancel",
        ):
            refused(await office.call(staff_id, "POST", path), 403, "not_allowed")


def test_states_have_their_words() -> None:
    """Of every state there are words on the page (web/admin/models_words.js) and on the command line."""
    page = (ROOT / "web" / "admin" / "models_words.js").read_text(encoding="utf-8")
    for state in (*RunState, *ReleaseState):
        assert f"{state.value}:" in page
        assert state.value in STATES
