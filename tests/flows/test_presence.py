"""Presence: the five minutes away from the seat, groups and seats, and the customer who comes back."""

from typing import Any

import pytest

from bot.desk.absence import ABSENCE
from bot.domain.conversations import Kind, Owner, SeenIntent
from bot.domain.desk_log import Did
from bot.domain.staff import Presence
from bot.ports import AssistantAnswer, Bubble
from tests.flows.desk import Desk
from tests.flows.live import Listener, eventually
from tests.flows.office import Office, refused

LIMIT = 5 * 60


async def absences(desk: Desk) -> list[str | None]:
    """Who stayed away for too long, by the desk's log."""
    entries = await desk.gasdesk.stores.desk_log.since(desk.gasdesk.started_at, [Did.ABSENCE])
    return [entry.about for entry in entries]


async def test_who_stays_away_is_recorded_once_and_who_comes_back_is_not(desk: Desk) -> None:
    for staff_id in ("101", "102", "103"):
        await desk.staff(staff_id)
    await desk.presence("101", Presence.BUSY)
    await desk.presence("102", Presence.BUSY)
    await desk.wait(LIMIT - 1)
    await desk.presence("102", Presence.ONLINE)
    assert await absences(desk) == []
    await desk.wait(1)
    assert await absences(desk) == ["101"]
    await desk.wait(3 * LIMIT)
    assert await absences(desk) == ["101"]


async def test_another_kind_of_absence_is_no_way_out(desk: Desk) -> None:
    await desk.staff("101")
    await desk.presence("101", Presence.BUSY)
    await desk.wait(LIMIT - 10)
    away = await desk.presence("101", Presence.AWAY)
    assert away.back_by is not None
    assert (away.back_by - desk.clock.now()).total_seconds() == 10
    await desk.wait(10)
    assert await absences(desk) == ["101"]
    back = await desk.presence("101", Presence.ONLINE)
    assert back.back_by is None
    await desk.presence("101", Presence.BUSY)
    await desk.wait(LIMIT)
    assert await absences(desk) == ["101", "101"], "a new absence has five minutes of its own"


async def test_going_home_is_no_absence(desk: Desk) -> None:
    await desk.staff("101")
    await desk.presence("101", Presence.BUSY)
    await desk.presence("101", Presence.OFFLINE)
    await desk.wait(2 * LIMIT)
    assert await absences(desk) == []


async def test_the_record_tells_the_reason_that_was_given_last(office: Office) -> None:
    usual = (await office.get("101", "staffing"))["presence_reasons"]
    assert usual == list(office.desk.company.desk.presence_reasons)
    for reason in (usual[0], "换耳机"):
        await office.call("101", "PUT", "presence", state="busy", reason=reason)
    await office.desk.wait(LIMIT)
    stores, since = office.desk.gasdesk.stores, office.desk.gasdesk.started_at
    (entry,) = await stores.desk_log.since(since, [Did.ABSENCE])
    assert entry.text == "工号 101 置忙（换耳机）超过 5 分钟未回到坐席"


async def test_two_replicas_record_it_once(desk: Desk) -> None:
    await desk.staff("101")
    await desk.presence("101", Presence.BUSY)
    desk.clock.advance(LIMIT)
    (timer,) = await desk.gasdesk.stores.timers.due(desk.clock.now(), 10)
    assert timer.kind == ABSENCE
    for _ in range(2):
        await desk.gasdesk.core.timers._others[ABSENCE](timer)
    assert await absences(desk) == ["101"]


async def test_an_account_that_ended_leaves_no_absence(desk: Desk) -> None:
    await desk.staff("101")
    await desk.presence("101", Presence.BUSY)
    await desk.gasdesk.stores.staff.deactivate("101", desk.clock.now())
    await desk.wait(LIMIT)
    assert await absences(desk) == []
    assert await desk.gasdesk.stores.timers.armed() == 0


async def test_the_agent_and_the_lead_are_told(office: Office, url: str) -> None:
    async def opened(staff_id: str) -> Listener:
        page = await Listener(url, "/desk", auth={"token": office.tokens[staff_id]}).__aenter__()
        await page.wait_for("snapshot")
        return page

    pages = {staff_id: await opened(staff_id) for staff_id in ("101", "102", "201")}
    await office.desk.presence("101", Presence.BUSY)
    office.desk.clock.advance(LIMIT)
    for staff_id in ("101", "201"):
        frame = await pages[staff_id].wait_for("absence")
        assert frame["staff_id"] == "101"
        assert "超过 5 分钟未回到坐席" in frame["text"]
    await eventually(lambda: bool(pages["102"].got("staff")))
    assert pages["102"].got("absence") == []
    for page in pages.values():
        await page.__aexit__()


# --- seats ---


async def test_the_lead_sets_capacity_and_groups_and_the_queue_is_worked(office: Office) -> None:
    await office.call("201", "PUT", "staff/101/seat", capacity=1)
    await office.online("101")
    await office.waits("ann")
    await office.waits("bob")
    assert await office.desk.owner("bob") == (Owner.QUEUE, None)
    answer = await office.call("201", "PUT", "staff/101/seat", capacity=2, groups=["账单", "账单"])
    assert (answer.json()["staff"]["capacity"], answer.json()["staff"]["groups"]) == (2, ["账单"])
    assert await office.desk.owner("bob") == (Owner.AGENT, "101")
    entries = await office.desk.gasdesk.stores.desk_log.since(office.desk.gasdesk.started_at, [Did.SEAT])
    assert [(entry.staff_id, entry.about) for entry in entries] == [("201", "101")] * 2


@pytest.mark.parametrize("staff_id", ["101", "301", "901"])
async def test_only_a_lead_sets_seats(office: Office, staff_id: str) -> None:
    refused(await office.call(staff_id, "PUT", "staff/101/seat", capacity=50), 403, "not_allowed")
    assert (await office.desk.member("101")).capacity == 10


@pytest.mark.parametrize(
    ("staff_id", "body", "status", "code"),
    [
        ("101", {"capacity": 0}, 422, "invalid"),
        ("101", {"capacity": 3, "groups": ["没有的组"]}, 422, "invalid"),
        ("999", {"capacity": 3}, 404, "not_found"),
    ],
)
async def test_a_seat_that_cannot_be_is_refused(
    office: Office, staff_id: str, body: dict[str, Any], status: int, code: str
) -> None:
    refused(await office.call("201", "PUT", f"staff/{staff_id}/seat", **body), status, code)
    assert (await office.desk.member("101")).capacity == 10


# --- groups and returning customers, through the whole app ---

BILL = AssistantAnswer(
    handoff="用户要求人工", bubbles=(Bubble("好的。"),), intent=SeenIntent("query_balance", 0.9, "欠费多少")
)


async def test_a_question_goes_to_its_group(desk: Desk) -> None:
    desk.assistant.answers["欠费多少，转人工"] = BILL
    await desk.staff("101")
    await desk.staff("102")
    await desk.gasdesk.stores.staff.set_seat("102", 10, ["账单"])
    for who in ("ann", "bob", "cleo"):
        await desk.write("欠费多少，转人工", who)
        assert await desk.owner(who) == (Owner.AGENT, "102")


async def test_a_returning_customer_gets_the_agent_he_had(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = BILL
    await desk.staff("102")
    await desk.write("转人工")
    conversation = await desk.conversation()
    await desk.gasdesk.core.acts.close(conversation.id, await desk.member("102"), "", "")
    await desk.staff("101")
    for number in range(3):
        await desk.presence("102", Presence.ONLINE)
        await desk.write("你好")  # the assistant serves him in between
        await desk.write("转人工")
        assert await desk.owner() == (Owner.AGENT, "102"), number
        await desk.gasdesk.core.acts.close((await desk.conversation()).id, await desk.member("102"), "", "")
    await desk.presence("102", Presence.BUSY)
    await desk.write("转人工")
    assert await desk.owner() == (Owner.AGENT, "101")


async def test_whose_agent_lost_the_connection_gets_him_back(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = BILL
    await desk.staff("102")
    await desk.staff("103")
    await desk.presence("103", Presence.BUSY)
    await desk.write("转人工")
    await desk.presence("102", Presence.OFFLINE)
    assert (await desk.owner())[0] is Owner.QUEUE
    await desk.presence("102", Presence.ONLINE)
    assert await desk.owner() == (Owner.AGENT, "102")


# --- drop-outs ---


async def test_the_grace_time_is_the_company_s(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = BILL
    await desk.staff("101")
    await desk.gasdesk.core.seats.connected("101")
    await desk.write("转人工")
    desk.clock.advance(1)
    await desk.gasdesk.core.seats.lost("101")
    grace = desk.company.staffing.seat_grace_seconds
    await desk.wait(grace - 1)
    assert await desk.owner() == (Owner.AGENT, "101")
    await desk.wait(1)
    assert (await desk.owner())[0] is Owner.QUEUE
    assert (await desk.member("101")).presence is Presence.OFFLINE


async def test_an_apology_is_said_once_and_is_no_answer(office: Office) -> None:
    await office.online("101")
    await office.waits()
    await office.desk.reply("101", "您好")
    await office.desk.write("还在吗")
    since = (await office.desk.conversation()).waiting_since
    assert since is not None
    for _ in range(2):
        assert (await office.do("101", "apology")).status_code == 200
    said = office.desk.heard(kind=Kind.NOTICE)
    assert said.count(office.desk.company.fill(office.desk.company.scripts.drop_out_apology)) == 1
    assert (await office.desk.conversation()).waiting_since == since, "he still waits for an answer"
    refused(await office.do("102", "apology"), 409, "refused")
    refused(await office.do("301", "apology"), 403, "not_allowed")
