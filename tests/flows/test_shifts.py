"""Breaches with evidence, the roster, and shift hand-over forms signed by both."""

import csv
import io
from typing import Any

import pytest

from bot.domain.desk_log import Did
from tests.flows.office import Office, refused

TODAY, TOMORROW = "2026-01-05", "2026-01-06"


# --- breaches ---


async def breached(office: Office) -> None:
    """101 lets ann wait; 102 answers."""
    await office.online("101")
    await office.waits("ann")
    await office.online("102")
    await office.desk.wait(121)
    await office.desk.reply("102", "让您久等了", "ann")


async def test_a_breach_is_listed_with_its_evidence(office: Office) -> None:
    await breached(office)
    (listed,) = (await office.get("201", "breach-book"))["breaches"]
    assert (listed["staff_id"], listed["moved_to"], listed["waited_seconds"]) == ("101", "102", 120)
    found = await office.get("301", f"breach-book/{listed['number']}")
    kinds = [line["kind"] for line in found["lines"]]
    assert [kind for kind in kinds if kind in ("prompt", "warning", "breach", "move")].count("breach") == 1
    assert kinds.index("warning") < kinds.index("breach") < len(kinds) - 1 - kinds[::-1].index("move")
    assert (found["lines"][-1]["who"], found["lines"][-1]["text"]) == ("工号 102", "让您久等了")
    assert found["prompts"] == 2


async def test_the_table_holds_the_same_and_the_company_s_times(office: Office) -> None:
    await breached(office)
    answer = await office.clients["201"].get("/api/breach-book/table.csv", params={"first": TODAY})
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf"), "a spreadsheet reads it as UTF-8"
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    told = dict(zip(head, row, strict=True))
    assert (told["类型"], told["工号"], told["转给"], told["等待秒数"]) == ("回复超时", "101", "102", "120")
    assert (told["时间"], told["人工答复"]) == ("2026-01-05 10:02:00", "2026-01-05 10:02:01")
    assert "转人工" not in answer.text, "no word of the customer"
    for day in ({"first": TOMORROW}, {"last": "2026-01-04"}):
        empty = await office.clients["201"].get("/api/breach-book/table.csv", params=day)
        assert len(empty.text.splitlines()) == 1


async def test_breaches_are_for_leads_and_inspectors(office: Office) -> None:
    for path in ("breach-book", "breach-book/1", "breach-book/table.csv"):
        refused(await office.call("101", "GET", path), 403, "not_allowed")
    for number in ("7", "99999999999999999999"):
        assert (await office.call("201", "GET", f"breach-book/{number}")).status_code in (404, 422)


# --- the roster ---


async def test_the_lead_plans_and_everybody_reads(office: Office) -> None:
    answer = await office.call("201", "PUT", "roster", day=TOMORROW, shift="早班", staff_ids=["102", "101", "102"])
    assert answer.json()["duty"] == {"day": TOMORROW, "shift": "早班", "staff_ids": ["102", "101"]}
    await office.call("201", "PUT", "roster", day=TOMORROW, shift="晚班", staff_ids=["101"])
    await office.call("201", "PUT", "roster", day=TOMORROW, shift="晚班", staff_ids=[])
    week = await office.get("101", "roster")
    assert (week["first"], [shift["name"] for shift in week["shifts"]]) == (TODAY, ["早班", "晚班"])
    assert week["duties"] == [{"day": TOMORROW, "shift": "早班", "staff_ids": ["102", "101"]}]
    assert (await office.get("101", "roster", first="2026-01-07"))["duties"] == []
    entries = await office.desk.gasdesk.stores.desk_log.since(office.desk.gasdesk.started_at, [Did.ROSTER])
    assert len(entries) == 3


@pytest.mark.parametrize("body", [{"shift": "夜班", "staff_ids": []}, {"shift": "早班", "staff_ids": ["301"]}])
async def test_a_shift_that_cannot_be_is_refused(office: Office, body: dict[str, Any]) -> None:
    refused(await office.call("201", "PUT", "roster", day=TODAY, **body), 422, "invalid")
    refused(await office.call("101", "PUT", "roster", day=TODAY, shift="早班", staff_ids=[]), 403, "not_allowed")
    assert (await office.get("201", "roster"))["duties"] == []


# --- handing over ---


async def test_a_shift_is_handed_over_signed_by_both(office: Office) -> None:
    await office.online("101")
    await office.waits("ann")
    form = (await office.call("101", "POST", "shift-handovers", shift="早班")).json()["handover"]
    assert (form["day"], form["made_by"], form["given_by"]) == (TODAY, "101", None)
    assert [(case["kind"], case["about"]) for case in form["cases"]] == [
        ("conversation", "工号 101 接待，用户要求人工")
    ]
    path = f"shift-handovers/{form['id']}"
    assert "设备" in refused(await office.call("101", "POST", f"{path}/sign"), 409, "refused")
    await office.call("101", "PUT", path, equipment="正常", remarks="访客要回电")
    await office.waits("bob")
    given = (await office.call("101", "POST", f"{path}/sign")).json()["handover"]
    assert (given["given_by"], len(given["cases"])) == ("101", 2), "what is open when it is signed"
    refused(await office.call("101", "PUT", path, equipment="改", remarks=""), 409, "refused")
    refused(await office.call("101", "POST", f"{path}/sign"), 409, "refused")
    taken = (await office.call("102", "POST", f"{path}/sign")).json()["handover"]
    assert (taken["taken_by"], taken["equipment"], taken["remarks"]) == ("102", "正常", "访客要回电")
    assert "102" in refused(await office.call("201", "POST", f"{path}/sign"), 409, "refused")
    assert (await office.get("201", "shift-handovers"))["handovers"] == [taken]


async def test_open_orders_are_handed_over_too(office: Office) -> None:
    await office.desk.write("我家漏气了")
    await office.do("101", "emergency/accept")
    await office.do("101", "emergency/dispatch", address="幸福小区3号楼2单元501")
    form = (await office.call("101", "POST", "shift-handovers", shift="早班")).json()["handover"]
    orders = [case for case in form["cases"] if case["kind"] == "order"]
    assert len(orders) == 1
    assert orders[0]["about"].startswith("室内泄漏（转维修）")


async def test_a_shift_has_one_form(office: Office) -> None:
    forms = [(await office.call(who, "POST", "shift-handovers", shift="晚班")).json() for who in ("101", "102")]
    assert forms[0] == forms[1]
    refused(await office.call("101", "POST", "shift-handovers", shift="夜班"), 422, "invalid")
    refused(await office.call("101", "POST", "shift-handovers/none/sign"), 404, "not_found")
    for staff_id in ("301", "901"):
        refused(await office.call(staff_id, "POST", "shift-handovers", shift="早班"), 403, "not_allowed")
