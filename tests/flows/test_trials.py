"""Trying a model on a share of the conversations: ended by a click, gone on with after a restart, told by figures."""

from dataclasses import replace

import pytest

from bot.training.canary import Answered
from tests.flows.office import Office, refused
from tests.flows.training_acts import release, releases, trained
from tests.training_house import NEW, OLD, ScriptedHouse, ScriptedTraining


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
