"""The desk's log as leads and inspectors read it."""

from typing import Any

from bot.domain.desk_log import DID_NAMES, Did
from tests.flows.office import Office, refused


async def page(office: Office, reader: str = "201", **wanted: Any) -> Any:
    answer = await office.clients[reader].get("/api/desk-log", params=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def told(office: Office, reader: str = "201", **wanted: Any) -> list[tuple[str, str | None]]:
    """(what, who) of a page."""
    return [(each["did"], each["staff_id"]) for each in (await page(office, reader, **wanted))["entries"]]


async def test_who_watched_whispered_took_over_and_told_everybody(office: Office) -> None:
    await office.online("101")
    conversation_id = await office.waits()
    await office.get("201", f"conversations/{conversation_id}")
    await office.do("201", "whisper", text="先问户号")
    await office.do("201", "take")
    await office.call("201", "POST", "broadcasts", text="城东停气")
    everything = [("broadcast", "201"), ("take_over", "201"), ("whisper", "201"), ("watch", "201")]
    assert await told(office) == everything
    assert await told(office, "301") == everything
    assert await told(office, did="whisper") == [("whisper", "201")]
    assert await told(office, staff_id="101") == everything[1:], "what was done to 101"
    assert await told(office, staff_id="102") == []


async def test_pages_and_days(office: Office) -> None:
    for text in ("一", "二", "三"):
        await office.call("201", "POST", "broadcasts", text=text)
    first = await page(office, limit=2)
    rest = await page(office, limit=2, before=first["before"])
    assert [each["text"] for each in first["entries"] + rest["entries"]] == ["三", "二", "一"]
    assert rest["before"] is None
    today = office.desk.clock.now().astimezone(office.desk.company.company.zone).date().isoformat()
    assert len(await told(office, first=today)) == 3
    assert await told(office, last="2020-01-01") == []


async def test_agents_and_administrators_do_not_read_it(office: Office) -> None:
    for staff_id in ("101", "901"):
        refused(await office.call(staff_id, "GET", "desk-log"), 403, "not_allowed")
    refused(await office.clients["201"].get("/api/desk-log", params={"did": "nonsense"}), 422, "invalid")


async def test_every_act_has_a_name(office: Office) -> None:
    assert set(DID_NAMES) == set(Did)
    assert set((await page(office))["names"]) == {did.value for did in Did}
