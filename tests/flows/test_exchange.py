"""Examples come in and go out as files, and go into the data through the same change set."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.settings import ROOT
from tests.flows.office import Office, refused
from tests.flows.test_change_sets import examples, label, preview

GOOD = "句子,意图\n燃气本子在哪里补办呀,燃气票\n表屏一片漆黑啥都瞧不见,report_meter_fault\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data" / "nlu", tmp_path / "project" / "data" / "nlu")
    return tmp_path / "project"


async def send(office: Office, path: str, content: str | bytes, who: str = "901", **params: str) -> Any:
    body = content.encode() if isinstance(content, str) else content
    params = {"name": "新例句.csv", **params}
    return await office.clients[who].post(f"/api/training/{path}", params=params, content=body)


async def test_a_file_is_looked_at_taken_written_and_taken_back(office: Office, project: Path) -> None:
    before = examples(project)
    looked = (await send(office, "import/check", GOOD)).json()
    assert (looked["count"], looked["problems"]) == (2, [])
    assert (await preview(office))["additions"] == [], "looking takes nothing"
    taken = await send(office, "import", GOOD, token=looked["token"])
    assert taken.json() == {"taken": 2}
    assert (await send(office, "import", GOOD, token=looked["token"])).json() == {"taken": 0}, "twice is once"

    (item, _) = (await office.get("901", "training/review/decided"))["items"]
    assert (item["decided_by"], item["note"]) == ("901", "从文件 新例句.csv 导入")
    seen = await preview(office)
    assert len(seen["additions"]) == 2
    change = (await office.call("901", "POST", "training/change", token=seen["token"])).json()["change"]
    assert "      - 燃气本子在哪里补办呀\n" in examples(project)
    await office.call("901", "POST", f"training/changes/{change['id']}/revert")
    assert examples(project) == before


async def test_one_bad_row_and_nothing_is_taken(office: Office, project: Path) -> None:
    bad = GOOD + "能刷卡缴吗,缴费法\n"
    looked = (await send(office, "import/check", bad)).json()
    (problem,) = looked["problems"]
    assert (problem["line"], problem["column"]) == (4, "意图")
    message = refused(await send(office, "import", bad, token=looked["token"]), 409, "refused")
    assert "一句也没有导入" in message
    assert (await preview(office))["additions"] == []


async def test_another_file_than_the_one_checked_is_not_taken(office: Office, project: Path) -> None:
    looked = (await send(office, "import/check", GOOD)).json()
    message = refused(await send(office, "import", GOOD + "\n", token=looked["token"]), 409, "refused")
    assert "重新检查" in message


async def test_what_was_decided_otherwise_stops_the_whole_file(office: Office, project: Path) -> None:
    await label(office, {"表屏一片漆黑啥都瞧不见": "ask_meter_battery"})
    looked = (await send(office, "import/check", GOOD)).json()
    refused(await send(office, "import", GOOD, token=looked["token"]), 409, "decided_meanwhile")
    assert [one["label"] for one in (await preview(office))["additions"]] == ["表电池"]


async def test_what_is_exported_is_all_there_already(office: Office, project: Path) -> None:
    for kind in ("xlsx", "csv", "yml"):
        answer = await office.clients["901"].get("/api/training/export", params={"kind": kind, "intent": "greet"})
        assert answer.status_code == 200
        assert f'filename="gasdesk-examples.{kind}"' in answer.headers["content-disposition"]
        looked = (await send(office, "import/check", answer.content, name=f"a.{kind}")).json()
        assert (looked["count"], looked["problem_count"]) == (0, 0)
        assert len(looked["notices"]) >= 100


async def test_too_large_unreadable_or_not_an_administrator(office: Office, project: Path) -> None:
    refused(await send(office, "import/check", b"x" * 5_000_001), 413, "too_large")
    assert "没有“句子”" in refused(await send(office, "import/check", "a,b\n1,2\n"), 422, "unreadable")
    refused(await send(office, "import/check", GOOD, who="201"), 403, "not_allowed")
    refused(await office.clients["201"].get("/api/training/export"), 403, "not_allowed")
