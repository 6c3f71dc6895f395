"""What only a lead does: watch, whisper, take over, reassign, broadcast; and that each leaves a line in the log."""

from typing import Any

import pytest

from bot.domain.conversations import Owner
from bot.domain.desk_log import Did
from tests.flows.live import Listener, eventually, quiet
from tests.flows.office import Office, refused


async def logged(office: Office, *did: Did) -> list[tuple[str, str | None, str | None]]:
    """(what, who, about) of the desk's log."""
    entries = await office.desk.gasdesk.stores.desk_log.since(office.desk.gasdesk.started_at, did or list(Did))
    return [(entry.did.value, entry.staff_id, entry.about) for entry in entries]


@pytest.fixture
async def served_by_101(office: Office) -> Office:
    """Ann is with 101."""
    await office.online("101")
    await office.waits("ann")
    await office.online("102")
    return office


def at(office: Office, url: str, staff_id: str) -> Listener:
    return Listener(url, "/desk", auth={"token": office.tokens[staff_id]})


# --- watching ---


async def test_watching_is_logged_once_and_changes_nothing(served_by_101: Office, url: str) -> None:
    office = served_by_101
    conversation = await office.desk.conversation("ann")
    path = f"conversations/{conversation.id}"
    async with at(office, url, "101") as agent, at(office, url, "201") as lead:
        await agent.wait_for("snapshot")
        await lead.wait_for("snapshot")
        before = [(m.seq, m.delivery) for m in await office.desk.gasdesk.stores.transcripts.messages(conversation.id)]
        frames, sent = len(agent.frames), len(office.desk.channel.sent["test:ann"])
        for _ in range(2):
            await quiet(office.get("201", path))
        await lead.send("seen", {"conversation_id": conversation.id, "seq": 99})
        await lead.send("typing", {"conversation_id": conversation.id, "on": True})
        await quiet()
        assert len(agent.frames) == frames, "the agent notices nothing"
        assert len(office.desk.channel.sent["test:ann"]) == sent, "nor does the customer"
    after = [(m.seq, m.delivery) for m in await office.desk.gasdesk.stores.transcripts.messages(conversation.id)]
    assert (after, await office.desk.conversation("ann")) == (before, conversation)
    assert await logged(office, Did.WATCH) == [("watch", "201", "101")]
    await office.get("301", path)
    assert (await logged(office, Did.WATCH))[1:] == [("watch", "301", "101")]


async def test_reading_one_s_own_is_no_watching(served_by_101: Office) -> None:
    await served_by_101.get("101", f"conversations/{(await served_by_101.desk.conversation('ann')).id}")
    assert await logged(served_by_101, Did.WATCH) == []


async def test_the_lead_reads_along_live(served_by_101: Office, url: str) -> None:
    office = served_by_101
    async with at(office, url, "201") as lead:
        await lead.wait_for("snapshot")
        await office.desk.write("表不走了", "ann")
        await office.desk.reply("101", "请讲", "ann")
        await eventually(lambda: [f["message"]["text"] for f in lead.got("message")][-2:] == ["表不走了", "请讲"])


# --- whispering ---


async def test_a_whisper_reaches_the_agent_and_never_the_customer(served_by_101: Office, url: str) -> None:
    office = served_by_101
    heard = len(office.desk.channel.sent["test:ann"])
    async with at(office, url, "101") as agent, at(office, url, "102") as other:
        await agent.wait_for("snapshot")
        await other.wait_for("snapshot")
        assert (await office.do("201", "whisper", "ann", text="先安抚，再查账")).status_code == 200
        frame = await agent.wait_for("whisper")
        assert (frame["staff_id"], frame["text"]) == ("201", "先安抚，再查账")
        await quiet()
        assert other.got("whisper") == []
    assert len(office.desk.channel.sent["test:ann"]) == heard
    conversation = await office.desk.conversation("ann")
    messages = await office.desk.gasdesk.stores.transcripts.messages(conversation.id)
    assert not [m for m in messages if "安抚" in m.text]
    shown = await office.get("101", f"conversations/{conversation.id}")
    assert "班长 201 悄悄话：先安抚，再查账" in [fact["text"] for fact in shown["timeline"]]
    assert await logged(office, Did.WHISPER) == [("whisper", "201", "101")]


async def test_a_whisper_is_no_answer(served_by_101: Office) -> None:
    await served_by_101.desk.write("还在吗", "ann")
    since = (await served_by_101.desk.conversation("ann")).waiting_since
    await served_by_101.do("201", "whisper", "ann", text="快回")
    assert (await served_by_101.desk.conversation("ann")).waiting_since == since is not None


async def test_nobody_hears_a_whisper_where_no_agent_is(office: Office) -> None:
    await office.desk.write("你好")
    assert "没有坐席" in refused(await office.do("201", "whisper", text="x"), 409, "refused")
    await office.online("201")
    await office.waits("bob")
    refused(await office.do("201", "whisper", "bob", text="x"), 409, "refused")
    refused(await office.do("201", "whisper", "bob", text=" "), 422, "invalid")
    assert await logged(office) == []


# --- taking over and reassigning ---


async def test_taking_over_and_reassigning_are_logged(served_by_101: Office) -> None:
    office = served_by_101
    refused(await office.do("102", "take", "ann"), 409, "refused")
    assert (await office.do("201", "take", "ann")).status_code == 200
    assert await office.desk.owner("ann") == (Owner.AGENT, "201")
    assert (await logged(office, Did.TAKE_OVER)) == [("take_over", "201", "101")]
    before = len(await logged(office, Did.REASSIGN))
    await office.online("101")
    await office.do("201", "transfer", "ann", to="101")
    assert len(await logged(office, Did.REASSIGN)) == before, "one's own is handed on, not reassigned"
    await office.do("201", "transfer", "ann", to="queue", note="换人")
    assert (await logged(office, Did.REASSIGN))[before:] == [("reassign", "201", "101")]


async def test_taking_what_waits_or_the_assistant_has_is_not_taking_over(office: Office) -> None:
    await office.desk.write("你好")
    await office.do("201", "take")
    assert await logged(office) == []


async def test_a_conversation_is_passed_on_to_a_group(served_by_101: Office) -> None:
    office = served_by_101
    await office.call("201", "PUT", "staff/102/seat", capacity=9, groups=["账单"])
    assert (await office.do("101", "transfer", "ann", to="账单")).status_code == 200
    assert await office.desk.owner("ann") == (Owner.AGENT, "102")
    conversation = await office.get("102", f"conversations/{(await office.desk.conversation('ann')).id}")
    assert conversation["conversation"]["group"] == "账单"
    assert "工号 101 转给 技能组 账单" in [fact["text"] for fact in conversation["timeline"]]


# --- broadcasting ---


async def test_a_broadcast_reaches_all_who_serve_or_one_group(office: Office, url: str) -> None:
    await office.call("201", "PUT", "staff/102/seat", capacity=9, groups=["账单"])
    async with at(office, url, "101") as one, at(office, url, "102") as two, at(office, url, "901") as admin:
        for page in (one, two, admin):
            await page.wait_for("snapshot")
        await office.call("201", "POST", "broadcasts", text="城东片区停气，预计 18 点恢复")
        await office.call("201", "POST", "broadcasts", text="账单系统 12 点维护", group="账单")
        assert (await two.wait_for("broadcast", 2))["broadcast"]["group"] == "账单"
        assert (await one.wait_for("broadcast"))["broadcast"]["text"] == "城东片区停气，预计 18 点恢复"
        await quiet()
        assert (len(one.got("broadcast")), admin.got("broadcast")) == (1, [])
    seen = {who: len((await office.get(who, "broadcasts"))["broadcasts"]) for who in ("101", "102", "201")}
    assert seen == {"101": 1, "102": 2, "201": 2}, "who was not there reads them later"
    assert await logged(office, Did.BROADCAST) == [("broadcast", "201", None), ("broadcast", "201", "账单")]


@pytest.mark.parametrize("body", [{"text": ""}, {"text": "x", "group": "没有的组"}, {"text": "x" * 501}])
async def test_a_broadcast_that_says_nothing_to_anybody_is_refused(office: Office, body: dict[str, Any]) -> None:
    refused(await office.call("201", "POST", "broadcasts", **body), 422, "invalid")
    assert await logged(office) == []


@pytest.mark.parametrize("staff_id", ["101", "301", "901"])
async def test_only_leads_whisper_and_broadcast(served_by_101: Office, staff_id: str) -> None:
    before = await logged(served_by_101)
    refused(await served_by_101.do(staff_id, "whisper", "ann", text="x"), 403, "not_allowed")
    refused(await served_by_101.call(staff_id, "POST", "broadcasts", text="x"), 403, "not_allowed")
    assert await logged(served_by_101) == before
