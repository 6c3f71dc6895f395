"""The report of the survey: what it counts, its table, and who reads it."""

import csv

import pytest

from tests.flows.office import Office, refused


@pytest.fixture
async def judged(office: Office) -> Office:
    """Ann and Bob were served by 101; Ann graded, Bob did not answer."""
    for who, category in (("ann", "投诉"), ("bob", "咨询")):
        await office.waits(who)
        await office.do("101", "take", who)
        await office.do("101", "close", who, type=category)
    for said in ("评价：2 不满意", "评价原因：=HYPERLINK(1)，请打13812345678"):
        await office.desk.write(said, "ann")
    return office


async def test_leads_and_inspectors_read_it_and_nobody_else(judged: Office) -> None:
    for staff_id in ("201", "301"):
        report = await judged.get(staff_id, "survey-report")
        assert report["total"] == {"asked": 2, "answered": 1, "average": 2.0}
        assert report["agents"] == [{"name": "101", "asked": 2, "answered": 1, "average": 2.0}]
        assert [(each["name"], each["answered"]) for each in report["categories"]] == [("咨询", 0), ("投诉", 1)]
        assert report["reasons"] == [{"text": "=HYPERLINK(1)，请打138****5678", "count": 1}]
    for staff_id in ("101", "901"):
        for path in ("survey-report", "survey-report/table.csv"):
            refused(await judged.call(staff_id, "GET", path), 403, "not_allowed")


async def test_days_are_the_company_s(judged: Office) -> None:
    zone = judged.desk.company.company.zone
    today = judged.desk.clock.now().astimezone(zone).date().isoformat()
    assert (await judged.get("201", "survey-report", first=today))["total"]["asked"] == 2
    assert (await judged.get("201", "survey-report", last="2020-01-01"))["total"]["asked"] == 0
    refused(await judged.call("201", "GET", "survey-report?first=gestern"), 422, "invalid")


async def test_the_table_has_a_line_for_each_and_runs_nothing(judged: Office) -> None:
    answer = await judged.clients["301"].get("/api/survey-report/table.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    head, *lines = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    assert head[2:6] == ["工号", "报修类型", "分数", "原因"]
    told = {tuple(line[2:6]) for line in lines}
    assert told == {("101", "投诉", "2", "'=HYPERLINK(1)，请打138****5678"), ("101", "咨询", "", "")}
