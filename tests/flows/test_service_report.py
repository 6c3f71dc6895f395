"""The report over days and weeks: what it tells of a day, its table, and who reads it."""

import csv

import pytest

from tests.flows.office import Office, refused


@pytest.fixture
async def served(office: Office) -> Office:
    """The assistant answers Bob alone; Ann is answered by 101 after ten seconds."""
    await office.online("101")
    await office.waits("ann")
    await office.desk.wait(10)
    await office.do("101", "messages", "ann", id="r1", text="您好")
    await office.do("101", "close", "ann", type="投诉")
    await office.desk.write("评价：5 非常满意", "ann")
    await office.desk.write("气费多少", "bob")
    await office.desk.wait(40 * 60)
    return office


async def test_a_day_of_the_desk(served: Office) -> None:
    for reader in ("201", "301"):
        report = await served.get(reader, "service-report", by="category")
        assert {row["name"]: row["conversations"] for row in report["rows"]} == {"": 1, "投诉": 1}
        total = report["total"]
        assert (total["handed_over"], total["by_assistant"], total["reply_median"]) == (1, 1, 10.0)
        assert (total["quick_percent"], total["satisfaction"], total["graded"]) == (100.0, 5.0, 1)
    by_day = await served.get("201", "service-report")
    assert (len(by_day["rows"]), by_day["rows"][-1]["conversations"]) == (28, 2)
    agents = await served.get("201", "service-report", by="agent")
    assert [row["name"] for row in agents["rows"]] == ["", "101"]


async def test_the_table(served: Office) -> None:
    answer = await served.clients["301"].get("/api/service-report/table.csv", params={"by": "agent"})
    head, *lines = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    assert head[:4] == ["工号", "会话", "助手独立办结", "转人工"]
    assert "15秒内回复（%）" in head
    assert [line[:2] for line in lines] == [["没有坐席接待", "1"], ["101", "1"], ["合计", "2"]]


async def test_who_reads_it_and_what_is_too_much(served: Office) -> None:
    for staff_id in ("101", "901"):
        for path in ("service-report", "service-report/table.csv"):
            refused(await served.call(staff_id, "GET", path), 403, "not_allowed")
    too_long = "service-report?by=day&first=2026-01-01&last=2026-06-30"
    assert "按周统计" in refused(await served.call("201", "GET", too_long), 422, "too_many")
    assert (await served.call("201", "GET", too_long.replace("day", "week"))).status_code == 200
    refused(await served.call("201", "GET", "service-report?first=2020-01-01&last=2026-01-01"), 422, "too_many")
    refused(await served.call("201", "GET", "service-report?first=2026-01-02&last=2026-01-01"), 422, "invalid")
    refused(await served.call("201", "GET", "service-report?by=moon"), 422, "invalid")
