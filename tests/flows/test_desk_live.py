"""The live side of the desk over a real server: everybody sees what concerns him, and nothing else."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from socketio.exceptions import ConnectionError as Refused

from bot.domain.conversations import Owner
from bot.domain.staff import Presence
from tests.flows.live import Listener, Page, eventually, quiet
from tests.flows.office import Office

NAMESPACE = "/desk"


class Desks:
    """Opens desk pages of members of staff."""

    def __init__(self, office: Office, url: str, stack: AsyncExitStack) -> None:
        self.office, self.url, self.stack = office, url, stack

    async def open(self, staff_id: str) -> Listener:
        page = Listener(self.url, NAMESPACE, auth={"token": self.office.tokens[staff_id]})
        opened = await self.stack.enter_async_context(page)
        await opened.wait_for("snapshot")
        return opened

    async def at_work(self, *staff_ids: str) -> list[Listener]:
        """Online, with a page each."""
        pages = [await self.open(staff_id) for staff_id in staff_ids]
        await self.office.online(*staff_ids)
        return pages


@pytest.fixture
async def desks(office: Office, url: str) -> AsyncIterator[Desks]:
    async with AsyncExitStack() as stack:
        yield Desks(office, url, stack)


def texts(page: Listener) -> list[str]:
    return [frame["message"]["text"] for frame in page.got("message")]


def last(page: Listener, event: str = "conversation") -> Any:
    return page.got(event)[-1]


async def owned_by(page: Listener, owner: str) -> None:
    """Wait until the page shows its latest conversation in these hands."""
    await page.wait_for("conversation")
    await eventually(lambda: last(page)["conversation"]["owner"] == owner)


# --- who gets in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "handshake",
    [
        {},
        {"auth": {"token": "gds_wrong"}},
        {"auth": {"token": 7}},
        {"auth": "gds_wrong"},
        {"headers": {"Cookie": "gasdesk_session=gds_wrong"}},
    ],
)
async def test_whoever_is_not_signed_in_is_refused(desks: Desks, handshake: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        await Listener(desks.url, NAMESPACE, **handshake).__aenter__()


async def test_a_page_of_another_site_is_refused(desks: Desks) -> None:
    cookie = {"Cookie": f"gasdesk_session={desks.office.tokens['101']}"}
    with pytest.raises(Refused):
        await Listener(desks.url, NAMESPACE, headers=cookie | {"Origin": "https://evil.example"}).__aenter__()
    async with Listener(desks.url, NAMESPACE, headers=cookie) as own:
        await own.wait_for("snapshot")


async def test_a_connection_that_died_silently_is_known_before_the_first_waiting_prompt(
    desks: Desks, office: Office
) -> None:
    page = await desks.open("101")
    # What the server told the page at the handshake; a page that hears no ping for so long says it is not live.
    silence = page.client.eio.ping_interval + page.client.eio.ping_timeout
    assert silence < office.desk.company.sla.waiting_prompt_seconds


async def test_the_snapshot_holds_what_one_may_see(desks: Desks, office: Office) -> None:
    await office.online("102")
    await office.waits("bob")  # 102 has him
    await office.desk.presence("102", Presence.BUSY)
    await office.waits("ann")  # waits
    await office.desk.write("气费多少", "cleo")  # the assistant's
    seen = {}
    for staff_id in ("101", "102", "201", "301", "901"):
        snapshot = (await desks.open(staff_id)).got("snapshot")[0]
        assert set(snapshot) == {"me", "conversations", "staff", "now"}
        assert snapshot["me"]["staff_id"] == staff_id
        seen[staff_id] = sorted(c["owner"] for c in snapshot["conversations"])
    assert seen == {"101": ["queue"], "102": ["agent", "queue"], "201": ["agent", "bot", "queue"], "301": [], "901": []}


# --- conversations ---------------------------------------------------------------------------------------------------


async def test_agents_hear_nothing_of_what_the_assistant_does(desks: Desks, office: Office) -> None:
    agent, lead = await desks.open("101"), await desks.open("201")
    await office.desk.write("我的户号是80000001")
    await quiet()
    await lead.wait_for("message", 2)
    assert texts(lead) == ["我的户号是80000001", "您说的是：我的户号是80000001"]
    assert (agent.got("message"), agent.got("conversation")) == ([], [])


async def test_what_waits_is_shown_to_all_and_what_is_taken_to_its_owner(desks: Desks, office: Office) -> None:
    mine, other, lead = [await desks.open(staff_id) for staff_id in ("101", "102", "201")]
    await office.waits()
    for page in (mine, other, lead):
        await owned_by(page, "queue")
        assert last(page)["conversation"]["last_message"] is not None
    await office.do("101", "take")
    await owned_by(other, "agent")
    assert last(other)["conversation"]["last_message"] is None, "that it moved, not what is said in it"
    said = len(texts(other))
    await office.desk.write("我姓王，电话13800000000")
    await eventually(lambda: "我姓王，电话13800000000" in texts(mine) and "我姓王，电话13800000000" in texts(lead))
    await quiet()
    assert len(texts(other)) == said
    await office.do("101", "close")
    await owned_by(mine, "closed")


async def test_nobody_is_told_the_same_twice(desks: Desks, office: Office) -> None:
    agent, lead = await desks.open("101"), await desks.open("201")
    await office.waits()
    await office.do("101", "take")
    await office.desk.write("卡丢了")
    for page in (agent, lead):
        await eventually(lambda page=page: "卡丢了" in texts(page))  # type: ignore[misc]
        await quiet()
        seqs = [frame["message"]["seq"] for frame in page.got("message")]
        assert len(seqs) == len(set(seqs))


async def test_a_frame_tells_the_place_in_the_queue_and_the_deadlines(desks: Desks, office: Office) -> None:
    page = await desks.open("101")
    await office.desk.presence("102", Presence.BUSY)
    await office.waits("bob")
    office.desk.clock.advance(1)
    await office.waits("ann")
    await eventually(lambda: len({f["conversation"]["id"] for f in page.got("conversation")}) == 2)
    await eventually(lambda: last(page)["conversation"]["position"] == 2)
    deadlines = last(page)["conversation"]["deadlines"]
    assert set(deadlines) == {"prompt_at", "warn_at", "breach_at", "dispatch_at"}
    assert deadlines["breach_at"] == "2026-01-05T02:02:01.000Z"


async def test_colleagues_come_and_go(desks: Desks, office: Office) -> None:
    page = await desks.open("101")
    await office.call("102", "PUT", "presence", state="busy", reason="接电话")
    frame = await page.wait_for("staff")
    assert (frame["staff"]["staff_id"], frame["staff"]["presence"]) == ("102", "busy")
    await office.waits()
    await office.do("101", "take")
    await eventually(lambda: last(page, "staff")["staff"]["load"] == 1)


# --- the clock -------------------------------------------------------------------------------------------------------


async def test_the_agent_is_warned_and_the_breach_is_told_to_whom_it_concerns(desks: Desks, office: Office) -> None:
    first, second, lead = await desks.at_work("101", "102", "201")
    await office.desk.presence("102", Presence.BUSY)
    conversation_id = await office.waits()
    await office.desk.presence("102", Presence.ONLINE)
    await office.desk.wait(90)
    warning = await first.wait_for("warning")
    assert (warning["conversation_id"], warning["breach_at"]) == (conversation_id, "2026-01-05T02:02:00.000Z")
    await office.desk.wait(30)
    for page in (first, second, lead):
        breach = await page.wait_for("breach")
        assert set(breach) == {"conversation_id", "staff_id", "moved_to", "now"}
        assert (breach["staff_id"], breach["moved_to"]) == ("101", "102")
    assert (second.got("warning"), lead.got("warning")) == ([], [])


async def test_to_pass_a_customer_on_is_no_breach(desks: Desks, office: Office) -> None:
    agent, _, lead = await desks.at_work("101", "102", "201")
    await office.waits()
    await office.do("101", "transfer", to="queue")
    await eventually(lambda: last(lead)["conversation"]["staff_id"] == "102")
    await quiet()
    assert (agent.got("breach"), lead.got("breach")) == ([], [])


# --- emergencies -----------------------------------------------------------------------------------------------------


async def test_everybody_is_alarmed_until_somebody_accepts(desks: Desks, office: Office) -> None:
    pages = [await desks.open(staff_id) for staff_id in ("101", "102", "201")]
    others = [await desks.open(staff_id) for staff_id in ("301", "901")]
    await office.desk.write("我家漏气了，幸福小区3号楼501")
    for page in pages:
        alarm = await page.wait_for("alarm")
        assert set(alarm) == {"conversation", "reason", "text", "now"}
        assert (alarm["reason"], alarm["text"]) == ("raised", "险情：室内泄漏（幸福小区3号楼501）")
    late = await desks.open("102")
    assert (await late.wait_for("alarm"))["reason"] == "raised", "who comes later hears it too"
    await office.do("101", "emergency/accept")
    for page in (*pages, late):
        over = await page.wait_for("alarm_over")
        assert over["accepted_by"] == "101"
    assert all(page.got("alarm") == [] for page in others)


async def test_the_alarm_names_what_is_not_dispatched(desks: Desks, office: Office) -> None:
    page = await desks.open("101")
    await office.desk.write("我家漏气了")
    await office.desk.wait(60)
    overdue = await page.wait_for("alarm", 2)
    assert (overdue["reason"], overdue["text"]) == ("undispatched", "险情还没有派单：室内泄漏（地址未知）")
    assert overdue["conversation"]["emergency"]["overdue"] is True
    await office.desk.write("幸福小区3号楼501")
    await office.desk.wait(60)
    await eventually(lambda: "请核实" in last(page, "alarm")["text"])
    number = last(page, "alarm")["conversation"]["emergency"]["order_number"]
    assert number in last(page, "alarm")["text"]


async def test_the_safety_instruction_does_not_wait_for_the_desks(desks: Desks, office: Office, page: Page) -> None:
    await desks.open("101")
    await page.write("我家漏气了")
    assert (await page.wait_for("bot_uttered"))["metadata"]["kind"] == "safety"


# --- typing, delivery, leaving ---------------------------------------------------------------------------------------


async def web_conversation(office: Office, page: Page) -> str:
    """The page's customer, with 101."""
    office.desk.assistant.answers["转人工"] = "好的。"
    await page.write("你好")
    await page.heard_all(1)
    (found,) = (await office.get("201", "conversations", state="open"))["conversations"]
    await office.call("101", "POST", f"conversations/{found['id']}/take")
    conversation_id: str = found["id"]
    return conversation_id


async def test_typing_is_shown_to_the_other_side(desks: Desks, office: Office, page: Page) -> None:
    agent, stranger = await desks.open("101"), await desks.open("102")
    conversation_id = await web_conversation(office, page)
    await page.send("typing", {"session_id": page.session_id, "on": True})
    assert await agent.wait_for("typing") == {"conversation_id": conversation_id, "on": True, "who": "customer"}
    await stranger.send("typing", {"conversation_id": conversation_id, "on": True})
    for nonsense in (None, "x", {}, {"conversation_id": 7}, {"conversation_id": "\x00"}):
        await agent.send("typing", nonsense)
    await agent.send("typing", {"conversation_id": conversation_id, "on": False})
    assert await page.wait_for("typing") == {"on": False, "speaker": "agent"}, "only who has the customer types to him"
    assert stranger.got("typing") == []


async def test_the_agent_sees_what_was_delivered(desks: Desks, office: Office, page: Page) -> None:
    agent = await desks.open("101")
    conversation_id = await web_conversation(office, page)
    answer = await office.call("101", "POST", f"conversations/{conversation_id}/messages", id="r1", text="您好，请讲")
    seq = answer.json()["message"]["seq"]
    await eventually(lambda: "您好，请讲" in page.heard())
    await page.send("seen", {"session_id": page.session_id, "seq": seq})
    await quiet()
    await office.desk.gasdesk.settle()
    expected = {"conversation_id": conversation_id, "seq": seq, "delivery": "delivered"}
    await eventually(lambda: expected in agent.got("delivery"))


async def test_a_desk_whose_session_has_ended_is_closed(desks: Desks, office: Office) -> None:
    page, other = await desks.open("101"), await desks.open("102")
    await office.clients["101"].post("/api/logout")
    office.desk.clock.advance(31)
    await page.wait_for("signed_out")
    await eventually(lambda: not page.client.connected)
    await office.waits()
    await other.wait_for("message")
    assert page.got("message") == []


async def test_who_loses_his_line_keeps_his_seat_for_a_while(desks: Desks, office: Office) -> None:
    (page,) = await desks.at_work("101")
    await office.waits()
    assert await office.desk.owner() == (Owner.AGENT, "101")
    await page.client.disconnect()
    await eventually(lambda: not page.client.connected)
    await quiet()
    await office.desk.wait(44)
    assert (await office.desk.member("101")).presence is Presence.ONLINE
    again = await desks.open("101")
    await office.desk.wait(60)
    assert (await office.desk.member("101")).presence is Presence.ONLINE, "he came back in time"
    await again.client.disconnect()
    await quiet()
    await office.desk.wait(46)
    assert (await office.desk.member("101")).presence is Presence.OFFLINE
    assert (await office.desk.owner())[0] is Owner.QUEUE


async def test_a_second_page_keeps_the_seat(desks: Desks, office: Office) -> None:
    (page,) = await desks.at_work("101")
    await desks.open("101")
    await page.client.disconnect()
    await quiet()
    await office.desk.wait(46)
    assert (await office.desk.member("101")).presence is Presence.ONLINE
