"""Earlier conversations in the thread, and searching: who may, and what is logged."""

from typing import Any

import pytest

from bot.channel import Capabilities
from bot.domain.conversations import Owner
from bot.domain.desk_log import Did
from tests import sample_files as samples
from tests.flows.office import Office, refused


@pytest.fixture
async def again(office: Office) -> Office:
    """Ann was with 101 and with 102, and is with 101 now."""
    for staff_id, said in (("101", "第一次来"), ("102", "第二次来")):
        await office.online(staff_id)
        await office.waits("ann")
        await office.desk.write(said, "ann")
        await office.do(staff_id, "close", "ann", type="咨询")
        await office.call(staff_id, "PUT", "presence", state="offline")
        office.desk.clock.advance(3600)
    await office.online("101")
    await office.waits("ann")
    return office


async def page(office: Office, staff_id: str = "101", **params: str) -> Any:
    return await office.get(staff_id, f"conversations/{(await office.desk.conversation('ann')).id}/history", **params)


async def logged(office: Office) -> list[tuple[str | None, str | None]]:
    entries = await office.desk.gasdesk.stores.desk_log.since(office.desk.gasdesk.started_at, [Did.HISTORY])
    return [(entry.staff_id, entry.about) for entry in entries]


async def test_earlier_conversations_with_their_heads(again: Office) -> None:
    seen = await page(again)
    heads = [(each["channel"], each["category"], each["staff_id"], each["owner"]) for each in seen["conversations"]]
    assert heads == [("test", "咨询", "101", "closed"), ("test", "咨询", "102", "closed")]
    assert ["第一次来" in str(each["messages"]) for each in seen["conversations"]] == [True, False]
    assert seen["before"] is None


async def test_pages_by_cursor_hold_everything_once(again: Office) -> None:
    whole = [m["id"] for each in (await page(again))["conversations"] for m in each["messages"]]
    seen: list[str] = []
    before = ""
    while True:
        part = await page(again, limit="3", before=before)
        seen = [m["id"] for each in part["conversations"] for m in each["messages"]] + seen
        if part["before"] is None:
            break
        before = part["before"]
    assert seen == whole


async def test_reading_what_a_colleague_served_is_logged_once(again: Office) -> None:
    await page(again)
    await page(again)
    assert await logged(again) == [("101", "102")]
    await page(again, "201")
    assert sorted(await logged(again))[1:] == [("201", "101"), ("201", "102")]


async def test_who_never_had_the_customer_does_not_page_back(again: Office) -> None:
    await again.call("101", "PUT", "presence", state="busy")
    await again.do("101", "transfer", "ann", to="queue")
    c = await again.desk.conversation("ann")
    refused(await again.call("102", "GET", f"conversations/{c.id}/history"), 403, "not_yours")
    refused(await again.call("901", "GET", f"conversations/{c.id}/history"), 403, "not_allowed")
    assert (await page(again, "301"))["conversations"] != []


async def test_a_cursor_leads_nowhere_else(again: Office) -> None:
    await again.desk.write("我是鲍勃", "bob")
    bob, ann = await again.desk.conversation("bob"), await again.desk.conversation("ann")
    for cursor, status, code in (
        (f"{bob.id}~9", 403, "not_yours"),
        ("nonsense", 422, "invalid"),
        ("a~b", 422, "invalid"),
    ):
        answer = await again.clients["101"].get(f"/api/conversations/{ann.id}/history", params={"before": cursor})
        refused(answer, status, code)


async def test_a_closed_conversation_is_read_and_not_written(again: Office) -> None:
    earlier = (await page(again))["conversations"][0]["id"]
    await again.get("101", f"conversations/{earlier}")
    refused(await again.call("101", "POST", f"conversations/{earlier}/messages", id="r9", text="您好"), 409, "refused")


async def test_a_lead_who_opens_a_closed_conversation_is_logged(again: Office) -> None:
    earlier = (await page(again))["conversations"][0]["id"]
    await again.get("201", f"conversations/{earlier}")
    await again.get("101", f"conversations/{earlier}")
    assert ("201", "101") in await logged(again)
    assert ("101", "101") not in await logged(again)


async def test_search_finds_own_conversations_and_a_lead_all(again: Office) -> None:
    def said(answer: Any) -> list[str]:
        return [hit["message"]["text"] for hit in answer["results"] if hit["message"]]

    assert said(await again.get("201", "search", q="次来")) == ["第二次来", "第一次来"]
    assert said(await again.get("101", "search", q="次来")) == ["第一次来"]
    (hit,) = (await again.get("102", "search", q="第二次来"))["results"]
    assert (hit["why"], hit["conversation"]["owner"], hit["message"]["speaker"]) == ("message", "closed", "customer")
    refused(await again.call("301", "GET", "search?q=次来"), 403, "not_allowed")
    refused(await again.call("101", "GET", "search?q=次"), 422, "invalid")


# --- what was sent ---


@pytest.fixture
async def pictured(office: Office) -> tuple[Office, str, str]:
    """201 sent Ann a picture and closed; Ann is with 101 now. With the ids of both conversations."""
    office.desk.channel.capabilities = Capabilities(text_limit=4096, sends={"image/png": 1000})
    past = await office.waits("ann")
    await office.do("201", "take", "ann")
    await office.sends_file(past, samples.PNG, "表底.png", staff_id="201")
    await office.do("201", "close", "ann", type="咨询")
    office.desk.clock.advance(3600)
    await office.online("101")
    return office, past, await office.waits("ann")


def picture_in(history: Any) -> str:
    (url,) = [m["attachment_url"] for each in history["conversations"] for m in each["messages"] if "attachment" in m]
    return str(url)


async def test_who_may_read_the_history_sees_its_pictures(pictured: tuple[Office, str, str]) -> None:
    office, past, _ = pictured
    url = picture_in(await page(office))
    office.desk.clock.advance(1200)
    opened = await office.clients["101"].get(url)
    assert (opened.status_code, opened.content) == (200, samples.PNG)
    assert await logged(office) == [("101", "201")] * 2, "as reading it is: once in ten minutes"
    refused(await office.call("101", "GET", f"conversations/{past}/messages/1/attachment"), 404, "not_found")
    for staff_id in ("201", "301"):
        assert (await office.clients[staff_id].get(url)).status_code == 200
    assert (await logged(office))[2:] == [("301", "201")], "201 sent it"


async def test_nobody_else_sees_them(pictured: tuple[Office, str, str]) -> None:
    office, past, _ = pictured
    url = picture_in(await page(office))
    before = await logged(office)
    assert (await office.clients["102"].get(url)).status_code == 404
    assert (await office.clients["901"].get(url)).status_code == 403
    assert (await office.anybody.get(url)).status_code == 401
    await office.call("101", "PUT", "presence", state="busy")
    await office.do("101", "transfer", "ann", to="queue")
    refused(await office.call("102", "GET", url.removeprefix("/api/")), 403, "not_yours")
    await office.online("102")
    bob = await office.waits("bob")
    assert await office.desk.owner("bob") == (Owner.AGENT, "102")
    refused(
        await office.call("102", "GET", f"conversations/{bob}/history/{past}/messages/2/attachment"), 403, "not_yours"
    )
    assert await logged(office) == before


async def test_a_later_conversation_is_no_history(pictured: tuple[Office, str, str]) -> None:
    office, past, now = pictured
    path = f"conversations/{past}/history/{now}/messages/1/attachment"
    refused(await office.call("201", "GET", path), 403, "not_yours")
