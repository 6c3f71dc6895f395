"""Who signs in, and who may do and read what."""

import pytest

from bot.domain.conversations import Owner
from bot.domain.staff import Presence
from tests.contract.people import PASSWORD
from tests.flows.office import ACTS, HOST, Office, client, refused

# --- signing in ---


async def test_a_program_signs_in_with_a_token_a_browser_with_a_cookie(office: Office) -> None:
    login = {"staff_id": "101", "password": PASSWORD}
    token = (await office.anybody.post("/api/login", json=login)).json()["token"]
    async with client(office.desk, Authorization=f"Bearer {token}") as program:
        assert (await program.get("/api/me")).json()["staff"]["staff_id"] == "101"
        await program.post("/api/logout")
        refused(await program.get("/api/me"), 401, "not_signed_in")
    page = {"Sec-Fetch-Site": "same-origin", "Origin": f"http://{HOST}"}
    async with client(office.desk, **page) as browser:
        answer = await browser.post("/api/login", json=login)
        assert "token" not in answer.json()
        assert {"httponly", "samesite=strict"} <= {
            part.strip().lower() for part in answer.headers["set-cookie"].split(";")
        }
        assert (await browser.get("/api/me")).json()["staff"]["role"] == "agent"


async def test_ten_wrong_passwords_lock_the_account_for_a_while(office: Office) -> None:
    wrong = {"staff_id": "101", "password": "wrong-password"}
    statuses = [(await office.anybody.post("/api/login", json=wrong)).status_code for _ in range(10)]
    assert statuses[:4] == [401] * 4
    assert statuses[-1] == 429
    right = {"staff_id": "101", "password": PASSWORD}
    locked = await office.anybody.post("/api/login", json=right)
    assert locked.status_code == 429
    assert int(locked.headers["retry-after"]) > 0
    office.desk.clock.advance(16 * 60)
    assert (await office.anybody.post("/api/login", json=right)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_web_site_changes_nothing(office: Office, headers: dict[str, str]) -> None:
    await office.waits()
    path = f"/api/conversations/{(await office.desk.conversation()).id}/take"
    refused(await office.clients["101"].post(path, headers=headers), 403, "cross_site")
    assert (await office.desk.owner())[0] is Owner.QUEUE
    assert (await office.clients["101"].get("/api/me", headers=headers)).status_code == 200, "reading is not guarded"


# --- roles ---

READS = ["queue", "conversations", "breaches"]


@pytest.mark.parametrize("staff_id", ["301", "901"])
async def test_who_does_not_serve_changes_nothing(office: Office, staff_id: str) -> None:
    await office.desk.write("我家漏气了")
    for what, body in ACTS.items():
        refused(await office.do(staff_id, what, **body), 403, "not_allowed")
    refused(await office.call(staff_id, "PUT", "presence", state="online"), 403, "not_allowed")
    conversation = await office.desk.conversation()
    assert (conversation.owner, conversation.emergency and conversation.emergency.accepted_by) == (Owner.QUEUE, None)


async def test_whoever_is_not_signed_in_gets_nothing(office: Office) -> None:
    conversation_id = await office.waits()
    for what, body in ACTS.items():
        refused(
            await office.anybody.post(f"/api/conversations/{conversation_id}/{what}", json=body), 401, "not_signed_in"
        )
    for path in (*READS, "me", "staff", f"conversations/{conversation_id}"):
        refused(await office.anybody.get(f"/api/{path}"), 401, "not_signed_in")
    refused(await office.anybody.put("/api/presence", json={"state": "online"}), 401, "not_signed_in")


@pytest.mark.parametrize(
    ("staff_id", "statuses"),
    [("101", [200, 200, 403]), ("201", [200] * 3), ("301", [200] * 3), ("901", [403] * 3)],
)
async def test_who_reads_what(office: Office, staff_id: str, statuses: list[int]) -> None:
    assert [(await office.call(staff_id, "GET", path)).status_code for path in READS] == statuses


async def test_an_agent_reads_what_waits_and_what_is_his(office: Office) -> None:
    await office.online("101")
    await office.desk.write("气费多少", "bob")
    own = await office.waits("ann")
    assert (await office.call("101", "GET", f"conversations/{own}")).status_code == 200
    for other in ("102", "901"):
        answer = await office.call(other, "GET", f"conversations/{own}")
        assert answer.status_code in (403, 404)
    bots = (await office.desk.conversation("bob")).id
    refused(await office.call("101", "GET", f"conversations/{bots}"), 404, "not_found")
    listed = await office.get("102", "conversations", state="open")
    assert listed["conversations"] == []
    for reader in ("201", "301"):
        assert len((await office.get(reader, "conversations", state="open"))["conversations"]) == 2


async def test_an_agent_finds_his_own_closed_ones_among_many(office: Office) -> None:
    """The limit counts what he may read."""
    await office.online("101")
    own = await office.waits("ann")
    await office.do("101", "close")
    for number in range(4):
        await office.desk.presence("102", Presence.ONLINE)
        await office.desk.presence("101", Presence.BUSY)
        await office.waits(f"c{number}")
        await office.do("102", "close", f"c{number}")
        office.desk.clock.advance(1)
    found = await office.get("101", "conversations", state="closed", limit="3")
    assert [c["id"] for c in found["conversations"]] == [own]
