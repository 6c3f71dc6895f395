"""An inspection from the draw to the decision: who does what, who sees what, what the log says."""

import csv
from typing import Any

import httpx2
import pytest

from tests.flows.office import Office, refused

LOST: dict[str, Any] = {"deductions": [{"key": "opening", "times": 1, "remark": "没有问候"}], "comment": "注意开头语"}


@pytest.fixture
async def served(office: Office) -> Office:
    """Ann's conversation was 101's and Bob's 102's; both are over."""
    for who, staff_id, category in (("ann", "101", "咨询"), ("bob", "102", "投诉")):
        await office.waits(who)
        await office.do(staff_id, "take", who)
        await office.desk.write("我的电话13812345678", who)
        await office.do(staff_id, "messages", who, id=f"r-{who}", text="已经记下")
        await office.do(staff_id, "close", who, type=category)
    return office


async def id_of(office: Office, who: str = "ann") -> str:
    return (await office.desk.conversation(who)).id


async def put(office: Office, who: str = "ann", by: str = "301", **sheet: Any) -> httpx2.Response:
    return await office.call(by, "PUT", f"inspections/cases/{await id_of(office, who)}", **sheet)


async def scored(office: Office, who: str = "ann") -> Any:
    answer = await put(office, who, **LOST)
    assert answer.status_code == 200, answer.text
    return answer.json()["inspection"]


async def published(office: Office, who: str = "ann") -> Any:
    i = await scored(office, who)
    answer = await office.call("301", "POST", f"inspections/{i['id']}/publish", version=i["version"])
    assert answer.status_code == 200, answer.text
    return answer.json()["inspection"]


async def objected(office: Office) -> Any:
    i = await published(office)
    answer = await office.call("101", "POST", f"inspections/{i['id']}/objection", reason="系统已自动问候")
    assert answer.status_code == 200, answer.text
    return answer.json()["inspection"]


async def logged(office: Office) -> list[str]:
    entries = (await office.get("201", "desk-log", did="inspect"))["entries"]
    return [entry["text"] for entry in reversed(entries)]


async def test_the_sample_is_drawn_once(served: Office) -> None:
    zone = served.desk.company.company.zone
    month = f"{served.desk.clock.now().astimezone(zone):%Y-%m}"
    assert (await served.call("301", "POST", "inspections/draw", month=month)).json() == {"drawn": 2}
    assert (await served.call("301", "POST", "inspections/draw", month=month)).json() == {"drawn": 0}
    listed = (await served.get("301", "inspections/cases", pool="sample", done="false"))["cases"]
    assert sorted(case["staff_id"] for case in listed) == ["101", "102"]
    assert {case["inspection"]["origin"] for case in listed} == {"sample"}
    assert await logged(served) == [f"工号 301 抽取 {month} 的质检样本（101：1 个中抽 1 个，102：1 个中抽 1 个）"]
    refused(await served.call("301", "POST", "inspections/draw", month="2026-13"), 422, "invalid")


async def test_what_is_to_be_looked_at_first_is_listed_apart(served: Office) -> None:
    (case,) = (await served.get("301", "inspections/cases", pool="focus"))["cases"]
    assert (case["staff_id"], case["why"], case["inspection"]) == ("102", ["complaint"], None)
    assert len((await served.get("301", "inspections/cases"))["cases"]) == 2
    assert (await served.get("301", "inspections/cases", last="2020-01-01"))["cases"] == []


async def test_the_inspector_reads_the_conversation_without_telephones_and_the_log_knows(served: Office) -> None:
    found = await served.get("301", f"inspections/cases/{await id_of(served)}")
    texts = [line["text"] for line in found["lines"]]
    assert "我的电话138****5678" in texts
    assert not any("13812345678" in text for text in texts)
    assert {"message", "move"} <= {line["kind"] for line in found["lines"]}
    assert (found["inspection"], found["history"]) == (None, [])
    (entry,) = (await served.get("201", "desk-log", did="history"))["entries"]
    assert (entry["staff_id"], entry["about"]) == ("301", "101")


async def test_the_same_conversation_elsewhere_shows_the_inspector_no_more(served: Office) -> None:
    """At the desk, in its lists and in the customer's history; who serves him reads what he wrote."""
    ann = await id_of(served)
    for path in ("conversations", f"conversations/{ann}", f"conversations/{ann}/history"):
        assert "13812345678" not in str(await served.get("301", path)), path
    whole = await served.get("301", f"conversations/{ann}")
    assert [m["text"] for m in whole["messages"] if "电话" in m["text"]] == ["我的电话138****5678"]
    assert whole["conversation"]["id"] == ann
    assert "我的电话13812345678" in [m["text"] for m in (await served.get("101", f"conversations/{ann}"))["messages"]]


async def test_what_was_said_before_is_masked_for_the_inspector_too(served: Office) -> None:
    await served.waits("ann")
    path = f"conversations/{await id_of(served)}/history"
    said = str(await served.get("301", path))
    assert "138****5678" in said
    assert "13812345678" not in said
    assert "13812345678" in str(await served.get("201", path))


async def test_from_the_sheet_to_the_agent(served: Office) -> None:
    i = await scored(served)
    assert (i["score"], i["stage"], i["origin"], i["version"]) == (98, "scored", "chosen", 1)
    assert (await served.get("101", "inspections/own"))["inspections"] == [], "not published yet"
    assert (await served.get("201", "inspections/published"))["inspections"] == []
    case = f"inspections/cases/{await id_of(served)}"
    for reader in ("101", "201"):
        refused(await served.call(reader, "GET", case), 404, "not_found")

    await served.call("301", "POST", f"inspections/{i['id']}/publish", version=i["version"])
    (own,) = (await served.get("101", "inspections/own"))["inspections"]
    assert (own["score"], own["deductions"][0]["remark"]) == (98, "没有问候")
    assert (await served.get("101", case))["inspection"] == own
    assert [v["what"] for v in (await served.get("101", case))["history"]] == ["发布质检结果"]
    assert [v["what"] for v in (await served.get("301", case))["history"]] == ["保存评分", "发布质检结果"]
    assert (await served.get("102", "inspections/own"))["inspections"] == []
    refused(await served.call("102", "GET", case), 404, "not_found")
    assert await logged(served) == [
        "工号 301 保存评分（工号 101 的会话，98 分）",
        "工号 301 发布质检结果（工号 101 的会话，98 分）",
    ]


async def test_a_correction_keeps_what_was_before(served: Office) -> None:
    i = await published(served)
    worse = {**LOST, "deductions": [{"key": "refusal"}], "version": i["version"]}
    corrected = (await put(served, **worse)).json()["inspection"]
    assert (corrected["score"], corrected["fatal"], corrected["stage"]) == (0, True, "published")
    history = (await served.get("101", f"inspections/cases/{await id_of(served)}"))["history"]
    assert [(v["what"], v["score"]) for v in history] == [("发布质检结果", 98), ("更正评分", 0)]
    refused(await put(served, **worse), 409, "refused")


async def test_an_objection_that_is_turned_down(served: Office) -> None:
    i = await objected(served)
    refused(await served.call("101", "POST", f"inspections/{i['id']}/objection", reason="再说一次"), 409, "refused")
    refused(await put(served, **LOST, version=i["version"]), 409, "refused")
    decision = {"reason": "没有称呼用户", "version": i["version"]}
    decided = (await served.call("201", "POST", f"inspections/{i['id']}/decision", **decision)).json()["inspection"]
    assert (decided["stage"], decided["score"], decided["decided_by"]) == ("decided", 98, "201")
    assert (await logged(served))[-1] == "工号 201 申诉不成立，维持原分（工号 101 的会话，98 分）"
    refused(await served.call("201", "POST", f"inspections/{i['id']}/decision", **decision), 409, "refused")


async def test_an_objection_that_is_right_corrects_the_sheet(served: Office) -> None:
    i = await objected(served)
    decision = {"reason": "情况属实", "version": i["version"], "sheet": {"comment": "无扣分"}}
    decided = (await served.call("301", "POST", f"inspections/{i['id']}/decision", **decision)).json()["inspection"]
    assert (decided["score"], decided["deductions"], decided["decision"]) == (100, [], "情况属实")
    (own,) = (await served.get("101", "inspections/own"))["inspections"]
    assert (own["score"], own["stage"]) == (100, "decided")


async def test_scores_and_the_table(served: Office) -> None:
    await published(served)
    report = await served.get("201", "inspections/scores")
    assert report["agents"][0]["name"] == "101"
    assert (report["total"]["sampled"], report["total"]["picked"], report["total"]["picked_average"]) == (0, 1, 98.0)
    assert report["faults"] == [{"name": "没有使用标准开头语", "times": 1, "points": 2}]
    answer = await served.clients["201"].get("/api/inspections/table.csv")
    head, line = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    told = dict(zip(head, line, strict=True))
    assert (told["工号"], told["得分"], told["扣分项"], told["评语"]) == (
        "101",
        "98",
        "没有使用标准开头语 2×1",
        "注意开头语",
    )


async def test_who_may_do_what(served: Office) -> None:
    i = await published(served)
    case = f"inspections/cases/{await id_of(served)}"
    for staff_id in ("101", "201", "901"):
        refused(await served.call(staff_id, "GET", "inspections/cases"), 403, "not_allowed")
        refused(await served.call(staff_id, "POST", "inspections/draw", month="2026-01"), 403, "not_allowed")
        refused(await served.call(staff_id, "PUT", case, **LOST), 403, "not_allowed")
        refused(await served.call(staff_id, "POST", f"inspections/{i['id']}/publish", version=2), 403, "not_allowed")
    for staff_id in ("101", "901"):
        for path in ("inspections/published", "inspections/scores", "inspections/table.csv"):
            refused(await served.call(staff_id, "GET", path), 403, "not_allowed")
        decision = {"reason": "不同意", "version": 2}
        refused(await served.call(staff_id, "POST", f"inspections/{i['id']}/decision", **decision), 403, "not_allowed")
    refused(await served.call("301", "GET", "inspections/own"), 403, "not_allowed")
    refused(await served.call("102", "POST", f"inspections/{i['id']}/objection", reason="不同意"), 409, "refused")
    refused(await served.call("901", "GET", case), 403, "not_allowed")


async def test_bad_input_is_told(served: Office) -> None:
    refused(await put(served, deductions=[{"key": "unknown"}]), 422, "invalid")
    refused(await put(served, deductions=[{"key": "opening", "times": 0}]), 422, "invalid")
    await served.waits("eve")
    refused(await put(served, "eve", **LOST), 404, "not_found")
    refused(await served.call("301", "POST", "inspections/none/publish", version=1), 404, "not_found")
    i = await published(served)
    refused(await served.call("101", "POST", f"inspections/{i['id']}/objection", reason=" "), 422, "invalid")
