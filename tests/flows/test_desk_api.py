"""What each of the staff's REST calls brings about, through the whole app."""

from bot.domain.conversations import Kind, Owner
from bot.domain.staff import Presence
from tests.flows.office import ACTS, ADDRESS, ROLES, Office, refused

SUMMARY = {
    "id", "channel", "customer", "owner", "staff_id", "priority", "opened_at", "queued_at", "closed_at",
    "waiting_since", "on_hold", "position", "offline", "handoff_reason", "group", "breaches", "last_message",
    "account_state", "deadlines", "emergency",
}  # fmt: skip


async def test_the_queue_is_listed_most_urgent_first(office: Office) -> None:
    await office.online("201")
    await office.desk.presence("201", Presence.BUSY)
    for who in ("ann", "bob"):
        await office.waits(who)
        office.desk.clock.advance(1)
    await office.desk.write("我家漏气了", "cleo")
    answer = await office.get("101", "queue")
    assert set(answer) == {"conversations", "now"}
    assert [set(c) for c in answer["conversations"]] == [SUMMARY] * 3
    assert [(c["priority"], c["position"]) for c in answer["conversations"]] == [
        ("emergency", 1),
        ("normal", 2),
        ("normal", 3),
    ]
    urgent = answer["conversations"][0]["emergency"]
    assert urgent == {
        "kind": "indoor_leak", "label": "室内泄漏", "step": "address", "address": "", "confirmed": False,
        "raised_at": "2026-01-05T02:00:02.000Z", "accepted_by": None, "order_number": None, "overdue": False,
    }  # fmt: skip
    assert answer["conversations"][0]["deadlines"]["dispatch_at"] == "2026-01-05T02:01:02.000Z"


async def test_presence_brings_customers(office: Office) -> None:
    await office.waits()
    answer = await office.call("101", "PUT", "presence", state="online")
    assert answer.json()["staff"]["presence"] == "online"
    assert await office.desk.owner() == (Owner.AGENT, "101")
    busy = await office.call("101", "PUT", "presence", state="busy", reason="接电话")
    assert (busy.json()["staff"]["presence"], busy.json()["staff"]["reason"]) == ("busy", "接电话")
    assert busy.json()["staff"]["load"] == 1
    assert (await office.call("101", "PUT", "presence", state="offline")).json()["staff"]["load"] == 0
    assert (await office.desk.owner())[0] is Owner.QUEUE


async def test_taking_from_the_queue_and_from_each_other(office: Office) -> None:
    await office.waits()
    taken = await office.do("101", "take")
    assert (taken.json()["conversation"]["owner"], taken.json()["conversation"]["staff_id"]) == ("agent", "101")
    assert (await office.do("101", "take")).status_code == 200, "a second click"
    assert "101" in refused(await office.do("102", "take"), 409, "refused")
    assert len(office.desk.heard(kind=Kind.GREETING)) == 1
    assert (await office.do("201", "take")).status_code == 200, "a lead may"
    assert await office.desk.owner() == (Owner.AGENT, "201")


async def test_a_reply_sent_twice_is_said_once(office: Office) -> None:
    await office.waits()
    await office.do("101", "take")
    first = await office.do("101", "messages", id="r-1", text="请带身份证")
    again = await office.do("101", "messages", id="r-1", text="请带身份证")
    assert again.json()["message"]["seq"] == first.json()["message"]["seq"]
    assert set(first.json()["message"]) == {
        "id", "seq", "at", "speaker", "kind", "staff_id", "text", "buttons", "delivery",
    }  # fmt: skip
    assert office.desk.heard().count("请带身份证") == 1
    refused(await office.do("102", "messages", id="r-2", text="我也说一句"), 409, "refused")


async def test_transfers(office: Office) -> None:
    await office.online("102")
    await office.desk.presence("102", Presence.BUSY)
    await office.waits()
    await office.do("101", "take")
    refused(await office.do("101", "transfer", to="301"), 409, "refused")
    refused(await office.do("101", "transfer", to="999"), 409, "refused")
    await office.do("101", "transfer", to="102", note="请查账单")
    assert await office.desk.owner() == (Owner.AGENT, "102")
    assert "102号" in office.desk.heard(kind=Kind.GREETING)[-1]
    refused(await office.do("101", "transfer", to="queue"), 409, "refused")
    await office.do("102", "transfer", to="queue")
    assert await office.desk.owner() == (Owner.QUEUE, None)
    await office.do("102", "take")
    await office.do("102", "transfer", to="assistant")
    assert await office.desk.owner() == (Owner.BOT, None)
    await office.desk.write("气费多少")
    assert office.desk.heard()[-1] == "您说的是：气费多少"
    timeline = (await office.get("201", f"conversations/{(await office.desk.conversation()).id}"))["timeline"]
    assert "备注：请查账单" in "".join(fact["text"] for fact in timeline)


async def test_a_transfer_is_no_breach(office: Office) -> None:
    await office.online("102")
    await office.waits()
    await office.do("101", "take")
    await office.do("101", "transfer", to="queue")
    assert await office.desk.owner() == (Owner.AGENT, "102")
    answer = await office.get("201", "breaches")
    assert answer["breaches"] == []


async def test_what_a_lead_takes_from_an_agent_does_not_go_back_to_him(office: Office) -> None:
    await office.online("101")
    await office.waits()
    assert await office.desk.owner() == (Owner.AGENT, "101")
    await office.online("102")
    assert (await office.do("201", "transfer", to="queue", note="请另一位同事处理")).status_code == 200
    assert await office.desk.owner() == (Owner.AGENT, "102")
    await office.do("201", "transfer", to="101")
    assert await office.desk.owner() == (Owner.AGENT, "101")


async def test_closing(office: Office) -> None:
    conversation_id = await office.waits()
    refused(await office.do("101", "close"), 409, "refused")
    await office.do("101", "take")
    closed = await office.do("101", "close", summary="已答复", type="咨询")
    assert (closed.json()["conversation"]["owner"], closed.json()["conversation"]["staff_id"]) == ("closed", "101")
    goodbye = office.desk.company.fill(office.desk.company.scripts.consultation_closing)
    assert office.desk.heard()[-2] == goodbye
    assert (await office.do("101", "close")).status_code == 200, "a second click"
    assert office.desk.heard().count(goodbye) == 1
    for what, body in ACTS.items():
        if what != "close":
            assert (await office.do("101", what, **body)).status_code == 409
    found = await office.get("101", f"conversations/{conversation_id}")
    assert "已答复" in found["timeline"][-1]["text"]


async def test_the_whole_conversation_with_what_is_known(office: Office) -> None:
    conversation_id = await office.waits()
    await office.do("101", "take")
    found = await office.get("101", f"conversations/{conversation_id}")
    assert set(found) == {"conversation", "messages", "handoff", "notes", "timeline", "orders", "now"}
    assert set(found["handoff"]) == {"reason", "collected", "intents", "account"}
    assert found["handoff"]["account"] == {"state": "unknown", "number": None}
    assert [m["seq"] for m in found["messages"]] == list(range(1, len(found["messages"]) + 1))
    assert found["messages"][0]["speaker"] == "customer"
    assert found["conversation"]["customer"].startswith("访客 ")


async def test_an_emergency_from_the_alarm_to_the_order(office: Office) -> None:
    await office.desk.write("我家漏气了")
    accepted = await office.do("101", "emergency/accept")
    assert accepted.json()["conversation"]["emergency"]["accepted_by"] == "101"
    assert "101" in refused(await office.do("102", "emergency/accept"), 409, "refused")
    refused(await office.do("102", "emergency/dispatch", address=ADDRESS), 409, "refused")
    refused(await office.do("101", "close"), 409, "refused")
    refused(await office.do("101", "transfer", to="assistant"), 409, "refused")
    order = (await office.do("101", "emergency/dispatch", address=ADDRESS)).json()["order"]
    assert set(order) == {
        "number", "type", "handling", "state", "grade", "summary", "notes", "address",
        "contact_phone", "contact_time",
        "dispatched_at", "created_at", "due_at",
    }  # fmt: skip
    assert (order["type"], order["handling"], order["state"]) == ("室内泄漏", "转维修", "未完成")
    found = await office.get("201", f"conversations/{(await office.desk.conversation()).id}")
    assert [each["number"] for each in found["orders"]] == [order["number"]]
    assert (await office.do("101", "close")).status_code == 200


async def test_without_an_emergency_there_is_nothing_to_accept(office: Office) -> None:
    await office.waits()
    for what in ("accept", "dispatch", "dismiss"):
        refused(await office.do("101", f"emergency/{what}", **ACTS[f"emergency/{what}"]), 409, "refused")


async def test_a_breach_is_reported_to_leads(office: Office) -> None:
    await office.online("101", "102")
    await office.waits()
    await office.desk.wait(120)
    (breach,) = (await office.get("201", "breaches"))["breaches"]
    assert set(breach) == {"conversation_id", "at", "promise", "staff_id", "waited_seconds", "moved_to"}
    assert (breach["staff_id"], breach["moved_to"], breach["waited_seconds"]) == ("101", "102", 120)
    since = await office.get("201", "breaches", since="2026-01-05T02:02:01Z")
    assert since["breaches"] == []


async def test_colleagues_are_listed_with_their_load(office: Office) -> None:
    await office.waits()
    await office.do("101", "take")
    listed = (await office.get("102", "staff"))["staff"]
    assert [member["staff_id"] for member in listed] == list(ROLES)
    assert set(listed[0]) == {
        "staff_id",
        "name",
        "role",
        "presence",
        "reason",
        "since",
        "back_by",
        "groups",
        "load",
        "capacity",
    }
    assert listed[0]["load"] == 1
