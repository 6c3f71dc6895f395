"""Labelled messages become examples: seen first, checked, written all or none, taken back; also after a crash."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.settings import ROOT
from bot.training.change import ChangeState
from bot.training.review import Find, Reason
from tests.flows.desk import Desk
from tests.flows.office import Office, refused

SAID = {"燃气本子在哪里补办呀": "ask_gas_coupon", "表屏一片漆黑啥都瞧不见": "report_meter_fault"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The examples of the shipped assistant, to be written to."""
    shutil.copytree(ROOT / "data" / "nlu", tmp_path / "project" / "data" / "nlu")
    return tmp_path / "project"


async def label(office: Office, said: dict[str, str], guesses: tuple[tuple[str, float], ...] = ()) -> None:
    for text, intent in said.items():
        training = office.desk.gasdesk.training
        await training.review.add(Find(text, frozenset({Reason.FALLBACK}), guesses), office.desk.clock.now())
        (item,) = [group.head for group in await training.labelling.inbox(100) if group.head.text == text]
        await training.labelling.accept(item.id, {item.id: 1}, intent, "901", "")


async def preview(office: Office) -> dict[str, Any]:
    answer: dict[str, Any] = await office.get("901", "training/change")
    return answer


def examples(project: Path) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in sorted((project / "data" / "nlu").glob("*.yml")))


async def test_what_was_seen_is_written_and_taken_back(office: Office, project: Path) -> None:
    before = examples(project)
    await label(office, SAID)
    seen = await preview(office)
    assert [(one["label"], one["text"]) for one in seen["additions"]] == [
        ("燃气票", "燃气本子在哪里补办呀"),
        ("表具故障", "表屏一片漆黑啥都瞧不见"),
    ]
    assert seen["findings"] == []
    assert "+      - 表屏一片漆黑啥都瞧不见" in seen["diff"]
    assert examples(project) == before, "looking changes nothing"

    change = (await office.call("901", "POST", "training/change", token=seen["token"])).json()["change"]
    assert (change["state"], change["staff_id"]) == ("applied", "901")
    after = examples(project)
    assert all(f"      - {text}\n" in after for text in SAID)
    assert (await preview(office))["additions"] == []
    refused(await office.call("901", "POST", "training/change", token=seen["token"]), 409, "refused")
    item = (await office.get("901", "training/review/decided"))["items"][0]
    assert item["in_examples"] is True

    reverted = await office.call("901", "POST", f"training/changes/{change['id']}/revert")
    assert reverted.json()["change"]["state"] == "reverted"
    assert examples(project) == before
    assert len((await preview(office))["additions"]) == 2, "they can be decided again"


async def test_a_poisoned_change_set_is_stopped_with_the_examples_named(office: Office, project: Path) -> None:
    """Leak examples labelled as greeting (issue 6)."""
    before = examples(project)
    poison = {"我家厨房漏气了快来": "greet", "一进门就闻到很浓的煤气味": "greet"}
    await label(office, SAID | poison)
    seen = await preview(office)
    assert seen["stopped"]
    assert {finding["text"] for finding in seen["findings"] if finding["level"] == "stop"} == set(poison)
    body = {"token": seen["token"], "reason": "我确定"}
    message = refused(await office.call("901", "POST", "training/change", **body), 409, "refused")
    assert all(text in message for text in poison)
    assert examples(project) == before
    assert (await office.get("901", "training/changes"))["changes"] == []


async def test_a_finding_that_may_be_right_needs_a_reason(office: Office, project: Path) -> None:
    await label(office, {"群里说着火了，真的吗": "out_of_scope"}, guesses=(("out_of_scope", 0.7), ("report_fire", 0.2)))
    seen = await preview(office)
    assert seen["needs_reason"]
    refused(await office.call("901", "POST", "training/change", token=seen["token"]), 409, "refused")
    body = {"token": seen["token"], "reason": "只是打听"}
    change = (await office.call("901", "POST", "training/change", **body)).json()["change"]
    assert (change["state"], change["reason"]) == ("applied", "只是打听")


async def test_what_changed_since_it_was_looked_at_is_not_written(office: Office, project: Path) -> None:
    await label(office, SAID)
    seen = await preview(office)
    await label(office, {"气费能不能攒着一起给": "pay_bill"})
    message = refused(await office.call("901", "POST", "training/change", token=seen["token"]), 409, "refused")
    assert "重新查看" in message


async def test_a_crash_in_the_middle_is_finished_at_the_next_start(
    office: Office, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await label(office, SAID)
    seen = await preview(office)
    changes = office.desk.gasdesk.training.changes

    async def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(changes._files, "write", crash)
        with pytest.raises(KeyboardInterrupt):
            await changes.apply(seen["token"], "901", "")
    (left,) = await changes.all(10)
    assert left.state is ChangeState.APPLYING
    await changes.recover()
    assert (await changes.get(left.id)).state is ChangeState.APPLIED
    assert all(f"      - {text}\n" in examples(project) for text in SAID)


async def test_only_administrators_change_the_examples(office: Office, desk: Desk) -> None:
    refused(await office.clients["201"].get("/api/training/change"), 403, "not_allowed")
    refused(await office.call("201", "POST", "training/change", token="x"), 403, "not_allowed")
