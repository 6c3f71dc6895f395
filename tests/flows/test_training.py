"""Training, releasing and going back: one at a time, held back by gates, truthful after a crash."""

from dataclasses import replace
from typing import Any

import pytest

from bot.commands.training import STATES
from bot.gasdesk import Gasdesk
from bot.settings import ROOT
from bot.training.canary import Answered
from bot.training.release import ReleaseState
from bot.training.runs import RunState
from tests.flows.office import Office, refused
from tests.training_house import NEW, OLD, ScriptedHouse, ScriptedTraining, gate


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


# --- trying a model on a share ---


async def tried(office: Office, process: ScriptedTraining, share: int = 20) -> str:
    run_id = await trained(office, process)
    answer = await office.call("901", "POST", f"training/runs/{run_id}/release", reason="先试试", share=share)
    release_id: str = answer.json()["release"]["id"]
    await office.desk.gasdesk.training.releases.work()
    return release_id


async def test_a_model_is_tried_and_then_gets_everything(
    office: Office, process: ScriptedTraining, house: ScriptedHouse
) -> None:
    release_id = await tried(office, process)
    assert house.live() == OLD
    assert house.canary is not None
    assert (house.canary.release_id, house.canary.share) == (release_id, 20)
    shown = await office.get("901", "training/releases")
    assert (shown["canary"]["release"]["state"], shown["canary"]["answers"]) == ("canary", True)
    other = await trained(office, process, model="gasdesk-third.tar.gz")
    assert "正在试用" in refused(await release(office, other), 409, "refused")
    await office.call("901", "POST", "training/releases/promote", reason="都好")
    await office.desk.gasdesk.training.releases.work()
    assert (house.live(), house.on_trial()) == (NEW, "")
    shown = await office.get("901", "training/releases")
    assert shown["canary"] is None
    (only,) = shown["releases"]
    assert (only["state"], only["ended_by"], only["end_reason"]) == ("live", "901", "都好")


@pytest.mark.parametrize("path", ["withdraw", "rollback"])
async def test_a_trial_is_ended_by_one_click(
    office: Office, process: ScriptedTraining, house: ScriptedHouse, path: str
) -> None:
    await tried(office, process)
    await office.call("901", "POST", f"training/releases/{path}", reason="转人工多了")
    await office.desk.gasdesk.training.releases.work()
    assert (house.live(), house.on_trial()) == (OLD, "")
    assert await releases(office) == [("withdrawn", NEW, False)]
    refused(await office.call("901", "POST", "training/releases/promote"), 409, "refused")


async def test_a_trial_whose_end_fails_is_over_all_the_same(
    office: Office, process: ScriptedTraining, house: ScriptedHouse
) -> None:
    await tried(office, process)
    house.problem = "没有写入“正在使用的模型”：磁盘已满"
    await office.call("901", "POST", "training/releases/promote")
    await office.desk.gasdesk.training.releases.work()
    assert (house.live(), house.on_trial()) == (OLD, "")
    assert await releases(office) == [("failed", NEW, False)]


@pytest.mark.parametrize("share", [1, 4, 51, 99])
async def test_a_share_is_between_5_and_50_percent(
    office: Office, process: ScriptedTraining, house: ScriptedHouse, share: int
) -> None:
    run_id = await trained(office, process)
    answer = await office.call("901", "POST", f"training/runs/{run_id}/release", share=share)
    assert "5%" in refused(answer, 409, "refused")


async def test_after_a_restart_the_trial_goes_on_where_it_was(
    office: Office, process: ScriptedTraining, house: ScriptedHouse
) -> None:
    release_id = await tried(office, process)
    assert house.canary is not None
    since = house.canary.since
    await office.desk.wait(60)
    again = ScriptedHouse(process)
    await office.desk.gasdesk.training.releases.run_by(again)
    shown = (await office.get("901", "training/releases"))["canary"]
    assert shown["answers"] is False, "the live one answers everybody until it is up"
    await office.desk.gasdesk.training.releases.work()
    assert again.canary is not None
    assert (again.canary.release_id, again.canary.share, again.canary.since) == (release_id, 20, since)


async def test_a_trial_that_cannot_go_on_after_a_restart_is_over(
    office: Office, process: ScriptedTraining, house: ScriptedHouse
) -> None:
    await tried(office, process)
    again = ScriptedHouse(process, problem="新模型没有启动：端口被占用")
    await office.desk.gasdesk.training.releases.run_by(again)
    await office.desk.gasdesk.training.releases.work()
    assert (await releases(office), again.live()) == ([("failed", NEW, False)], OLD)


async def test_a_trial_beside_another_model_than_it_was_compared_with_is_over(
    office: Office, process: ScriptedTraining, house: ScriptedHouse
) -> None:
    await tried(office, process)
    again = ScriptedHouse(process, model="gasdesk-third.tar.gz")
    await office.desk.gasdesk.training.releases.run_by(again)
    await office.desk.gasdesk.training.releases.work()
    assert (await releases(office), again.canary) == ([("failed", NEW, False)], None)


@pytest.mark.parametrize(("asked", "switched", "state", "live"), [
    ("promote", True, "live", NEW), ("promote", False, "live", NEW), ("withdraw", False, "withdrawn", OLD),
])  # fmt: skip
async def test_a_crash_while_a_trial_ends_leaves_the_truth(
    office: Office, process: ScriptedTraining, house: ScriptedHouse, asked: str, switched: bool, state: str, live: str
) -> None:
    await tried(office, process)
    await office.call("901", "POST", f"training/releases/{asked}")
    again = ScriptedHouse(process, model=NEW if switched else OLD)
    await office.desk.gasdesk.training.releases.run_by(again)
    await office.desk.gasdesk.training.releases.work()
    assert (await releases(office), again.live()) == ([(state, NEW, False)], live)


async def test_the_page_shows_what_both_models_did(
    office: Office, process: ScriptedTraining, house: ScriptedHouse
) -> None:
    release_id = await tried(office, process)
    store, at = office.desk.gasdesk.training.canary, office.desk.clock.now()
    for n, (candidate, fallback, conversation) in enumerate(
        [(True, True, "a"), (True, False, "a"), (False, False, "b"), (False, False, "c")]
    ):
        one = Answered(
            release_id=release_id, message_id=f"m{n}", conversation_id=conversation, candidate=candidate, at=at,
            milliseconds=10.0 * (n + 1), fallback=fallback, handed_over=fallback,
        )  # fmt: skip
        await store.add(one)
        await store.add(replace(one, fallback=False))
    figures = (await office.get("901", "training/releases"))["canary"]["figures"]
    live, candidate = figures["live"], figures["candidate"]
    assert (live["conversations"], live["answers"], live["fallback"]["hits"]) == (2, 2, 0)
    assert (candidate["conversations"], candidate["answers"], candidate["fallback"]["hits"]) == (1, 2, 1)
    assert (candidate["handed_over"]["hits"], candidate["handed_over"]["of"], candidate["p95"]) == (1, 1, 20.0)
    assert (await office.get("901", f"training/releases/{release_id}/figures"))["figures"] == figures


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
